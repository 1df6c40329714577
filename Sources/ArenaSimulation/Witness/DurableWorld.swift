import ArenaRules
import ArenaStorage
import ArenaTypes
import FoundationEssentials
import Interpretation

/// What is on the disk, replayed with the rules alone.
///
/// It reads the journal's bytes as a server does that starts, and shares nothing with the one that
/// wrote them.
final class DurableWorld {
  /// A duel of the disk.
  struct DuelModel {
    var duel: Duel
    var entryCount = 0
    /// How many entries hold the answer of a player under a command's id.
    var answers: [AnswerKey: (count: Int, answer: Answer)] = [:]
    var hasResult = false
    var finishedAt: Timestamp?
    /// When the open question was asked.
    var roundOpenedAt: Timestamp?
  }

  /// One command of one player.
  struct AnswerKey: Hashable {
    let player: PlayerID
    let command: CommandID
  }

  /// A player's rating in one format.
  struct RatingKey: Hashable {
    let player: PlayerID
    let format: String
  }

  private struct DuelOpening: Decodable {
    struct Ghost: Decodable {
      struct Step: Decodable {
        let round: Int
        let answer: Answer
      }
      let steps: [Step]
    }
    let setup: DuelSetup
    let startedAt: Timestamp
    let ghost: Ghost?
  }

  /// How long a finished duel is remembered: longer than the server shows it.
  private static let finishedKept: Duration = .seconds(600)

  var duels: [DuelID: DuelModel] = [:]
  private(set) var contests: [ContestID: ContestModel] = [:]
  var ratings: [RatingKey: Rating] = [:]
  /// The duel of each player that is open on the disk.
  private(set) var openDuels: [PlayerID: DuelID] = [:]
  /// What solo play keeps.
  private(set) var solo = DurableSolo()
  /// The boards that are no contest's.
  var standings = StandingsModel(at: World.start)
  /// What moderators have decided.
  private(set) var moderation = DurableModeration()
  /// From when on no duel may begin, as the server drains; nil where it doesn't.
  var nothingStartsFrom: Timestamp?
  /// The rounds that the batch at hand reveals, or cuts off.
  var revealed: [(duel: DuelID, round: Int, reveal: RoundReveal)] = []
  /// The answers in contests that the batch at hand judges, by the names under which they are kept.
  private(set) var judged: Set<String> = []
  /// Those that were judged before.
  var contestAnswers: Set<String> = []
  private var finished: [(duel: DuelID, at: Timestamp)] = []
  private var openedAt: [DuelID: Timestamp] = [:]
  /// The marks of texts that ghosts give, with the duels and rounds in which they do.
  private(set) var ghostMarks: [String: [(duel: DuelID, round: Int)]] = [:]
  /// One of the duels that have ended.
  func someFinished(_ number: UInt64) -> DuelID? {
    finished.isEmpty ? nil : finished[Int(number % UInt64(finished.count))].duel
  }
  /// The duel that ended last.
  var lastFinished: DuelID? { finished.last?.duel }
  private let decoder = JSONDecoder()
  private let campaign: Campaign

  init(campaign: Campaign) { self.campaign = campaign }

  /// Takes a batch that has become durable.
  func apply(
    _ writes: [StoreWrite], now: Timestamp, counts: inout SimulationCounts
  ) throws(BrokenPromise) {
    revealed = []
    judged = []
    for write in writes {
      solo.apply(write)
      moderation.apply(write)
      switch write {
      case .openRoom(let room): try open(room)
      case .appendJournal(let entry): try append(entry, now: now, counts: &counts)
      case .putDuelResult(let result) where result.voidedBecause != nil:
        try checkVoid(result, writes)
        counts.duelsVoided += 1
      case .putDuelResult(let result): try check(result, writes, counts: &counts)
      case .putFinalBoard(let board):
        try contests[board.contest]?.check(board)
        counts.finalBoards += 1
        counts.checks += 1
      case .putRating:
        guard writes.contains(where: { if case .putDuelResult = $0 { true } else { false } })
        else { throw BrokenPromise("a rating moved without a duel's result") }
      default: break
      }
    }
    try checkAnswerRecords(writes)
    standings.apply(writes, now: now)
    forgetOld(now)
  }

  private func forgetOld(_ now: Timestamp) {
    while let first = finished.first, now - first.at > Self.finishedKept {
      duels[first.duel] = nil
      openedAt[first.duel] = nil
      finished.removeFirst()
    }
  }

  private func decode<Value: Decodable>(
    _ type: Value.Type, _ bytes: [UInt8], _ what: @autoclosure () -> String
  ) throws(BrokenPromise) -> Value {
    do {
      return try decoder.decode(type, from: Data(bytes))
    } catch {
      throw BrokenPromise("\(what()) can't be read: \(error)")
    }
  }

  private func open(_ room: RoomRecord) throws(BrokenPromise) {
    switch room.key.kind {
    case .duel:
      let id = DuelID(rawValue: room.key.id)
      guard duels[id] == nil else { return }
      let opening = try decode(DuelOpening.self, room.setup, "the opening of \(room.key)")
      do {
        let duel = try Duel.start(opening.setup, now: opening.startedAt).duel
        duels[id] = DuelModel(duel: duel)
      } catch {
        throw BrokenPromise("\(room.key) can't be replayed: \(error)")
      }
      openedAt[id] = opening.startedAt
      if let nothingStartsFrom, room.openedAt > nothingStartsFrom {
        throw BrokenPromise("\(id) is opened at \(room.openedAt), though the server drains")
      }
      note(opening.ghost, in: id)
      for seat in opening.setup.seats where seat.kind == .human {
        if let other = openDuels[seat.player] {
          throw BrokenPromise("\(seat.player) is in \(id) and in \(other) at once")
        }
        openDuels[seat.player] = id
      }
    case .contest:
      let id = ContestID(rawValue: room.key.id)
      guard contests[id] == nil else { return }
      let setup = try decode(ContestSetup.self, room.setup, "the opening of \(room.key)")
      do {
        contests[id] = ContestModel(try Contest(setup))
      } catch {
        throw BrokenPromise("\(room.key) can't be replayed: \(error)")
      }
    case .player, .queue: break
    }
  }

  /// Whether a duel was opened well before a moment.
  func openedBefore(_ id: DuelID, _ moment: Timestamp) -> Bool {
    openedAt[id].map { $0 + .seconds(2) < moment } ?? false
  }

  private func note(_ ghost: DuelOpening.Ghost?, in duel: DuelID) {
    for step in ghost?.steps ?? [] {
      var text = ""
      switch step.answer {
      case .write(let written): text = written.description
      case .fire(let written): text = written
      case .pick, .oddOneOut, .predict, .done: continue
      }
      guard let range = text.firstRange(of: Witness.answerMark) else { continue }
      let number = text[range.upperBound...].prefix { $0.isNumber }
      ghostMarks[String(number), default: []].append((duel, step.round))
    }
  }

  private func append(
    _ entry: JournalEntry, now: Timestamp, counts: inout SimulationCounts
  ) throws(BrokenPromise) {
    counts.entriesReplayed += 1
    switch entry.room.kind {
    case .duel: try appendToDuel(entry)
    case .contest:
      let command = try decode(
        ContestCommand.self, entry.payload, "entry \(entry.sequence) of \(entry.room)")
      let id = ContestID(rawValue: entry.room.id)
      if case .start = command, let kind = contests[id]?.contest.setup.kind {
        counts.runs += 1
        counts.runsByKind[kind.rawValue, default: 0] += 1
      }
      let due = try contests[id]?.append(command, sequence: entry.sequence, at: entry.at) ?? []
      judged.formUnion(due.map { "\(id)/\($0)" })
      judged.subtract(contestAnswers)
      contests[id]?.changedAt = now
    case .player, .queue: break
    }
  }

  private func appendToDuel(_ entry: JournalEntry) throws(BrokenPromise) {
    let id = DuelID(rawValue: entry.room.id)
    guard var model = duels[id] else {
      throw BrokenPromise("\(entry.room) has an entry and was never opened")
    }
    guard entry.sequence >= model.entryCount else { return }
    let command = try decode(
      DuelCommand.self, entry.payload, "entry \(entry.sequence) of \(entry.room)")
    // Out of the table while it changes, so that nothing is copied.
    duels[id] = nil
    defer { duels[id] = model }
    if case .answer(let player, _, let answer, let command) = command {
      let key = AnswerKey(player: player, command: command)
      let count = model.answers[key]?.count ?? 0
      guard count == 0 else { throw BrokenPromise("\(player) answered twice under \(command)") }
      model.answers[key] = (1, answer)
    }
    do {
      let events = try model.duel.apply(command, now: entry.at)
      for case .revealed(let result, _) in events {
        revealed.append((id, result.round, result.reveal))
      }
      if case .finished? = events.last, let reveal = model.duel.unrevealed {
        revealed.append((id, model.duel.round, reveal))
      }
      if events.contains(where: { if case .roundStarted = $0 { true } else { false } }) {
        model.roundOpenedAt = entry.at
      }
    } catch {
      throw BrokenPromise("\(entry.room) holds what no duel takes: \(command), \(error)")
    }
    model.entryCount += 1
    if model.duel.phase == .finished, model.finishedAt == nil {
      model.finishedAt = entry.at
      finished.append((id, entry.at))
      for seat in model.duel.setup.seats where openDuels[seat.player] == id {
        openDuels[seat.player] = nil
      }
    }
  }
}
