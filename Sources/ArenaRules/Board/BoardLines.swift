public import ArenaTypes

/// The lines of one person on all boards that are no contest's, counted from all that the person did.
///
/// Nothing is added up from one moment to the next: whenever something of a person has changed, its
/// lines are counted anew, so a board that has grown through the year and one that is counted after a
/// restart are the same.
///
/// | board | points | reached |
/// |---|---|---|
/// | campaign | the sum of duels between people | with the last of them |
/// | rating | the rating after the last rated duel, rounded | with that duel |
/// | series | the sum of final contests | when the last of them was finished |
public struct BoardLines: Hashable, Sendable {
  /// The lines that stand on boards.
  public private(set) var lines: [BoardName: BoardEntry] = [:]
  /// The boards that the person plays beside, not being established when it last did something.
  public private(set) var beside: Set<BoardName> = []

  private struct Sum {
    var points = 0
    var joinedAt: Timestamp
    var finishedAt: Timestamp
    var lastAt: Timestamp
  }

  /// Counts a person's lines.
  ///
  /// - Parameter deeds: By moment.
  /// - Complexity: O(deeds).
  public init(of person: BoardPerson, _ deeds: [BoardDeed], in spans: BoardSpans) {
    var sums: [BoardName: Sum] = [:]
    for deed in deeds {
      for span in BoardSpan.allCases where spans.holds(deed.at, span) {
        Self.add(deed, span, to: &sums)
      }
    }
    for (name, sum) in sums {
      let isEstablished = person.standing.isEstablished(at: sum.lastAt)
      if name.span?.ranksEstablishedOnly == true, !isEstablished {
        beside.insert(name)
      } else {
        lines[name] = BoardEntry(
          player: person.player, name: person.name, points: sum.points,
          finishedAt: sum.finishedAt, joinedAt: sum.joinedAt, territory: person.territory)
      }
    }
  }

  private static func add(_ deed: BoardDeed, _ span: BoardSpan, to sums: inout [BoardName: Sum]) {
    func add(
      _ subject: BoardName.Subject, joinedAt: Timestamp, finishedAt: Timestamp,
      _ change: (Int) -> Int
    ) {
      let name = BoardName(subject)
      var sum = sums[name] ?? Sum(joinedAt: joinedAt, finishedAt: finishedAt, lastAt: deed.at)
      sum.points = change(sum.points)
      sum.joinedAt = min(sum.joinedAt, joinedAt)
      sum.finishedAt = max(sum.finishedAt, finishedAt)
      sum.lastAt = deed.at
      sums[name] = sum
    }
    switch deed.content {
    case .duel(let campaign, let format, let points, let rating):
      if BoardName.isPlain(campaign.rawValue) {
        add(.campaign(campaign, span), joinedAt: deed.at, finishedAt: deed.at) { $0 + points }
      }
      if let rating, BoardName.isPlain(format) {
        add(.rating(format: format, span), joinedAt: deed.at, finishedAt: deed.at) { _ in
          Int(rating.rounded())
        }
      }
    case .contest(let series, let points, let joinedAt, let finishedAt):
      if BoardName.isPlain(series) {
        add(.series(series, span), joinedAt: joinedAt, finishedAt: finishedAt) { $0 + points }
      }
    }
  }
}
