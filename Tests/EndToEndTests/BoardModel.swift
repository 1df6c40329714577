import ArenaProtocol
import ArenaTestSupport

/// A board as a client keeps it: a snapshot, and deltas applied to it.
struct BoardModel: Equatable {
  private(set) var version = -1
  private(set) var entries: [JSONValue] = []
  private(set) var count = 0
  /// How many deltas came.
  private(set) var deltaCount = 0

  /// Takes an event of a board; false where a version is missing and the client has to ask again.
  mutating func take(_ frame: ServerFrame) throws -> Bool {
    let data = frame.data
    if frame.type == "board.snapshot" {
      version = try data.count("version")
      entries = try data.at("entries").array ?? []
      count = try data.count("count")
      return true
    }
    guard try data.count("from") == version else { return false }
    for operation in try data.at("operations").array ?? [] { try apply(operation) }
    version = try data.count("to")
    count = try data.count("count")
    deltaCount += 1
    return true
  }

  private mutating func apply(_ operation: JSONValue) throws {
    switch try operation.text("op") {
    case "insert":
      entries.insert(try operation.at("entry"), at: try operation.count("position"))
    case "remove": entries.remove(at: try operation.count("position"))
    case "change": entries[try operation.count("position")] = try operation.at("entry")
    default:
      entries.remove(at: try operation.count("from"))
      entries.insert(try operation.at("entry"), at: try operation.count("to"))
    }
  }
}
