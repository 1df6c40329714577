import ArenaTypes
import Testing

@testable import Interpretation

@Suite struct PairAgreementTests {
  private static let scorer = "judge/9"

  private func row(
    _ kind: PairAgreement.Kind, from: Double, to: Double, count: Int = 40, share: Double
  ) -> PairAgreement.Row {
    PairAgreement.Row(
      kind: kind, gapFrom: from, gapTo: to, count: count, share: share, low: share - 0.1,
      high: min(1, share + 0.1))
  }

  private func score(_ value: Double, scorer: String = scorer) -> Score {
    Score(value: value, low: value, high: value, cap: nil, scorer: scorer)
  }

  @Test func `the scorer may settle what it and all wider gaps have proved`() {
    func least(_ rows: [PairAgreement.Row]) -> Double? {
      PairAgreement(scorer: Self.scorer, rows: rows).gapMin(.wrong)
    }
    #expect(least([]) == nil)
    #expect(
      least([
        row(.wrong, from: 0, to: 20, share: 0.7), row(.wrong, from: 20, to: 40, share: 0.9),
        row(.wrong, from: 40, to: 100, share: 0.97),
      ]) == 20)
    // What is right at a middle gap proves nothing while the widest gap errs.
    #expect(
      least([
        row(.wrong, from: 20, to: 40, share: 0.95), row(.wrong, from: 40, to: 100, share: 0.8),
      ]) == nil)
    #expect(least([row(.wrong, from: 40, to: 100, count: 19, share: 1)]) == nil)
    #expect(least([row(.tooBroad, from: 40, to: 100, share: 1)]) == nil)
  }

  @Test func `texts of unknown kind are held to the strictest`() {
    let wide = PairAgreement.Kind.allCases.map { row($0, from: 40, to: 100, share: 0.95) }
    let agreement = PairAgreement(
      scorer: Self.scorer, rows: wide + [row(.wrong, from: 10, to: 40, share: 0.92)])
    #expect(agreement.prefersFirst(score(80), score(65), kind: .wrong) == true)
    #expect(agreement.prefersFirst(score(65), score(80), kind: .wrong) == false)
    #expect(agreement.prefersFirst(score(80), score(65), kind: nil) == nil)
    #expect(agreement.prefersFirst(score(80), score(40), kind: nil) == true)
    let partial = PairAgreement(scorer: Self.scorer, rows: Array(wide.dropLast()))
    #expect(partial.prefersFirst(score(100), score(0), kind: nil) == nil)
    #expect(
      agreement.prefersFirst(score(90, scorer: "judge/8"), score(10), kind: .wrong) == nil)
  }

  /// A campaign whose scores are those of `values`, by role.
  private func campaign(
    unitCount: Int = 30, _ values: (CampaignExplanation.Role, Int) -> Double
  ) throws -> Campaign {
    let made = ScriptedCampaign.make(unitCount: unitCount)
    var units = made.units
    for index in units.indices {
      for position in units[index].explanations.indices {
        units[index].explanations[position].score = score(
          values(units[index].explanations[position].role, index))
      }
    }
    return try made.replacing(units: units)
  }

  @Test func `it counts how often readers prefer the higher score`() throws {
    // Of thirty units, three score the worse text higher.
    let campaign = try campaign { role, index in
      role == .intended ? 60 : index < 3 ? 90 : 30
    }
    let agreement = try PairAgreement(of: campaign)
    #expect(agreement.scorer == Self.scorer)
    let kinds = Set(agreement.rows.map(\.kind))
    #expect(!kinds.isEmpty)
    for row in agreement.rows {
      #expect((row.gapFrom, row.gapTo) == (20, 40))
      #expect(row.count == 30)
      #expect(abs(row.share - 0.9) < 1e-9)
      #expect(row.low < row.share && row.share < row.high)
    }
    let some = try PairAgreement(of: campaign, units: Set(campaign.units.prefix(3).map(\.id)))
    #expect(some.rows.allSatisfy { $0.share == 0 && $0.count == 3 })
  }

  @Test func `equal scores agree by halves and unread pairs say nothing`() throws {
    let equal = try PairAgreement(of: campaign { _, _ in 50 })
    #expect(equal.rows.allSatisfy { $0.share == 0.5 && $0.gapFrom == 0 })
    #expect(throws: CampaignError.self) {
      try PairAgreement(of: campaign { _, _ in 50 }, units: [])
    }
    var mixed = try campaign { _, _ in 50 }.units
    for position in mixed[0].explanations.indices {
      mixed[0].explanations[position].score = score(50, scorer: "other/1")
    }
    let two = try ScriptedCampaign.make(unitCount: 30).replacing(units: mixed)
    #expect(throws: CampaignError.self) { try PairAgreement(of: two) }
  }

  @Test func `a unit that nobody read gets the pairs that the scorer may settle`() throws {
    let agreement = PairAgreement(
      scorer: Self.scorer,
      rows: PairAgreement.Kind.allCases.map { row($0, from: 20, to: 100, share: 0.95) })
    var units = try campaign { role, index in
      switch role {
      case .intended: 80
      case .machine: 79
      default: 10 + Double(index % 2)
      }
    }.units
    for index in units.indices.dropFirst(10) { units[index].pairs = [] }
    let read = units.prefix(10).map(\.pairs)
    SettledPairs(agreement: agreement).add(to: &units)
    #expect(units.prefix(10).map(\.pairs) == read)
    let made = units.dropFirst(10).flatMap(\.pairs)
    #expect(!made.isEmpty)
    #expect(made.allSatisfy { $0.verdicts.isEmpty && $0.better != nil })
    #expect(made.contains { $0.isInPlay })
    for unit in units.dropFirst(10) {
      for pair in unit.pairs {
        let values = [pair.better, pair.worse].map { id in
          unit.explanations.first { $0.explanation.id == id }?.score?.value ?? -1
        }
        #expect(values[0] - values[1] >= 20)
      }
    }
  }
}
