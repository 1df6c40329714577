import ArenaTypes
import FoundationEssentials
import Testing

@testable import ArenaRules

/// Whole duels as committed transcripts.
///
/// `NEURONARENA_RECORD=1` writes them anew from the scenarios;
/// the difference is then to be read like code.
@Suite struct DuelVectorTests {
  private func url(_ scenario: DuelScenario) -> URL {
    vectorsFolder("duels").appending(path: "\(scenario.rawValue).json")
  }

  @Test("each committed transcript is what the rules say", arguments: DuelScenario.allCases)
  func transcript(scenario: DuelScenario) throws {
    if ProcessInfo.processInfo.environment["NEURONARENA_RECORD"] == "1" {
      let data = try encoded(try scenario.play().transcript, pretty: true)
      try (data + Data("\n".utf8)).write(to: url(scenario))
    }
    let transcript = try decoded(Transcript.self, from: try Data(contentsOf: url(scenario)))
    let commands = try scenario.play().transcript.steps.map(\.command)
    #expect(transcript.steps.map(\.command) == commands, "the scenario has changed: record it")
    var (duel, events) = try Duel.start(transcript.setup, now: transcript.startedAt)
    #expect(events == transcript.events)
    for (number, step) in transcript.steps.enumerated() {
      do throws(DuelRejection) {
        let events = try duel.apply(step.command, now: step.at)
        #expect(events.map(rounded) == step.events?.map(rounded), "step \(number)")
      } catch {
        #expect(error.code == step.rejection, "step \(number)")
      }
    }
  }

  /// An event whose ratings are rounded: `exp` and `log` differ in the last place between systems.
  private func rounded(_ event: DuelEvent) -> DuelEvent {
    guard case .finished(let result) = event else { return event }
    func round(_ rating: Rating) -> Rating {
      Rating(
        value: (rating.value * 1e6).rounded(), deviation: (rating.deviation * 1e6).rounded(),
        volatility: (rating.volatility * 1e9).rounded(), ratedAt: rating.ratedAt)
    }
    let ratings = result.ratings.map {
      RatingChange(before: round($0.before), after: round($0.after))
    }
    return .finished(
      result: DuelResult(
        outcome: result.outcome, reason: result.reason, totals: result.totals,
        roundPoints: result.roundPoints, ratings: ratings, at: result.at))
  }
}
