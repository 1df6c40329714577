import ArenaRules
import ArenaStorage
import ArenaTypes
import FoundationEssentials

/// A text that is hidden until a moderator looks, or that a moderator has decided on.
struct TextCase: Codable, Sendable {
  /// What was written; empty for what the campaign knows itself.
  var text: String
  var unit: UnitID?
  var author: PlayerID?
  var duel: DuelID?
  var isHidden: Bool
  /// Who decided, and why; nil while it waits.
  var by: String?
  var because: String?

  /// Reads a case of the store.
  init(_ record: ModerationCase) throws {
    self = try JSONDecoder().decode(Self.self, from: Data(record.content))
  }

  /// A text of these parts.
  init(
    text: String, unit: UnitID? = nil, author: PlayerID? = nil, duel: DuelID? = nil,
    isHidden: Bool
  ) {
    self.text = text
    self.unit = unit
    self.author = author
    self.duel = duel
    self.isHidden = isHidden
  }

  /// The case as the store keeps it.
  func record(
    _ reference: TextReference, openedAt: Timestamp, closedAt: Timestamp?
  ) -> ModerationCase {
    ModerationCase(
      id: reference.description, kind: .text, openedAt: openedAt, closedAt: closedAt,
      subject: reference.description, player: author, content: Self.encoded(self))
  }

  fileprivate static func encoded(_ content: some Encodable) -> [UInt8] {
    (try? JSONEncoder().encode(content)).map { [UInt8]($0) } ?? []
  }
}

/// What a player told moderators.
struct ReportCase: Codable, Sendable {
  var reason: String
  var note: String
  /// Who told it.
  var by: PlayerID
  /// The text that it is about, where it is about one.
  var text: String?
  /// What became of it; nil while it waits.
  var outcome: String?

  /// Reads a case of the store.
  init(_ record: ModerationCase) throws {
    self = try JSONDecoder().decode(Self.self, from: Data(record.content))
  }

  /// A report of these parts.
  init(reason: String, note: String, by: PlayerID, text: String?) {
    self.reason = reason
    self.note = note
    self.by = by
    self.text = text
  }

  var encoded: [UInt8] { TextCase.encoded(self) }
}

/// What looks like unfair play.
struct FlagCase: Codable, Sendable {
  /// What kind: `speed`, `collusion` or `address`.
  var kind: String
  /// What was seen.
  var detail: String
  var players: [PlayerID]
  /// What became of it; nil while it waits.
  var outcome: String?

  /// Reads a case of the store.
  init(_ record: ModerationCase) throws {
    self = try JSONDecoder().decode(Self.self, from: Data(record.content))
  }

  /// A flag of these parts.
  init(kind: String, detail: String, players: [PlayerID]) {
    self.kind = kind
    self.detail = detail
    self.players = players
  }

  var encoded: [UInt8] { TextCase.encoded(self) }
}

/// What a notice's case holds.
struct NoticeCase: Codable, Sendable {
  var text: String
  var by: String

  var encoded: [UInt8] { TextCase.encoded(self) }
}

extension ModerationShelf.HeldNotice {
  /// The notice of a case; nil where it is none.
  init?(_ record: ModerationCase) {
    guard record.kind == .notice, let until = record.closedAt,
      let content = try? JSONDecoder().decode(NoticeCase.self, from: Data(record.content))
    else { return nil }
    self.init(id: record.id, text: content.text, at: record.openedAt, until: until)
  }
}

extension ModerationCase {
  /// The case with what became of it, decided at `now`; nil for a case that isn't decided so.
  func closed(at now: Timestamp?, outcome: String?) -> ModerationCase? {
    var copy = self
    copy.closedAt = now
    switch kind {
    case .report:
      guard var content = try? ReportCase(self) else { return nil }
      content.outcome = outcome
      copy.content = content.encoded
    case .flag:
      guard var content = try? FlagCase(self) else { return nil }
      content.outcome = outcome
      copy.content = content.encoded
    case .text, .notice: return nil
    }
    return copy
  }
}

extension ModeratorAct {
  /// The act as the audit log keeps it, so that it can be undone.
  var stored: [UInt8] { TextCase.encoded(self) }

  /// Reads what `stored` wrote; nil for entries of before, and for what no moderator did.
  init?(stored: [UInt8]) {
    guard !stored.isEmpty,
      let act = try? JSONDecoder().decode(ModeratorAct.self, from: Data(stored))
    else { return nil }
    self = act
  }
}
