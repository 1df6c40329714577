public import ArenaProtocol
import FoundationEssentials

/// What in a frame breaks its schema.
public struct SchemaViolation: Hashable, Sendable, CustomStringConvertible {
  /// Where in the frame, as a JSON Pointer (RFC 6901); empty for the whole.
  public let path: String
  /// What is wrong.
  public let fault: String

  /// A violation of these parts.
  public init(path: String, fault: String) {
    self.path = path
    self.fault = fault
  }

  /// Both in one line.
  public var description: String { "\(path.isEmpty ? "/" : path): \(fault)" }
}

/// Why the schemas of a folder can't be used.
public enum SchemaError: Error, Hashable, Sendable {
  /// A file can't be read; carries its path.
  case unreadable(String)
  /// A file is no JSON; carries its path and the fault.
  case notJSON(String, String)
  /// A schema has a keyword that the validator does not know, which it never ignores.
  case unknownKeyword(String, file: String)
  /// A keyword has a value of the wrong kind.
  case badKeyword(String, file: String)
  /// A `$ref` leads nowhere.
  case danglingReference(String, file: String)
  /// A message's schema does not say by `const` which frames it is for.
  case unnamedMessage(file: String)
}

/// All schemas of `protocol/schemas`, to validate whole frames against.
///
/// It knows the part of JSON Schema 2020-12 that they use, and refuses to load a schema with any
/// other keyword: a rule that is not checked must not look as if it were.
public struct SchemaSet: Sendable {
  /// The documents by their path below `schemas`, such as `events/duel.started.json`.
  public let documents: [String: JSONValue]
  /// The schema file of each message: `command hello`, `ok hello`, `part unit.try`, `error`,
  /// `event duel.started`.
  private let fileByMessage: [String: String]

  /// The schemas of the repository that this file stands in, loaded once a process.
  ///
  /// - Throws: The first file or schema that can't be used.
  public static func load() throws(SchemaError) -> SchemaSet { try loaded.get() }

  private static let loaded = Result { () throws(SchemaError) in
    try load(protocolFolder: protocolFolder)
  }

  /// The `protocol` folder of the repository that this file stands in.
  public static var protocolFolder: String {
    let components = #filePath.split(separator: "/").dropLast(3)
    return "/" + components.joined(separator: "/") + "/protocol"
  }

  /// Loads the schemas of a `protocol` folder.
  ///
  /// - Throws: The first file or schema that can't be used.
  public static func load(protocolFolder: String) throws(SchemaError) -> SchemaSet {
    var documents: [String: JSONValue] = [:]
    for folder in ["answers", "commands", "events", "parts", "values"] {
      let path = protocolFolder + "/schemas/" + folder
      guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
        throw .unreadable(path)
      }
      for name in names.sorted() where name.hasSuffix(".json") {
        documents["\(folder)/\(name)"] = try document(at: path + "/" + name)
      }
    }
    return try SchemaSet(documents: documents)
  }

  private static func document(at path: String) throws(SchemaError) -> JSONValue {
    guard let content = FileManager.default.contents(atPath: path) else { throw .unreadable(path) }
    do throws(JSONError) {
      return try JSONReader.read(Array(content), limits: .serverFrame)
    } catch {
      throw .notJSON(path, error.reason)
    }
  }

  /// A set of documents by their path below `schemas`.
  ///
  /// - Throws: The first schema that can't be used.
  public init(documents: [String: JSONValue]) throws(SchemaError) {
    self.documents = documents
    var fileByMessage: [String: String] = [:]
    for (file, document) in documents.sorted(by: { $0.key < $1.key }) {
      try SchemaCheck(documents: documents, file: file).check(document)
      guard !file.hasPrefix("values/") else { continue }
      guard let name = Self.message(of: document, in: file) else {
        throw .unnamedMessage(file: file)
      }
      fileByMessage[name] = file
    }
    self.fileByMessage = fileByMessage
  }

  /// The names of all messages that have a schema, sorted.
  public var messages: [String] { fileByMessage.keys.sorted() }

  private static func message(of document: JSONValue, in file: String) -> String? {
    let properties = document["properties"]
    guard let type = properties?["type"]?["const"]?.string else { return nil }
    switch file.prefix(while: { $0 != "/" }) {
    case "commands": return "command \(type)"
    case "events": return "event \(type)"
    default:
      guard type == "ok" || type == "part" else { return type }
      return properties?["command"]?["const"]?.string.map { "\(type) \($0)" }
    }
  }

  /// The name of the message that a frame says to be: by `id` a command, by `re` an answer.
  private static func message(of frame: JSONValue) -> String? {
    guard let type = frame["type"]?.string else { return nil }
    if frame["id"] != nil { return "command \(type)" }
    guard frame["re"] != nil else { return "event \(type)" }
    guard type == "ok" || type == "part" else { return type }
    return frame["command"]?.string.map { "\(type) \($0)" }
  }

  /// What in the frame, of a client or of the server, breaks the schema of its type; empty if
  /// nothing does.
  public func validate(frame text: [UInt8]) -> [SchemaViolation] {
    let frame: JSONValue
    do throws(JSONError) {
      frame = try JSONReader.read(text, limits: .serverFrame)
    } catch {
      return [SchemaViolation(path: "", fault: error.reason)]
    }
    guard let message = Self.message(of: frame), let file = fileByMessage[message] else {
      let type = frame["type"]?.string ?? "none"
      return [SchemaViolation(path: "/type", fault: "there is no schema for the type \(type)")]
    }
    return validate(frame, file: file)
  }

  /// What in the frame breaks the schema of its type.
  public func validate(frame text: String) -> [SchemaViolation] {
    validate(frame: Array(text.utf8))
  }

  /// What in `value` breaks the schema in `file`, such as `values/player.json`.
  public func validate(_ value: JSONValue, file: String) -> [SchemaViolation] {
    guard let document = documents[file] else {
      return [SchemaViolation(path: "", fault: "there is no schema \(file)")]
    }
    return SchemaValidator(documents: documents).validate(
      value, against: document, in: file, path: "")
  }
}
