import ArenaTypes
import ArgumentParser
import TransformerEngine

/// A sparse dictionary as it is named on the command line: `NAME@LAYER=FILE`, with facts that the file
/// does not tell behind it, such as `,site=mlpOutput,activation=topk:32`.
struct DictionaryOption: ExpressibleByArgument, Equatable {
  /// What it is called, as in a unit's name.
  let name: String
  /// The safetensors file.
  let path: String
  /// Where it reads, and how it activates.
  let configuration: SparseDictionary.Configuration

  init?(argument: String) {
    guard let place = PlacedFile(argument: argument) else { return nil }
    name = place.name
    path = place.path
    var configuration = SparseDictionary.Configuration(layer: place.layer, site: .residual)
    for (key, value) in place.facts where !Self.take(key, value, into: &configuration) {
      return nil
    }
    self.configuration = configuration
  }

  private static func take(
    _ key: String, _ value: String, into configuration: inout SparseDictionary.Configuration
  ) -> Bool {
    switch key {
    case "site":
      guard let site = ActivationSite.allCases.first(where: { "\($0)" == value }) else {
        return false
      }
      configuration.site = site
    case "activation":
      guard let activation = activation(value) else { return false }
      configuration.activation = activation
    case "preparation":
      guard let preparation = SparseDictionary.Preparation(rawValue: value) else { return false }
      configuration.preparation = preparation
    case "subtracts":
      guard let subtracts = ["yes": true, "no": false][value] else { return false }
      configuration.subtractsDecoderBias = subtracts
    default: return false
    }
    return true
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
}

/// Directions of the residual stream as they are named on the command line: `NAME@LAYER=FILE`.
struct DirectionsOption: ExpressibleByArgument, Equatable {
  let name: String
  let layer: Int
  /// A safetensors file with one tensor, `[hiddenSize]` or `[count, hiddenSize]`.
  let path: String

  init?(argument: String) {
    guard let place = PlacedFile(argument: argument), place.facts.isEmpty else { return nil }
    (name, layer, path) = (place.name, place.layer, place.path)
  }
}

/// `NAME@LAYER=FILE`, perhaps with `,key=value` behind it.
private struct PlacedFile {
  let name: String
  let layer: Int
  let path: String
  let facts: [(key: String, value: String)]

  init?(argument: String) {
    let sides = argument.split(separator: "=", maxSplits: 1)
    guard sides.count == 2 else { return nil }
    let place = sides[0].split(separator: "@", omittingEmptySubsequences: false)
    guard place.count == 2, UnitKind.isName(place[0]), let layer = Int(place[1]),
      (0..<10_000).contains(layer)
    else { return nil }
    let parts = sides[1].split(separator: ",", omittingEmptySubsequences: false)
    guard let path = parts.first, !path.isEmpty else { return nil }
    var facts: [(String, String)] = []
    for part in parts.dropFirst() {
      let fact = part.split(separator: "=", omittingEmptySubsequences: false)
      guard fact.count == 2 else { return nil }
      facts.append((String(fact[0]), String(fact[1])))
    }
    (name, self.layer, self.path, self.facts) = (String(place[0]), layer, String(path), facts)
  }
}
