import ArenaProtocol
import ArenaTypes

/// How far a connection has followed its topics, as the server's frames tell.
struct LineTopics {
  /// A topic in which nothing may be missing.
  struct Lossless {
    var epoch: String
    var offset: Int
    /// Whether a snapshot was announced and has not come.
    var awaitsSnapshot: Bool
  }

  /// A board as a client puts it together from snapshots and deltas.
  struct Board {
    var version: Int
    var count: Int
    var entries: [Entry]
  }

  /// Somebody's place on a board, with the rows around it.
  struct OwnPlace {
    var rank: Int?
    var neighbours: [Entry]
  }

  /// A line of a board as clients see it.
  struct Entry: Hashable {
    let player: PlayerID
    let points: Int
    let finishedAt: Timestamp

    init(player: PlayerID, points: Int, finishedAt: Timestamp) {
      self.player = player
      self.points = points
      self.finishedAt = finishedAt
    }

    init?(_ value: JSONValue) {
      guard let player = value["player"]?.string, let points = value["points"]?.integer,
        let finishedAt = value["finishedAt"]?.integer
      else { return nil }
      self.player = PlayerID(rawValue: player)
      self.points = Int(points)
      self.finishedAt = Timestamp(millisecondsSinceEpoch: finishedAt)
    }
  }

  var lossless: [Topic: Lossless] = [:]
  var boards: [BoardName: Board] = [:]
  var ownPlaces: [BoardName: OwnPlace] = [:]
  /// The tokens that a text that is being tried was told of, by its command.
  var parts: [String: [JSONValue]] = [:]
  /// The last offset of a topic of which only the newest counts.
  ///
  /// Of a board there is the board itself, and the own place on it.
  var latest: [Topic: [String: Int]] = [:]
}

extension LineTopics.Board {
  /// Takes the steps of a delta; nil where they can't be taken.
  func applying(_ operations: [JSONValue]) -> [LineTopics.Entry]? {
    var entries = entries
    for operation in operations {
      let entry = operation["entry"].flatMap(LineTopics.Entry.init)
      let position = operation["position"]?.integer.map(Int.init)
      switch operation["op"]?.string {
      case "insert":
        guard let entry, let position, (0...entries.count).contains(position) else { return nil }
        entries.insert(entry, at: position)
      case "change":
        guard let entry, let position, entries.indices.contains(position) else { return nil }
        entries[position] = entry
      case "remove":
        guard let position, entries.indices.contains(position) else { return nil }
        entries.remove(at: position)
      case "move":
        guard let entry, let from = operation["from"]?.integer, let to = operation["to"]?.integer,
          entries.indices.contains(Int(from)), (0..<entries.count).contains(Int(to))
        else { return nil }
        entries.remove(at: Int(from))
        entries.insert(entry, at: Int(to))
      default: return nil
      }
    }
    return entries
  }
}
