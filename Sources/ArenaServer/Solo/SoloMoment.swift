import ArenaRules
import ArenaStorage
import ArenaTypes
import FoundationEssentials

/// What a player's solo play is made of at one unit, as it was at one moment.
struct SoloMoment: Sendable {
  /// The most texts of players that are looked at for one unit.
  static let textCountMax = 300
  /// The most texts of one player that wait for their scores; a queue is everybody's.
  static let waitingCountMax = 50
  /// How many votes of others get a draft scored (game.md).
  static let votesNeeded = 3

  /// Whose it is.
  let player: PlayerID
  /// Where the player is; read together with the rest.
  var state: SoloState
  /// What players wrote about the unit.
  let texts: [ExplanationRecord]
  /// How many have voted on each of the unit's explanations.
  let counts: [ExplanationID: VoteCount]
  /// The player's own votes on them.
  let votes: [ExplanationID: VoteRecord.Direction]
  /// How many players say something of the unit.
  let marks: [UnitMarkRecord.Mark: Int]
  /// What the player says of it.
  let mark: UnitMarkRecord.Mark
  /// The texts that wait for a score, in the order of their turns; empty where none of the unit's does.
  let queue: [WaitingTextRecord]
  /// How many texts of the player wait for their scores, of any unit.
  let waitingCount: Int
  /// The names of those who wrote.
  let names: [PlayerID: String]
  /// The scores of the meanings of the player's own texts, each alone.
  let meaningScores: [ExplanationText: Score]

  /// Reads what there is at `unit`, or at the present one; without either only the state.
  init(
    _ reader: any StoreReader, player: PlayerID, unit: UnitID?, scorer: String
  ) throws(StorageError) {
    self.player = player
    state = try SoloState.read(reader, of: player)
    guard let unit = unit ?? state.current else {
      (texts, queue, names, meaningScores) = ([], [], [:], [:])
      (counts, votes, marks, mark, waitingCount) = ([:], [:], [:], .none, 0)
      return
    }
    texts = try reader.explanations(of: unit, limit: Self.textCountMax)
    counts = Dictionary(
      uniqueKeysWithValues: try reader.voteCounts(of: unit).map { ($0.explanation, $0) })
    votes = Dictionary(
      uniqueKeysWithValues: try reader.votes(by: player, of: unit)
        .map { ($0.explanation, $0.direction) })
    marks = try reader.markCounts(of: unit)
    mark = try reader.mark(by: player, of: unit)?.mark ?? UnitMarkRecord.Mark.none
    let isWaitedFor = texts.contains { $0.score == nil }
    queue = isWaitedFor ? try reader.waitingTexts(limit: 1_000) : []
    waitingCount = try reader.waitingTextCount(of: player)
    names = try Self.names(in: texts, reader)
    meaningScores = try Self.meaningScores(
      of: texts.filter { $0.explanation.author == .player(player) }, reader, scorer: scorer)
  }

  private static func names(
    in texts: [ExplanationRecord], _ reader: any StoreReader
  ) throws(StorageError) -> [PlayerID: String] {
    var names: [PlayerID: String] = [:]
    for case .player(let player) in texts.map(\.explanation.author) where names[player] == nil {
      names[player] = try reader.player(player)?.name ?? "A player"
    }
    return names
  }

  /// The scores of each meaning of texts that have several.
  static func meaningScores(
    of texts: [ExplanationRecord], _ reader: any StoreReader, scorer: String
  ) throws(StorageError) -> [ExplanationText: Score] {
    var scores: [ExplanationText: Score] = [:]
    for text in texts {
      for meaning in text.explanation.text.alone where scores[meaning] == nil {
        scores[meaning] = try reader.score(
          unit: text.explanation.unit, text: meaning, scorer: scorer)?.score
      }
    }
    return scores
  }
}

extension SoloMoment {
  /// What the player wrote here, the latest first.
  var ownTexts: [ExplanationRecord] {
    texts.filter { $0.explanation.author == .player(player) }.reversed()
  }

  /// Whether a text of a player may be seen by the one whose moment it is.
  func isVisible(_ text: ExplanationRecord, showsExplicit: Bool) -> Bool {
    text.explanation.author == .player(player)
      || (!text.isHidden && (showsExplicit || !text.isExplicit))
  }

  /// How many others than its author have voted for a text; nobody votes on one's own.
  func supporters(of text: ExplanationRecord) -> Int { counts[text.explanation.id]?.up ?? 0 }
}

extension SoloState {
  /// The state of a player's solo play, that of a beginner where none is kept.
  static func read(
    _ reader: any StoreReader, of player: PlayerID
  ) throws(StorageError) -> SoloState {
    guard let record = try reader.solo(of: player) else { return SoloState() }
    do {
      return try JSONDecoder().decode(SoloState.self, from: Data(record.state))
    } catch {
      throw .unusable(path: "solo/\(player)", reason: "\(error)")
    }
  }

  /// The state as the store keeps it; nothing, where it can't be encoded.
  func write(of player: PlayerID) -> [StoreWrite] {
    guard let state = try? JSONEncoder().encode(self) else { return [] }
    return [.putSolo(SoloRecord(player: player, state: [UInt8](state)))]
  }
}

extension ExplanationText {
  /// Its meanings as texts of their own; none where it has but one.
  var alone: [ExplanationText] {
    meanings.count > 1 ? meanings.compactMap { try? ExplanationText($0) } : []
  }
}
