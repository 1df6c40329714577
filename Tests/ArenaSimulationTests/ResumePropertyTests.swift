import ArenaProtocol
import ArenaRules
import ArenaTypes
import Testing

@testable import ArenaSimulation

@Suite("Whoever is cut at any moment comes back to the same game")
struct ResumePropertyTests {
  /// What is played; mixed has one round of each kind.
  struct Play: Sendable, CustomTestStringConvertible {
    let name: String
    let parts: [Scenario.Part]
    /// Every message is tried, or, where the same kinds of rounds are tried elsewhere, each of so many.
    var stride = 1
    var testDescription: String { name }
  }

  static let plays: [Play] =
    [.mixed, .pick, .write, .fire].map { format in
      Play(
        name: "a \(format.rawValue) duel", parts: [.duel(format), .duel(format), .watch],
        stride: format == .mixed ? 1 : 3)
    }
    + ContestKind.allCases.map { kind in
      Play(name: "a \(kind.rawValue)", parts: [.contest(kind), .contest(kind)])
    }

  /// What went wrong in a run that an interruption was tried in; nil for nothing.
  private func difference(
    _ play: Play, _ interruption: Scenario.Interruption, from calm: PlayedScenario,
    noticedAfter: Duration = .zero
  ) throws -> String? {
    let played = try PlayedScenario(play.parts, interruption, noticedAfter: noticedAfter)
    if let failure = played.failure { return failure }
    guard played.breaks.isDone else { return "nothing went wrong" }
    if let first = played.disagreements.first { return first }
    // What begins anew after the server's death is another game.
    if played.seed == calm.seed, played.story != calm.story {
      let lines = zip(played.story, calm.story).first { $0 != $1 }
      return "played \(lines?.0 ?? "\(played.story.count) lines"), undisturbed "
        + "\(lines?.1 ?? "\(calm.story.count) lines")"
    }
    if case .written = interruption { return nil }
    // Whoever is cut while waiting waits anew, and meets whom it meets.
    guard played.seed == calm.seed else { return isFound(interruption) ? "another game" : nil }
    let again = played.snapshotCounts.first { $0.value > 1 }
    return again.map { "\($0.key) was told anew in place of what was missed" }
  }

  /// Whether the opponent was found by then: hello, one's own topic and the queue come before.
  private func isFound(_ interruption: Scenario.Interruption) -> Bool {
    if case .sent(let number, _) = interruption { number > 2 } else { true }
  }

  private func undisturbed(_ play: Play) throws -> PlayedScenario {
    let calm = try PlayedScenario(play.parts)
    try #require(calm.failure == nil, "\(play.name): \(calm.failure ?? "")")
    try #require(calm.disagreements == [])
    try #require(calm.seed != nil && calm.story.count > 4)
    return calm
  }

  @Test("A line that breaks at any message, before or after it arrives", arguments: plays)
  func lineBreaks(play: Play) throws {
    let calm = try undisturbed(play)
    let sent = (0..<calm.breaks.sentCount).flatMap { number in
      [true, false].map { Scenario.Interruption.sent(number, arrives: $0) }
    }
    let received = (0..<calm.breaks.receivedCount).flatMap { number in
      [true, false].map { Scenario.Interruption.received(number, arrives: $0) }
    }
    #expect(sent.count > 10 && received.count > 30)
    for (index, interruption) in (sent + received).enumerated()
    where index.isMultiple(of: play.stride) {
      // Half of the time the server learns of it long after the device is back.
      let difference = try difference(
        play, interruption, from: calm,
        noticedAfter: index.isMultiple(of: 2) ? .zero : .seconds(4))
      #expect(difference == nil, "\(play.name), \(interruption)")
    }
  }

  @Test("A server that dies at any write, before or after it is on disk", arguments: plays)
  func serverDies(play: Play) throws {
    let calm = try undisturbed(play)
    #expect(calm.breaks.writtenCount > 10)
    for number in 0..<calm.breaks.writtenCount {
      for survives in [false, true] {
        let interruption = Scenario.Interruption.written(number, survives: survives)
        let difference = try difference(play, interruption, from: calm)
        #expect(difference == nil, "\(play.name), \(interruption)")
      }
    }
  }

  @Test("One scenario twice is one run, and what goes wrong does go wrong")
  func determinism() throws {
    let play = Self.plays[0]
    let (first, second) = (try PlayedScenario(play.parts), try PlayedScenario(play.parts))
    #expect(first.story == second.story)
    #expect(first.breaks.receivedCount == second.breaks.receivedCount)
    let broken = try PlayedScenario(play.parts, .received(20, arrives: false))
    #expect(broken.breaks.isDone)
    #expect(broken.breaks.sentCount > first.breaks.sentCount, "hello and its topics come again")
  }
}
