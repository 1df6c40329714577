import ArenaTypes
import ArgumentParser
import TransformerEngine

/// A sparse dictionary as it is named on the command line: `NAME@LAYER=PATH`, with facts that its folder
/// does not tell behind it, such as `,site=mlpOutput,activation=topk:32`; `@LAYER`, or all of
/// `NAME@LAYER=`, may be left out.
struct DictionaryOption: ExpressibleByArgument, Equatable {
  /// What it is called, as in a unit's name; nil where that was not said.
  let name: String?
  /// The folder, or the safetensors file.
  let path: String
  /// The layer, where it was said.
  let layer: Int?
  private var site: ActivationSite?
  private var activation: SparseDictionary.Activation?
  private var preparation: SparseDictionary.Preparation?
  private var subtractsDecoderBias: Bool?

  init?(argument: String) {
    guard let place = PlacedFile(argument: argument) else { return nil }
    (name, layer, path) = (place.name, place.layer, place.path)
    for (key, value) in place.facts {
      guard take(key, value) else { return nil }
    }
  }

  private mutating func take(_ key: String, _ value: String) -> Bool {
    switch key {
    case "site":
      site = ActivationSite.allCases.first { "\($0)" == value }
      return site != nil
    case "activation":
      activation = Self.activation(value)
      return activation != nil
    case "preparation":
      preparation = SparseDictionary.Preparation(rawValue: value)
      return preparation != nil
    case "subtracts":
      subtractsDecoderBias = ["yes": true, "no": false][value]
      return subtractsDecoderBias != nil
    default: return false
    }
  }

  private static func activation(_ text: String) -> SparseDictionary.Activation? {
    switch text {
    case "relu": return .relu
    case "jumprelu": return .jumpReLU
    default:
      guard text.hasPrefix("topk:"), let count = Int(text.dropFirst(5)), count > 0 else {
        return nil
      }
      return .topK(count)
    }
  }

  /// What the dictionary is called where nothing was said: as its folder, or as a file that is not called
  /// as all are.
  var pathName: String {
    let stem = FileName.stem(of: path, ending: ".safetensors")
    guard path.hasSuffix(".safetensors"), SparseDictionary.fileNames.contains(stem) else {
      return stem
    }
    return path.split(separator: "/").dropLast().last.map(String.init) ?? stem
  }

  /// Where it reads and how it activates: what was said, else what its folder says.
  ///
  /// - Parameter found: What `cfg.json` says; nil where there is none.
  func configuration(found: SparseDictionary.Configuration?) throws
    -> SparseDictionary.Configuration
  {
    guard let place = found?.layer ?? layer else {
      throw ValidationError(
        "\(path) has no cfg.json, so its layer must be said: --dictionary NAME@LAYER=\(path)")
    }
    if let layer, place != layer {
      throw ValidationError("\(path) is of layer \(place), not \(layer)")
    }
    var configuration = found ?? SparseDictionary.Configuration(layer: place, site: .residual)
    configuration.site = site ?? configuration.site
    configuration.activation = activation ?? configuration.activation
    configuration.preparation = preparation ?? configuration.preparation
    configuration.subtractsDecoderBias = subtractsDecoderBias ?? configuration.subtractsDecoderBias
    return configuration
  }

  /// Reads it.
  ///
  /// - Parameter unnamed: What it is called where nothing was said; nil for its path's name.
  func open(unnamed: String? = nil) throws -> SparseDictionary {
    let name = self.name ?? unnamed ?? pathName
    guard UnitKind.isName(name) else {
      throw ValidationError("\(name) can't be in units' names: --dictionary NAME=\(path)")
    }
    let found = try SparseDictionary.configuration(at: path)
    return try SparseDictionary(
      path: path, name: name, configuration: try configuration(found: found))
  }
}

/// `NAME@LAYER=PATH`, perhaps with `,key=value` behind it; `@LAYER`, or both and `=`, may be missing.
struct PlacedFile {
  let name: String?
  let layer: Int?
  let path: String
  let facts: [(key: String, value: String)]

  init?(argument: String) {
    let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
    guard let head = parts.first, let place = Self.place(head) else { return nil }
    var facts: [(String, String)] = []
    for part in parts.dropFirst() {
      let fact = part.split(separator: "=", omittingEmptySubsequences: false)
      guard fact.count == 2 else { return nil }
      facts.append((String(fact[0]), String(fact[1])))
    }
    (name, layer, path) = place
    self.facts = facts
  }

  /// What stands before the first `=` is a name, unless it is the beginning of a path.
  private static func place(_ text: Substring) -> (name: String?, layer: Int?, path: String)? {
    guard let equals = text.firstIndex(of: "="), !text[..<equals].contains("/") else {
      return text.isEmpty ? nil : (nil, nil, String(text))
    }
    let path = text[text.index(after: equals)...]
    let fields = text[..<equals].split(separator: "@", omittingEmptySubsequences: false)
    guard !path.isEmpty, (1...2).contains(fields.count), UnitKind.isName(fields[0]) else {
      return nil
    }
    guard fields.count == 2 else { return (String(fields[0]), nil, String(path)) }
    guard let layer = Int(fields[1]), (0..<10_000).contains(layer) else { return nil }
    return (String(fields[0]), layer, String(path))
  }
}
