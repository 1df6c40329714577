public import ArenaTypes

/// A final board as it is sealed: its entries, what determined them, and one text that stands for both.
///
/// `protocol/board-seal.md` tells the encoding for those who recompute the hash.
public struct SealedBoard: Hashable, Sendable {
  /// The format of the text, its first line.
  public static let format = "neuronarena-board/1"

  /// Which contest.
  public let contest: ContestID
  /// The rules in one line.
  public let rules: String
  /// What every draw came from.
  public let seed: UInt64
  /// When the board was settled first.
  public let settledAt: Timestamp
  /// How many answers the engine never scored.
  public let lostCount: Int
  /// How many texts keep their first score.
  public let unsettledCount: Int
  /// The hash of the board before, where a moderator changed it.
  public let amends: String?
  /// The entries in order.
  public let entries: [BoardEntry]

  /// The final board of `contest`; nil while it is not final.
  ///
  /// - Parameter amends: The hash of the board that this one replaces.
  /// - Complexity: O(*n* log *n*).
  public init?(_ contest: Contest, amends: String? = nil) {
    guard let result = contest.result else { return nil }
    self.contest = contest.setup.id
    rules = contest.setup.rules
    seed = contest.setup.seed
    settledAt = result.at
    lostCount = result.lostCount
    unsettledCount = result.unsettledCount
    self.amends = amends
    entries = contest.board.top(contest.board.count)
  }

  /// What is hashed: lines of UTF-8, each ended by one line feed.
  public var canonicalText: String {
    var text = """
      \(Self.format)
      contest \(contest)
      rules \(rules)
      seed \(seed)
      settled \(settledAt.millisecondsSinceEpoch)
      lost \(lostCount)
      unsettled \(unsettledCount)
      amends \(amends ?? "-")

      """
    for (index, entry) in entries.enumerated() {
      let (finished, joined) = (entry.finishedAt, entry.joinedAt)
      text += "\(index + 1) \(entry.player) \(entry.points) "
      text += "\(finished.millisecondsSinceEpoch) \(joined.millisecondsSinceEpoch)\n"
    }
    return text
  }
}

extension ContestSetup {
  /// The rules in one line of `name=value`, all that a board depends on beside the players.
  public var rules: String {
    var parts = [
      "kind=\(kind.rawValue)", "opens=\(opensAt.millisecondsSinceEpoch)",
      "closes=\(closesAt.millisecondsSinceEpoch)",
    ]
    if let plan {
      parts += ["zone=\(plan.zone)", "date=\(plan.date)", "campaign=\(plan.campaign)"]
      parts.append("established-only=\(plan.ranksEstablishedOnly)")
    }
    switch kind {
    case .race:
      parts += [
        "run=\(runMilliseconds)", "question=\(questionMilliseconds)",
        "wrong-cost=\(wrongCostMilliseconds)", "wrong-max=\(wrongCountMax)",
      ]
    case .daily, .quest, .live:
      parts += zip(plan?.rounds ?? [], materials).map { "\($0.rawValue)=\($1.unit)" }
      if kind == .quest { parts.append("tries=\(plan?.tryCount ?? 0)") }
    }
    return parts.joined(separator: " ")
  }
}
