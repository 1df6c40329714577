public import ArenaTypes

/// Two explanations without an order: `first` has the lower name.
public struct PairKey: Hashable, Comparable, Sendable, Codable {
  /// The one with the lower name.
  public let first: ExplanationID
  /// The other one.
  public let second: ExplanationID

  /// The pair of `one` and `other`.
  public init(_ one: ExplanationID, _ other: ExplanationID) {
    (first, second) = one < other ? (one, other) : (other, one)
  }

  /// Orders by the first, then the second.
  public static func < (left: Self, right: Self) -> Bool {
    (left.first, left.second) < (right.first, right.second)
  }
}

/// All choices between explanations of one unit; of each player and pair the first.
///
/// What is computed from it depends on the choices alone, in whichever order they came, but for who
/// chose twice between the same two.
public struct UnitChoices: Hashable, Sendable {
  /// Whether each chooser preferred the pair's first, by pair and chooser.
  private var choices: [PairKey: [Int32: Bool]] = [:]

  /// No choices.
  public init() {}

  /// How many choices there are.
  public private(set) var count = 0

  /// The pairs that anybody chose between, in order.
  public var pairs: [PairKey] { choices.keys.sorted() }

  /// How many chose between two.
  public func count(_ pair: PairKey) -> Int { choices[pair]?.count ?? 0 }

  /// How many preferred the pair's first and its second.
  public func tally(_ pair: PairKey) -> (first: Int, second: Int) {
    let all = choices[pair] ?? [:]
    let first = all.values.count { $0 }
    return (first, all.count - first)
  }

  /// Takes a choice; false where that chooser has chosen between the two before.
  public mutating func add(
    chooser: Int32, chosen: ExplanationID, other: ExplanationID
  ) -> Bool {
    guard chosen != other else { return false }
    let pair = PairKey(chosen, other)
    guard choices[pair]?[chooser] == nil else { return false }
    choices[pair, default: [:]][chooser] = chosen == pair.first
    count += 1
    return true
  }

  /// The strengths that the choices tell of `explanations`.
  ///
  /// - Parameter weight: How much a chooser's vote weighs.
  /// - Complexity: O(*c* log *c* + *n*³) for *c* choices between *n* explanations.
  public func strengths(
    of explanations: [ExplanationID], weight: (Int32) -> Double
  ) -> BradleyTerry {
    var indices: [ExplanationID: Int] = [:]
    for (index, id) in explanations.enumerated() where indices[id] == nil { indices[id] = index }
    var comparisons: [BradleyTerry.Comparison] = []
    for (pair, all) in choices {
      guard let first = indices[pair.first], let second = indices[pair.second] else { continue }
      var counts: [Weighted: Int] = [:]
      for (chooser, prefersFirst) in all {
        counts[Weighted(weight: weight(chooser), prefersFirst: prefersFirst), default: 0] += 1
      }
      for (kind, count) in counts {
        comparisons.append(
          BradleyTerry.Comparison(
            winner: kind.prefersFirst ? first : second, loser: kind.prefersFirst ? second : first,
            weight: kind.weight, count: count))
      }
    }
    return BradleyTerry(count: explanations.count, comparisons: comparisons)
  }

  private struct Weighted: Hashable {
    let weight: Double
    let prefersFirst: Bool
  }
}
