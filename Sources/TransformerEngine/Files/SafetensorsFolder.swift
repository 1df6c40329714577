/// A checkpoint's folder: tensors in one safetensors file or in several, and the JSON beside them.
///
/// ```
/// model.safetensors, or model.safetensors.index.json {"weight_map": {"name": "file"}} and its files
/// config.json, tokenizer.json, ...
/// ```
public final class SafetensorsFolder: Sendable {
  /// Files of a checkpoint; the largest public ones have some hundred.
  public static let fileCountMax = 1024
  /// Bytes of a JSON file; the largest vocabularies take 35 MB.
  public static let jsonByteCountMax = 128 << 20

  /// The folder's path.
  public let path: String
  /// The tensors' files.
  public let files: [SafetensorsFile]
  /// The place in `files` of each tensor's file, by the tensor's name.
  private let places: [String: Int]

  /// Reads and checks the folder's tensor files.
  ///
  /// - Throws: `EngineError` when one can't be read, isn't what it promises, or lacks a tensor that
  ///   the index puts there.
  public init(path: String) throws(EngineError) {
    self.path = path
    let indexPath = path + "/model.safetensors.index.json"
    guard FileContents.exists(at: indexPath) else {
      let file = try SafetensorsFile(path: path + "/model.safetensors")
      files = [file]
      places = file.tensors.mapValues { _ in 0 }
      return
    }
    let index = try FileContents(path: indexPath, byteCountMax: Self.jsonByteCountMax)
    let homes = try Self.homes(index)
    let names = Set(homes.map(\.file)).sorted()
    guard names.count <= Self.fileCountMax else {
      throw .malformed(file: index.name, reason: "\(names.count) files")
    }
    var files: [SafetensorsFile] = []
    var numbers: [String: Int] = [:]
    for name in names {
      numbers[name] = files.count
      files.append(try SafetensorsFile(path: path + "/" + name))
    }
    var places: [String: Int] = [:]
    for home in homes {
      guard let number = numbers[home.file], files[number].tensors[home.tensor] != nil else {
        throw .malformed(file: index.name, reason: "\(home.tensor) isn't in \(home.file)")
      }
      guard places.updateValue(number, forKey: home.tensor) == nil else {
        throw .malformed(file: index.name, reason: "\(home.tensor) is given twice")
      }
    }
    self.files = files
    self.places = places
  }

  /// What an index says: each tensor's file, a plain name, so that none leads out of the folder.
  private static func homes(
    _ index: FileContents
  ) throws(EngineError) -> [(tensor: String, file: String)] {
    guard let members = try JSONValue(index)["weight_map"]?.members else {
      throw .malformed(file: index.name, reason: "it has no weight_map")
    }
    var homes: [(tensor: String, file: String)] = []
    for member in members {
      guard let file = member.value.string, file.utf8.count <= 255, !file.hasPrefix("."),
        !file.utf8.contains(where: { $0 == UInt8(ascii: "/") || $0 == 0 }), !file.isEmpty
      else { throw .malformed(file: index.name, reason: "\(member.key) has no file's name") }
      homes.append((member.key, file))
    }
    return homes
  }

  /// The names of all tensors, sorted.
  public var tensorNames: [String] { places.keys.sorted() }

  /// The names of the files that a model is read from, sorted.
  public var fileNames: [String] {
    let settings = ["config.json", "tokenizer.json", "tokenizer_config.json"]
    let weights = files.map { String($0.contents.name.split(separator: "/").last ?? "") }
    return (settings.filter { FileContents.exists(at: path + "/" + $0) } + weights).sorted()
  }

  /// The tensor of that name and its file; nil when there is none.
  public func tensor(_ name: String) -> (file: SafetensorsFile, tensor: SafetensorsFile.Tensor)? {
    guard let place = places[name], let tensor = files[place].tensors[name] else { return nil }
    return (files[place], tensor)
  }

  /// One of the folder's JSON files; nil when there is none of that name.
  ///
  /// - Throws: `EngineError` when it can't be read.
  func file(_ name: String) throws(EngineError) -> FileContents? {
    let path = path + "/" + name
    guard FileContents.exists(at: path) else { return nil }
    return try FileContents(path: path, byteCountMax: Self.jsonByteCountMax)
  }

  /// What one of the folder's JSON files says; nil when there is none of that name.
  ///
  /// - Throws: `EngineError` when it can't be read or isn't JSON.
  func json(_ name: String) throws(EngineError) -> JSONValue? {
    guard let file = try file(name) else { return nil }
    return try JSONValue(file)
  }
}
