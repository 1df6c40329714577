import ArenaProtocol
import ArenaRules
import ArenaStorage
import ArenaTypes
import DequeModule
import DispatchTransport
import Interpretation
import Logging

/// A player's commands of solo play, one after the other: each reads what is on disk, writes what
/// follows, and is answered when that is there, so that nothing is kept in memory that a crash could
/// take.
struct SoloWork {
  /// The most commands of a player that wait.
  static let waitingCountMax = 32

  private var waiting: Deque<(PlayerRoom) -> Void> = []
  private var isBusy = false

  /// Adds a command; false where too many wait.
  mutating func add(_ work: @escaping (PlayerRoom) -> Void) -> Bool {
    guard waiting.count < Self.waitingCountMax else { return false }
    waiting.append(work)
    return true
  }

  /// The command that is next, unless one is under way.
  mutating func take() -> ((PlayerRoom) -> Void)? {
    guard !isBusy, let work = waiting.popFirst() else { return nil }
    isBusy = true
    return work
  }

  /// The command under way is done.
  mutating func end() { isBusy = false }
}

extension PlayerRoom {
  /// Carries a command out when those before it are done; `work` ends with `settleSolo`.
  func queueSolo(_ origin: CommandOrigin, _ work: @escaping (PlayerRoom) -> Void) {
    guard soloWork.add(work) else {
      return context.refuse(origin, .busy, retryAfter: .seconds(1))
    }
    beginSolo()
  }

  private func beginSolo() {
    if let work = soloWork.take() { work(self) }
  }

  /// Answers the command under way, and goes on to the next one.
  ///
  /// - Parameter isKept: Whether the answer is kept for a repetition; what costs nothing to do again
  ///   and is long isn't.
  func settleSolo(
    _ origin: CommandOrigin, _ result: Result<ServerAnswer, Refusal>, isKept: Bool = true
  ) {
    context.settle(origin, result, isKept: isKept)
    endSolo()
  }

  /// Refuses the command under way, and goes on to the next one.
  func refuseSolo(_ origin: CommandOrigin, _ code: ErrorCode) {
    settleSolo(
      origin, .failure(Refusal(code, retryAfter: code == .unavailable ? .seconds(1) : nil)))
  }

  /// Goes on to the next command, where the one under way needs no answer.
  func endSolo() {
    soloWork.end()
    beginSolo()
  }

  /// Reads for the command under way; it is refused where the store can't be read.
  func readSolo<Found: Sendable>(
    _ origin: CommandOrigin,
    _ question: @escaping @Sendable (any StoreReader) throws(StorageError) -> Found,
    then: @escaping @Sendable (PlayerRoom, Found) -> Void
  ) {
    let (id, index, directory) = (id, context.shard.index, context.directory)
    context.services.store.read(question) { result in
      directory.post(to: index) { context in
        guard let room = context.players[id] else { return }
        switch result {
        case .success(let found): then(room, found)
        case .failure(let error):
          context.services.log.error("solo play of \(id) could not be read: \(error)")
          room.refuseSolo(origin, .unavailable)
        }
      }
    }
  }

  /// Reads the moment at `unit`, or at the present unit of the player.
  func readMoment(
    _ origin: CommandOrigin, unit: UnitID?,
    then: @escaping @Sendable (PlayerRoom, SoloMoment) -> Void
  ) {
    let (id, scorer) = (id, context.services.engine.scorer.name)
    readSolo(
      origin,
      { reader throws(StorageError) in
        try SoloMoment(reader, player: id, unit: unit, scorer: scorer)
      }, then: then)
  }

  /// Writes for the command under way; it is refused where that fails.
  func commitSolo(
    _ origin: CommandOrigin, _ writes: [StoreWrite],
    then: @escaping @Sendable (PlayerRoom) -> Void
  ) {
    let (id, index, directory) = (id, context.shard.index, context.directory)
    context.services.store.commit(writes) { result in
      directory.post(to: index) { context in
        guard let room = context.players[id] else { return }
        switch result {
        case .success: then(room)
        case .failure(let error):
          context.services.log.error("solo play of \(id) could not be stored: \(error)")
          room.refuseSolo(origin, .unavailable)
        }
      }
    }
  }

  /// Goes on unless the unit is in a round that the player is in; then the command is refused.
  ///
  /// Who is in a duel doesn't know which units are still to come, so all are sealed.
  func unlessSealed(
    _ unit: UnitID, _ origin: CommandOrigin, then: @escaping @Sendable (PlayerRoom) -> Void
  ) {
    guard activeDuel == nil else { return refuseSolo(origin, .alreadyInDuel) }
    guard !runningContests.isEmpty else { return then(self) }
    let (id, index, directory) = (id, context.shard.index, context.directory)
    context.askReader(id) { _, reader in
      let isSealed = reader.sealedUnits.contains(unit)
      directory.post(to: index) { context in
        guard let room = context.players[id] else { return }
        if isSealed { room.refuseSolo(origin, .sealed) } else { then(room) }
      }
    }
  }

  /// Who looks at the units.
  var soloReader: SoloReader {
    SoloReader(
      standing: Standing(createdAt: record.createdAt, roundsPlayed: record.roundsPlayed),
      showsExplicit: record.showsExplicit, now: context.now)
  }

  /// What makes answers of moments.
  var soloViews: WireViews { WireViews(context.services) }
}
