import ArenaProtocol
import ArenaRules
import ArenaTypes
import Interpretation

/// A finished duel as everybody was told of it, made from its journal.
struct DuelReplay: Sendable {
  /// How many events a page has at most.
  static let pageCountMax = 40

  let setup: DuelSetup
  let isPrivate: Bool
  private let startedAt: Timestamp
  private let endedAt: Timestamp
  private let players: Wire.Pair<Wire.Seat>
  private let events: [Wire.ReplayEvent]

  /// What a journal tells; nil where the duel is not over.
  ///
  /// - Parameters:
  ///   - views: What may be shown of the duel at present.
  ///   - original: The same before anything was hidden.
  /// - Throws: What makes the journal unreadable.
  init?(_ recorded: RecordedDuel, views: WireViews, original: WireViews) throws {
    let record = recorded.record
    var (duel, first) = try Duel.start(record.setup, now: record.startedAt)
    players = views.seats(of: duel)
    var roundStartedAt = record.startedAt
    var told: [Wire.ReplayEvent] = []
    func tell(_ happened: [DuelEvent], at: Timestamp) {
      for event in happened where event.audience == .everyone {
        if case .question(let until) = duel.phase, let kind = duel.question?.kind {
          roundStartedAt = until + .milliseconds(-record.setup.timing.question(kind))
        }
        var heat: Wire.Heat?
        if case .revealed(let result, _) = event { heat = original.heat(of: result) }
        let event = views.told(event, of: duel, roundStartedAt: roundStartedAt, heat: heat)
        if let event { told.append(Wire.ReplayEvent(at: at, event: event)) }
      }
    }
    tell(first, at: record.startedAt)
    for timed in recorded.commands {
      tell(try duel.apply(timed.command, now: timed.at), at: timed.at)
    }
    guard let result = duel.result else { return nil }
    setup = record.setup
    isPrivate = record.isPrivate
    startedAt = record.startedAt
    endedAt = result.at
    events = told
  }

  /// Whether a player may see it: private duels are between their two.
  func isVisible(to player: PlayerID) -> Bool {
    !isPrivate || setup.seats.contains { $0.player == player }
  }

  /// The events from a number on, a page of them.
  func page(from: Int) -> ServerAnswer.ReplayPage {
    ServerAnswer.ReplayPage(
      duel: setup.id, format: Wire.DuelFormat(setup.format), rounds: setup.format.rounds.count,
      players: players, startedAt: startedAt, endedAt: endedAt, count: events.count, from: from,
      events: Array(events.dropFirst(from).prefix(Self.pageCountMax)))
  }
}
