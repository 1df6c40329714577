public import ArenaTypes

/// What a room is for.
public enum RoomKind: String, Hashable, Sendable, Codable, CaseIterable {
  /// A duel.
  case duel
  /// A contest.
  case contest
  /// What must be one at a time for a player.
  case player
  /// A matchmaking queue.
  case queue
}

/// Names a room: its kind and the id of what it is for.
public struct RoomKey: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
  /// What the room is for.
  public let kind: RoomKind
  /// The id of the duel, contest, player or queue.
  public let id: String

  /// The key of the room of `kind` called `id`.
  public init(kind: RoomKind, id: String) {
    self.kind = kind
    self.id = id
  }

  /// The key of a duel's room.
  public static func duel(_ id: DuelID) -> Self { Self(kind: .duel, id: id.rawValue) }
  /// The key of a contest's room.
  public static func contest(_ id: ContestID) -> Self { Self(kind: .contest, id: id.rawValue) }
  /// The key of a player's room.
  public static func player(_ id: PlayerID) -> Self { Self(kind: .player, id: id.rawValue) }

  /// `kind/id`.
  public var description: String { "\(kind.rawValue)/\(id)" }

  /// Orders by kind, then id.
  public static func < (left: Self, right: Self) -> Bool {
    (left.kind.rawValue, left.id) < (right.kind.rawValue, right.id)
  }
}

/// A room that can be built again: from its setup, and then from the commands in its journal.
public struct RoomRecord: Hashable, Sendable, Codable {
  /// The room's name.
  public var key: RoomKey
  /// When it was opened.
  public var openedAt: Timestamp
  /// When it was closed; nil while it is open.
  public var closedAt: Timestamp?
  /// How it began; the store doesn't look into it.
  public var setup: [UInt8]

  /// A room of these parts.
  public init(
    key: RoomKey, openedAt: Timestamp, closedAt: Timestamp? = nil, setup: [UInt8]
  ) {
    self.key = key
    self.openedAt = openedAt
    self.closedAt = closedAt
    self.setup = setup
  }
}

/// One accepted command of a room.
public struct JournalEntry: Hashable, Sendable, Codable {
  /// Whose journal it is in.
  public var room: RoomKey
  /// Its number in the journal, from 0 without gaps.
  public var sequence: Int
  /// When the room accepted the command.
  public var at: Timestamp
  /// The command; the store doesn't look into it.
  public var payload: [UInt8]

  /// An entry of these parts.
  public init(room: RoomKey, sequence: Int, at: Timestamp, payload: [UInt8]) {
    self.room = room
    self.sequence = sequence
    self.at = at
    self.payload = payload
  }
}
