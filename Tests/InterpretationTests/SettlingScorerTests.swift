import ArenaTypes
import Testing

@testable import Interpretation

@Suite struct SettlingScorerTests {
  /// Tells by its score which of a unit's excerpts it would be scored on first, and by the interval how
  /// many there are.
  private struct CountingScorer: Scorer {
    let name = "counting/1"
    let campaign: Campaign

    func score(_ text: ExplanationText, unit: UnitID) throws(InterpretationError) -> Score {
      let heldOut = campaign.unit(unit)?.heldOut ?? []
      let first = heldOut.firstIndex { !$0.settlesContests } ?? -1
      return Score(
        value: Double(first), low: 0, high: Double(heldOut.count { !$0.settlesContests }),
        cap: nil, scorer: name)
    }

    func predict(_ text: ExplanationText, unit: UnitID, on excerpts: [Excerpt])
      throws(InterpretationError) -> [[Float]]
    { [] }
  }

  @Test("what is settled is scored on the other half, by a scorer that says so")
  func halves() throws {
    let campaign = ScriptedCampaign.make(unitCount: 2)
    let first = CountingScorer(campaign: campaign)
    let made = Locked(0)
    let settling = SettlingScorer(like: first, of: campaign) {
      campaign throws(InterpretationError) in
      made.withLock { $0 += 1 }
      return CountingScorer(campaign: campaign)
    }
    let (text, unit) = (try ExplanationText("weather"), campaign.units[0].id)
    #expect(made.withLock { $0 } == 0, "not before it is wanted")
    #expect(try first.score(text, unit: unit).value == 0)
    let settled = try settling.score(text, unit: unit)
    #expect(settled.value == 12 && settled.high == 12)
    #expect(settled.scorer == "counting/1+settled")
    _ = try settling.score(text, unit: unit)
    #expect(made.withLock { $0 } == 1)
    let twice = campaign.exchangingSealedHalves().exchangingSealedHalves()
    #expect(twice.units.map(\.heldOut) == campaign.units.map(\.heldOut))
  }
}
