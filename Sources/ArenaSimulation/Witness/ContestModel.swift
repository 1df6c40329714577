import ArenaRules
import ArenaStorage
import ArenaTypes

/// A contest of the disk: replayed with the rules, and counted anew without their board.
struct ContestModel {
  private(set) var contest: Contest
  private(set) var entryCount = 0
  /// When the last entry reached the disk, which may be long after it was accepted.
  var changedAt: Timestamp?
  /// The lines of those who are ranked.
  private(set) var lines: [PlayerID: CountedLine] = [:]
  /// Every line that anybody ever had, by what clients see of it.
  private(set) var history: [LineTopics.Entry: CountedLine] = [:]
  /// Whether a moderator has moved its end.
  private(set) var isAltered = false
  /// The most points that a player ever had, beside the board or on it.
  private(set) var mostPoints: [PlayerID: Int] = [:]
  /// What was said to each answer of a race.
  private(set) var verdicts: [DurableWorld.AnswerKey: RaceVerdict] = [:]
  /// Each answer of other kinds, with its round.
  private(set) var answers: [DurableWorld.AnswerKey: (question: Int, answer: Answer)] = [:]
  private var runs: [PlayerID: ContestRunModel] = [:]

  init(_ contest: Contest) { self.contest = contest }

  /// The board as a plain sort of the recount gives it.
  var recount: [CountedLine] { lines.values.sorted { $0.precedes($1) } }

  /// Whether a player has a run.
  func hasRun(_ player: PlayerID) -> Bool { runs[player] != nil }

  /// Takes an entry of the journal; returns which answers must have been kept with it or before.
  mutating func append(
    _ command: ContestCommand, sequence: Int, at: Timestamp
  ) throws(BrokenPromise) -> [String] {
    guard sequence >= entryCount else { return [] }
    let events: [ContestEvent]
    do {
      events = try contest.apply(command, now: at)
    } catch {
      throw BrokenPromise("\(contest.setup.id) holds what no contest takes: \(command), \(error)")
    }
    entryCount += 1
    try note(command, at: at)
    for event in events {
      switch event {
      case .judged(let player, let verdict): try judged(player, verdict, command, at: at)
      case .runStarted(let player, let run), .runChanged(let player, let run),
        .runEnded(let player, let run):
        guard contest.setup.kind != .race else { continue }
        runs[player]?.changed(to: run, isFinal: contest.state == .final)
        put(player)
      default: break
      }
    }
    return answersKept(with: command, events)
  }

  private mutating func note(_ command: ContestCommand, at: Timestamp) throws(BrokenPromise) {
    switch command {
    case .start(let player, let name, _, let standing, let territory):
      let isKeptOff =
        (contest.setup.plan?.ranksEstablishedOnly ?? false)
        && standing?.isEstablished(at: at) == false
      runs[player] = ContestRunModel(
        line: CountedLine(
          player: player, name: name, finishedAt: at, joinedAt: at, territory: territory),
        isRanked: !isKeptOff, kind: contest.setup.kind)
      put(player)
    case .submit(let player, let question, let answer, let id):
      let key = DurableWorld.AnswerKey(player: player, command: id)
      guard answers[key] == nil else {
        throw BrokenPromise("\(player) answered twice under \(id) in \(contest.setup.id)")
      }
      answers[key] = (question, answer)
      runs[player]?.answered(question, at: at)
    case .remove(let player, _, _):
      runs[player]?.isRanked = false
      lines[player] = nil
    case .extend, .end, .pause: isAltered = true
    default: break
    }
  }

  private mutating func judged(
    _ player: PlayerID, _ verdict: RaceVerdict, _ command: ContestCommand, at: Timestamp
  ) throws(BrokenPromise) {
    if verdict.isRight {
      runs[player]?.line.points += 1
      runs[player]?.line.finishedAt = at
      put(player)
    }
    guard case .answer(let author, _, _, let id) = command, author == player else { return }
    let key = DurableWorld.AnswerKey(player: player, command: id)
    guard verdicts[key] == nil else {
      throw BrokenPromise("\(player) was judged twice for \(id)")
    }
    verdicts[key] = verdict
  }

  private mutating func put(_ player: PlayerID) {
    guard let run = runs[player] else { return }
    let line = run.line
    mostPoints[player] = max(line.points, mostPoints[player] ?? 0)
    guard run.isRanked else { return }
    lines[player] = line
    history[line.entry] = line
  }

  /// Compares a final board with the recount.
  mutating func check(_ board: FinalBoardRecord) throws(BrokenPromise) {
    // A final contest's journal is closed: what a moderator takes off it, the board alone tells.
    if board.amendedBecause != nil {
      let left = Set(board.entries.map(\.player))
      lines = lines.filter { left.contains($0.key) }
    }
    let counted = recount.enumerated().map { index, line in
      FinalBoardRecord.Entry(
        rank: index + 1, player: line.player, name: line.name, points: line.points,
        finishedAt: line.finishedAt, joinedAt: line.joinedAt)
    }
    guard board.entries == counted else {
      throw BrokenPromise(
        "the final board of \(board.contest) is \(board.entries), a recount gives \(counted)")
    }
  }
}
