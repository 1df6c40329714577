import ArenaTypes

/// One player's run through a race, on the contest's clock (see `Contest.clock(at:)`).
struct RaceRun: ContestRun {
  /// How many verdicts are kept to answer repeated commands with: more than a client, which answers
  /// one question at a time, can have in flight.
  static let receiptCountMax = 16

  /// The question that is open.
  struct Asked: Hashable, Sendable, Codable {
    var number: Int
    var question: Question
    var right: Side
    var deadline: Timestamp
  }

  /// The verdict on one command.
  struct Receipt: Hashable, Sendable, Codable {
    var commandID: CommandID
    var verdict: RaceVerdict
  }

  var head: RunHead
  var endsAt: Timestamp
  var asked: Asked?
  var points = 0
  var wrongCount = 0
  var receipts: [Receipt] = []
  /// The pool in the order of the present pass.
  var order: [Int32] = []

  var player: PlayerID { head.player }
  var end: RunView.End? { head.end }

  var deadline: Timestamp? {
    guard end == nil else { return nil }
    return asked.map { min($0.deadline, endsAt) } ?? endsAt
  }

  mutating func remember(_ verdict: RaceVerdict, under commandID: CommandID) {
    if receipts.count >= Self.receiptCountMax { receipts.removeFirst() }
    receipts.append(Receipt(commandID: commandID, verdict: verdict))
  }
}
