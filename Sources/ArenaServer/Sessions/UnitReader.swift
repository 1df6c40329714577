import ArenaProtocol
import ArenaRules
import ArenaStorage
import ArenaTypes
import DispatchTransport

/// What decides which units, and how much of them, a player may read now.
struct UnitReader: Sendable {
  /// The units of the player's running rounds, on every connection of the player.
  var sealedUnits: Set<UnitID> = []
  /// Whether the player wants to see explicit excerpts.
  let showsExplicit: Bool
  /// How many texts the player may try at once.
  let textsLeft: Int

  /// What texts the player may try.
  var textOffer: Wire.TextOffer {
    Wire.TextOffer(
      tokensMax: ClientCommand.UnitAttribute.tokenCountMax,
      charactersMax: ClientCommand.UnitTry.textLengthMax, left: textsLeft)
  }
}

extension ShardContext {
  /// Asks the player's room, its duel and its contests what it may read; `then` runs on the shard that
  /// was asked last.
  func askReader(
    _ player: PlayerID, then: @escaping @Sendable (ShardContext, UnitReader) -> Void
  ) {
    directory.post(toOwnerOf: RoomName.player(player)) { context in
      guard let room = context.players[player] else { return }
      let reader = UnitReader(
        showsExplicit: room.record.showsExplicit,
        textsLeft: Int(room.texts.available(now: context.now)))
      let contests = Array(room.runningContests)
      // A player may be in a duel and in several runs at once.
      guard let duel = room.activeDuel else {
        return context.askContests(contests[...], of: player, reader, then: then)
      }
      context.directory.post(toOwnerOf: RoomName.duel(duel)) { context in
        var reader = reader
        if let unit = context.duels[duel]?.unitAsked { reader.sealedUnits.insert(unit) }
        context.askContests(contests[...], of: player, reader, then: then)
      }
    }
  }

  /// Asks besides what solo play holds back; `then` gets nil where that can't be read.
  ///
  /// Explanations that are not shown there before an own guess are shown nowhere.
  func askReaderOfExplanations(
    _ player: PlayerID, then: @escaping @Sendable (ShardContext, UnitReader?) -> Void
  ) {
    let (index, directory) = (shard.index, directory)
    services.store.read { reader throws(StorageError) in
      try SoloState.read(reader, of: player)
    } completion: { result in
      directory.post(to: index) { context in
        guard let solo = try? result.get() else { return then(context, nil) }
        context.askReader(player) { context, reader in
          var reader = reader
          if let unit = solo.current, solo.seals(unit) { reader.sealedUnits.insert(unit) }
          then(context, reader)
        }
      }
    }
  }

  /// Asks one contest after the other which units it asks a player about.
  private func askContests(
    _ contests: ArraySlice<ContestID>, of player: PlayerID, _ reader: UnitReader,
    then: @escaping @Sendable (ShardContext, UnitReader) -> Void
  ) {
    guard let contest = contests.first else { return then(self, reader) }
    directory.post(toOwnerOf: RoomName.contest(contest)) { context in
      var reader = reader
      if let room = context.contests[contest] {
        reader.sealedUnits.formUnion(room.unitsAsked(of: player))
      }
      context.askContests(contests.dropFirst(), of: player, reader, then: then)
    }
  }
}
