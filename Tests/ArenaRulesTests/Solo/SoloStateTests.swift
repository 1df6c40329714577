import ArenaTypes
import FoundationEssentials
import Testing

@testable import ArenaRules

@Suite struct SoloStateTests {
  private let now = Timestamp(millisecondsSinceEpoch: 1_795_561_800_000)

  private func unit(_ index: Int) -> UnitID {
    UnitID(model: "m", layer: 1, kind: .mlp, index: index)
  }

  private func walked(_ count: Int) -> SoloState {
    var state = SoloState()
    state.open(unit(0), now: now)
    for index in 1..<max(1, count) {
      state.next(from: unit(index - 1), now: now) { unit(index) }
    }
    return state
  }

  @Test func aTrailIsWalkedBackAndForthAndOn() {
    var state = walked(3)
    #expect(state.current == unit(2) && state.hasBack && !state.hasForward)
    state.back(from: unit(2), now: now)
    state.back(from: unit(1), now: now)
    #expect(state.current == unit(0) && !state.hasBack && state.hasForward)
    state.back(from: unit(0), now: now)
    #expect(state.current == unit(0))
    state.next(from: unit(0), now: now) {
      Issue.record("nothing new is chosen while there is a later unit")
      return nil
    }
    #expect(state.current == unit(1))
  }

  @Test func aRepeatedOrLateCommandMovesNothing() {
    var state = walked(3)
    let before = state
    state.next(from: unit(1), now: now) { unit(9) }
    state.back(from: unit(0), now: now)
    #expect(state == before)
  }

  @Test func nothingToGoOnToKeepsThePlace() {
    var state = walked(1)
    state.next(from: unit(0), now: now) { nil }
    #expect(state.current == unit(0))
    var nobody = SoloState()
    nobody.next(from: unit(0), now: now) { unit(1) }
    #expect(nobody.current == nil && !nobody.hasBack && !nobody.hasForward)
  }

  @Test func openingAUnitForgetsWhatCameAfterThePresentOne() {
    var state = walked(4)
    state.back(from: unit(3), now: now)
    state.open(unit(7), now: now)
    #expect(state.trail == [unit(0), unit(1), unit(2), unit(7)] && state.current == unit(7))
    state.open(unit(7), now: now)
    #expect(state.trail.count == 4)
  }

  @Test func trailAndGuessesAreBounded() {
    var state = walked(SoloState.trailCountMax + 50)
    #expect(state.trail.count == SoloState.trailCountMax)
    #expect(state.current == unit(SoloState.trailCountMax + 49))
    for index in 0..<(SoloState.guessedCountMax + 10) { state.guess(at: unit(index)) }
    #expect(state.guessed.count == SoloState.guessedCountMax)
    #expect(state.holdsBack(unit(3)) && !state.holdsBack(unit(SoloState.guessedCountMax)))
  }

  @Test func explanationsAreHeldBackUntilAGuessUnlessSwitchedOff() {
    var state = walked(2)
    #expect(state.holdsBack(unit(1)) && state.seals(unit(1)) && !state.seals(unit(0)))
    state.guess(at: unit(1))
    #expect(!state.holdsBack(unit(1)) && !state.seals(unit(1)))
    state.hidesExplanations = false
    #expect(!state.holdsBack(unit(5)))
  }

  @Test func comesBackFromTheDiskAndFromOlderOrDamagedStates() throws {
    var state = walked(3)
    state.guess(at: unit(2))
    state.milestones["half"] = now
    state.hidesExplanations = false
    let standing = Standing(createdAt: now, roundsPlayed: 0)
    _ = try state.budget.spend(standing, count: 3, now: now)
    let kept = try JSONEncoder().encode(state)
    #expect(try JSONDecoder().decode(SoloState.self, from: kept) == state)
    let older = try JSONDecoder().decode(SoloState.self, from: Data("{}".utf8))
    #expect(older == SoloState())
    var odd = try JSONDecoder().decode(
      SoloState.self, from: Data(#"{"trail":["m/1/mlp/0"],"place":77}"#.utf8))
    #expect(odd.current == unit(0))
    odd.open(unit(4), now: now)
    #expect(odd.current == unit(4))
    let negative = try JSONDecoder().decode(SoloState.self, from: Data(#"{"place":-3}"#.utf8))
    #expect(negative.current == nil)
  }

  @Test func severalMeaningsCostAScoreEachAndOneForAll() throws {
    #expect(SoloState.cost(of: try ExplanationText("rain")) == 1)
    #expect(SoloState.cost(of: try ExplanationText("rain | snow | hail")) == 4)
  }

  @Test func aBudgetThatDoesNotSufficeIsLeftWhole() throws {
    let standing = Standing(createdAt: now, roundsPlayed: 0)
    var budget = ScoringBudget()
    _ = try budget.spend(standing, count: 18, now: now)
    #expect(throws: BudgetRejection.self) { try budget.spend(standing, count: 3, now: now) }
    #expect(budget.left(standing, now: now) == 2)
    #expect(try budget.spend(standing, count: 2, now: now) == 0)
  }
}
