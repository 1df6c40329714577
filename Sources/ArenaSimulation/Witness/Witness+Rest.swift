import ArenaRules
import ArenaServer
import ArenaStorage
import ArenaTypes

/// The end of a run: all is at rest, and something has happened.
extension Witness {
  /// Shorter runs need not have got anywhere.
  private static let eventfulFrom: Duration = .seconds(240)

  /// Checks that everything that was begun has ended, and that it was something.
  func checkRest(players: [SimulatedPlayer]) {
    checkThatSomethingHappened()
    checkQuestions()
    let reader = world.disk.state.reader()
    let open = (try? reader.openRooms(of: .duel)) ?? []
    require(open.isEmpty, "in the calm \(open.map(\.key)) did not end")
    for (player, duel) in durable.openDuels.sorted(by: { $0.key < $1.key }) {
      fail("in the calm \(player) is still in \(duel)")
    }
    for player in players {
      if let what = player.unrest { fail("in the calm, device \(player.number): \(what)") }
    }
    for (key, rating) in durable.ratings.sorted(by: { $0.key.text < $1.key.text }) {
      let rows = (try? reader.ratings(of: key.player)) ?? []
      let row = rows.first { $0.format == key.format }
      require(
        row?.rating.bitPattern == rating.value.bitPattern
          && row?.deviation.bitPattern == rating.deviation.bitPattern
          && row?.volatility.bitPattern == rating.volatility.bitPattern,
        "\(key.player) is kept at \(String(describing: row)), a replay gives \(rating)")
    }
  }

  /// Compares what the server knows of questions, from following the disk through all its lives and
  /// failures, with a recount of what is there.
  private func checkQuestions() {
    guard let server = world.life?.server else { return fail("in the calm there is no server") }
    let counted = try? ArenaServer.questionDigest(of: world.disk.state.reader())
    require(
      counted == server.questionDigest,
      "of questions the server knows \(server.questionDigest), a recount \(counted ?? "")")
  }

  private func checkThatSomethingHappened() {
    guard world.settings.duration >= Self.eventfulFrom, failure == nil else { return }
    let counts = world.counts
    require(counts.duelsFinished > 0, "nothing happened: no duel was finished")
    require(counts.duelAnswersAcknowledged > 0, "nothing happened: no answer was acknowledged")
    require(counts.entriesReplayed > 0, "nothing happened: no journal was written")
    require(counts.eventsChecked > 0, "nothing happened: no event was sent")
    if let mean = world.settings.hazards.crash, world.settings.duration >= mean * 2 {
      require(counts.crashes > 0, "nothing happened: the server never died")
      require(counts.reconnects > 0, "nothing happened: nobody came back")
    }
  }
}

extension DurableWorld.RatingKey {
  /// For sorting.
  fileprivate var text: String { "\(player)/\(format)" }
}
