public import ArenaTypes

/// A stream of events that a client may subscribe to.
public enum Topic: Hashable, Sendable {
  /// What everybody who follows the duel sees.
  case duel(DuelID)
  /// What only the player of the connection sees.
  case me
  /// A contest's board and state.
  case board(ContestID)
  /// Any other board: of a territory, of a stretch of time.
  case boardOf(BoardName)
  /// What goes on here.
  case lobby
  /// All live sessions; for moderators.
  case moderation

  /// How events of a topic reach a subscriber that is slower than they come.
  public enum Lane: Hashable, Sendable {
    /// Every event, in order; who can't keep up is closed with `slow_consumer`.
    case lossless
    /// The newest state; what was not sent in time is left out.
    case latestWins
  }

  /// Reads the text of a topic; nil if it has not the form of one.
  public init?(_ text: some StringProtocol) {
    switch text {
    case "me": self = .me
    case "lobby": self = .lobby
    case "moderation": self = .moderation
    default:
      guard let slash = text.firstIndex(of: "/") else { return nil }
      let name = String(text[text.index(after: slash)...])
      guard WireName.isValid(name) else {
        guard text[..<slash] == "board", let board = BoardName(name) else { return nil }
        self = .boardOf(board)
        return
      }
      switch text[..<slash] {
      case "duel": self = .duel(DuelID(rawValue: name))
      case "board": self = .board(ContestID(rawValue: name))
      default: return nil
      }
    }
  }

  /// How its events are delivered.
  public var lane: Lane {
    switch self {
    case .duel, .me: .lossless
    case .board, .boardOf, .lobby, .moderation: .latestWins
    }
  }
}

extension Topic: CustomStringConvertible {
  /// The text on the wire, such as `duel/d_51c0`.
  public var description: String {
    switch self {
    case .duel(let id): "duel/\(id)"
    case .me: "me"
    case .board(let id): "board/\(id)"
    case .boardOf(let name): "board/\(name)"
    case .lobby: "lobby"
    case .moderation: "moderation"
    }
  }
}

extension Topic: JSONWritable {
  /// Appends the text.
  public func write(to writer: inout JSONWriter) { writer.append(quoted: description) }
}

/// The form of names that clients send: 1 to 64 of `A-Z a-z 0-9 _ -`.
enum WireName {
  static let lengths = 1...64

  static func isValid(_ text: String) -> Bool {
    lengths.contains(text.utf8.count) && text.utf8.allSatisfy(isPlain)
  }

  /// Whether a unit's identifier may hold `text`: also points, colons and slashes, and up to 96.
  static func isValidUnit(_ text: String) -> Bool {
    (1...UnitID.byteCountMax).contains(text.utf8.count)
      && text.utf8.allSatisfy { isPlain($0) || unitPunctuation.contains($0) }
  }

  private static let unitPunctuation: Set<UInt8> = [
    UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: ":"),
  ]

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}
