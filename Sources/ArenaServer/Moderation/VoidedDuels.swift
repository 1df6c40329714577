import ArenaProtocol
import ArenaRules
import ArenaStorage
import ArenaTypes
import DispatchTransport

/// Voiding a duel that is over: what it moved a rating by is taken back, in one commit with the audit
/// entry.
///
/// Meanwhile neither of the two may begin a duel, which would start from the rating before.
extension ShardContext {
  func voidFinished(_ id: DuelID, _ task: ActTask) {
    let (index, directory) = (shard.index, directory)
    services.store.read { reader throws(StorageError) in
      try reader.duelResult(id)
    } completion: { result in
      directory.post(to: index) { context in
        guard case .success(let found) = result else {
          return context.finish(
            task, .failure(Refusal(.unavailable, retryAfter: .seconds(1))))
        }
        guard let found else { return context.finish(task, .failure(Refusal(.notFound))) }
        guard found.outcome != .void, found.voidedBecause == nil else {
          return context.finish(
            task, .failure(Refusal(.wrongState, reason: "The duel is void already.")))
        }
        let people = found.seats.filter { !$0.isBot && $0.ratingAfter != nil }.map(\.player)
        context.hold(people[...], held: []) { context, isHeld in
          context.directory.post(to: index) { context in
            guard isHeld else {
              return context.finish(
                task,
                .failure(
                  Refusal(
                    .busy, reason: "One of the two is in a duel: void this one after it.",
                    retryAfter: .seconds(30))))
            }
            context.voidHeld(found, people, task)
          }
        }
      }
    }
  }

  /// Keeps players from beginning a duel, one after the other; all or none.
  private func hold(
    _ players: ArraySlice<PlayerID>, held: [PlayerID],
    then: @escaping @Sendable (ShardContext, Bool) -> Void
  ) {
    guard let player = players.first else { return then(self, true) }
    directory.post(toOwnerOf: RoomName.player(player)) { context in
      guard context.duelOfPlayer[player] == nil, context.ratingsHeld.insert(player).inserted
      else {
        context.release(held)
        return then(context, false)
      }
      context.hold(players.dropFirst(), held: held + [player], then: then)
    }
  }

  private func release(_ players: [PlayerID]) {
    for player in players {
      directory.post(toOwnerOf: RoomName.player(player)) { $0.ratingsHeld.remove(player) }
    }
  }

  private func voidHeld(_ found: DuelResultRecord, _ people: [PlayerID], _ task: ActTask) {
    let (index, directory) = (shard.index, directory)
    services.store.read { reader throws(StorageError) in
      var ratings: [RatingRecord] = []
      for player in people {
        ratings += try reader.ratings(of: player).filter { $0.format == found.format }
      }
      return ratings
    } completion: { result in
      directory.post(to: index) { context in
        guard let ratings = try? result.get() else {
          context.release(people)
          return context.finish(
            task, .failure(Refusal(.unavailable, retryAfter: .seconds(1))))
        }
        context.voidRead(found, ratings, people, task)
      }
    }
  }

  private func voidRead(
    _ found: DuelResultRecord, _ ratings: [RatingRecord], _ people: [PlayerID], _ task: ActTask
  ) {
    var changed = found
    changed.voidedBecause = task.entry.reason
    var writes: [StoreWrite] = [.putDuelResult(changed)]
    var changes = ["The duel of \(found.seats.map(\.name).joined(separator: " and ")) is void."]
    var moved: [(player: PlayerID, before: Rating, after: Rating)] = []
    for seat in found.seats {
      guard let before = seat.ratingBefore, let after = seat.ratingAfter,
        var record = ratings.first(where: { $0.player == seat.player })
      else { continue }
      let old = Rating(record)
      // Only its own step is taken back: what later duels have moved stays.
      record.rating -= after - before
      record.updatedAt = task.entry.at
      writes.append(.putRating(record))
      moved.append((seat.player, old, Rating(record)))
      changes.append(
        "\(seat.name)'s rating goes from \(Int(old.value.rounded())) to "
          + "\(Int(record.rating.rounded())).")
    }
    if task.wish.isDryRun {
      release(people)
      return finish(task, .success(changes))
    }
    let (steps, said) = (moved, changes)
    commit(task, writes) { context, isDone in
      if isDone {
        for step in steps {
          context.post(toPlayer: step.player) {
            $0.ratingMoved(in: found.format, duel: found.duel, from: step.before, to: step.after)
          }
        }
        context.directory.noteDeeds(of: found.seats.filter { !$0.isBot }.map(\.player))
        context.finish(task, .success(said))
      } else {
        context.finish(task, .failure(Refusal(.unavailable, retryAfter: .seconds(1))))
      }
      context.release(people)
    }
  }
}

extension Rating {
  /// The rating of a record.
  init(_ record: RatingRecord) {
    self.init(
      value: record.rating, deviation: record.deviation, volatility: record.volatility,
      ratedAt: record.updatedAt)
  }
}
