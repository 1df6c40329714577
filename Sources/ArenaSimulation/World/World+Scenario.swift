import ArenaCrypto
import ArenaProtocol
import ArenaRules
import ArenaServer
import ArenaStorage
import ArenaTypes

/// What the world is furnished with, and where a scenario's one thing goes wrong.
extension World {
  /// The contests that are held: of every kind some that open and some that close within minutes.
  static let contests: [ContestOffer] = [
    .hourlyRace, .dailyFive,
    ContestOffer(
      schedule: ContestSchedule(prefix: "quest", repeats: .hourly(minute: 2)), kind: .quest,
      title: "The hourly quest", unitCount: 3),
    ContestOffer(
      schedule: ContestSchedule(prefix: "live", repeats: .hourly(minute: 58)), kind: .live,
      title: "The hourly quiz", rounds: [.pick, .oddOneOut, .predict, .pick, .oddOneOut]),
  ]

  /// Gives some devices an identity that is days old, whom boards for established players rank.
  func settle() throws {
    for player in players where player.first == nil {
      guard settings.scenario != nil || player.number % 3 == 1 else { continue }
      let id = PlayerID(rawValue: "p_settled\(player.number)")
      let secret = "secret of \(player.number)"
      let record = PlayerRecord(
        id: id, name: "Settled \(player.number)",
        secretHash: try SHA256.hash(Array(secret.utf8)),
        createdAt: Self.start + .seconds(-3 * 86_400), lastSeenAt: Self.start,
        showsExplicit: false, roundsPlayed: 40, extra: [])
      try disk.install([.putPlayer(record)])
      witness.durable.standings.apply([.putPlayer(record)], now: Self.start)
      player.credentials = .init(id: id, secret: secret)
    }
  }

  /// Whether the line breaks at a message that `owner` sends; see `ScenarioBreaks.send()`.
  func breaksAtSending(by owner: any LineOwner) -> Bool? {
    guard settings.scenario != nil, owner === players.first else { return nil }
    return breaks.send()
  }

  /// Whether the line breaks at a message to `owner`; see `ScenarioBreaks.receive()`.
  func breaksAtReceiving(by owner: any LineOwner) -> Bool? {
    guard settings.scenario != nil, owner === players.first else { return nil }
    return breaks.receive()
  }

  /// Whether the server dies where the disk is about to write `group`; then it has.
  func diesAtWriting(_ group: [[StoreWrite]]) -> Bool {
    guard settings.scenario != nil else { return false }
    let count = group.count { writes in
      writes.contains {
        switch $0 {
        case .appendJournal, .openRoom: true
        default: false
        }
      }
    }
    guard count > 0, let survives = breaks.write(count) else { return false }
    crash(survives: survives)
    return true
  }

  /// Lets a scenario be played until all devices have done their part, or `limit` has passed.
  func playScenario(within limit: Duration) {
    boot()
    for player in players { player.arrive() }
    let end = Self.start + limit
    while failure == nil, clock.now < end, !players.allSatisfy(\.hasPlayedPart) {
      run(until: min(end, clock.now + .seconds(2)))
    }
    // What is on its way arrives, and who was told late learns it.
    run(until: clock.now + .seconds(15))
    let rest = clock.now + .seconds(20)
    while failure == nil, clock.now < rest,
      !players.allSatisfy({ $0.isWelcome && $0.pending.isEmpty })
    {
      run(until: clock.now + .seconds(1))
    }
  }
}
