import ArenaProtocol
import ArenaRules
import ArenaStorage
import ArenaTypes
import DequeModule
import DispatchTransport
import Logging

/// What must be one at a time for a player: identity, settings, rating, the place in the queue, the one
/// duel, and the answers to commands that may be repeated.
///
/// It lives as long as somebody is connected, and a while longer.
final class PlayerRoom {
  unowned let context: ShardContext
  private(set) var record: PlayerRecord
  private(set) var ratings: [ArenaRules.DuelFormat: Rating]
  let publisher: TopicPublisher
  /// Open connections and since when.
  private(set) var connections: [ConnectionID: Timestamp] = [:]
  /// Units met within the last 30 days.
  private(set) var unitsSeen: Set<UnitID>
  private var ledger: AnswerLedger
  /// What the player waits for in the queue, as it was last told.
  var queueStatus: Wire.QueueStatus?
  var invite: Wire.Invite?
  /// The run that is going on, as it was last told.
  private var run: Wire.Run?
  private var evictionTimer: TimerToken?

  init(
    _ record: PlayerRecord, ratings: [RatingRecord], unitsSeen: Set<UnitID>,
    context: ShardContext
  ) {
    self.record = record
    self.unitsSeen = unitsSeen
    self.context = context
    self.ratings = [:]
    for rating in ratings {
      guard let format = ArenaRules.DuelFormat(rawValue: rating.format) else { continue }
      self.ratings[format] = Rating(
        value: rating.rating, deviation: rating.deviation, volatility: rating.volatility,
        ratedAt: rating.updatedAt)
    }
    publisher = TopicPublisher(
      .player(record.id), context: context,
      historyCount: context.configuration.playerHistoryCount)
    ledger = AnswerLedger(capacity: context.configuration.answersKeptPerPlayer)
  }

  var id: PlayerID { record.id }
  var isConnected: Bool { !connections.isEmpty }
  var activeDuel: DuelID? { context.duelOfPlayer[id] }
  /// The contest in which a run of the player's is going on.
  var runningContest: ContestID? { context.runOfPlayer[id] }

  /// The rating in a format, a newcomer's before the first duel.
  func rating(_ format: ArenaRules.DuelFormat) -> Rating { ratings[format] ?? Rating() }

  /// What a duel needs to know of the player.
  func seated(for format: ArenaRules.DuelFormat) -> SeatedPlayer {
    SeatedPlayer(
      seat: Seat(player: id, name: record.name, kind: .human, rating: rating(format)),
      showsExplicit: record.showsExplicit, unitsSeen: unitsSeen)
  }

  /// The player as clients see it.
  var wire: Wire.Player {
    Wire.Player(
      id: id, name: record.name,
      ratings: Wire.Ratings(
        pick: Wire.RatingView(rating(.pick)), write: Wire.RatingView(rating(.write)),
        fire: Wire.RatingView(rating(.fire)), mixed: Wire.RatingView(rating(.mixed))),
      showExplicit: record.showsExplicit, roundsPlayed: record.roundsPlayed,
      createdAt: record.createdAt)
  }

  // MARK: Connections

  /// Adds a connection; false where the player has too many.
  func attach(_ connection: ConnectionID) -> Bool {
    guard connections.count < context.configuration.connectionsPerPlayerMax else { return false }
    if let evictionTimer { context.scheduler.cancel(evictionTimer) }
    evictionTimer = nil
    connections[connection] = context.now
    if connections.count == 1 { presenceChanged() }
    announce()
    return true
  }

  /// Removes a connection.
  func detach(_ connection: ConnectionID) {
    guard connections.removeValue(forKey: connection) != nil else { return }
    if connections.isEmpty {
      presenceChanged()
      leaveQueueQuietly()
      evictLater()
    }
    announce()
  }

  private func presenceChanged() {
    if let duel = activeDuel { reportPresence(to: duel) }
  }

  /// Tells a duel whether the player is here.
  func reportPresence(to duel: DuelID) {
    let (player, isConnected) = (id, isConnected)
    context.directory.post(toOwnerOf: RoomName.duel(duel)) { context in
      context.duels[duel]?.take(
        isConnected ? .connected(player: player) : .disconnected(player: player))
    }
  }

  private func evictLater() {
    evictionTimer = context.scheduler.schedule(after: .seconds(600)) { [weak self] in
      guard let self, connections.isEmpty else { return }
      context.players[id] = nil
    }
  }

  /// Takes the player out of the queue without telling it so.
  func leaveQueueQuietly() {
    guard queueStatus != nil else { return }
    queueStatus = nil
    context.postToMatchmaking { [id] in $0.leave(id) }
  }

  /// Tells the lobby who is here.
  func announce() {
    guard let since = connections.values.min() else {
      return context.postToLobby { [id] in $0.playerLeft(id) }
    }
    let live = Wire.LivePlayer(
      player: id, name: record.name, connections: connections.count, connectedSince: since,
      duel: activeDuel, contest: runningContest)
    context.postToLobby { $0.playerChanged(live) }
  }

  // MARK: Events

  /// Sends a private event to all of the player's connections.
  func publish(_ event: ServerEvent) {
    note(event)
    publisher.publish { context.encode(event, on: .player(id), at: $0) }
  }

  /// Keeps what a snapshot must tell.
  private func note(_ event: ServerEvent) {
    switch event {
    case .queueWaiting(let content): queueStatus = content.queue
    case .queueLeft, .duelMatched:
      queueStatus = nil
      announce()
    case .contestRun(let content): runChanged(content.run)
    case .contestJudged(let content): runChanged(content.run)
    default: break
    }
  }

  private func runChanged(_ changed: Wire.Run) {
    let wasRunning = run != nil
    if !changed.over {
      run = changed
    } else if run?.contest == changed.contest {
      run = nil
    }
    if wasRunning != (run != nil) { announce() }
  }

  /// Tells the player that it no longer waits in the queue, if it did.
  func leftQueue() {
    guard let format = queueStatus?.format else { return }
    publish(.queueLeft(.init(format: format, reason: .left)))
  }

  /// The frame that brings a connection up to date from nothing.
  func snapshot() -> [UInt8] {
    let position = publisher.position
    let invite = invite.flatMap { $0.expiresAt > context.now ? $0 : nil }
    return context.encode(
      .meSnapshot(
        .init(
          player: wire, activeDuel: activeDuel, queue: queueStatus, invite: invite, run: run)),
      on: .player(id), at: position, isSnapshot: true)
  }

  // MARK: Changes

  /// Notes that a duel is over.
  func duelEnded(
    _ duel: DuelID, format: ArenaRules.DuelFormat, change: RatingChange?, roundCount: Int,
    units: [UnitID]
  ) {
    unitsSeen.formUnion(units)
    change.map { ratings[format] = $0.after }
    record.roundsPlayed += roundCount
    record.lastSeenAt = context.now
    context.services.store.commit([.putPlayer(record)]) { _ in }
    if let change {
      publish(
        .ratingChanged(
          .init(
            format: Wire.DuelFormat(format), duel: duel, change: Wire.RatingChange(change))))
    }
    publish(.playerChanged(.init(player: wire)))
    announce()
  }

  /// Keeps a changed record, then tells everybody who should know.
  func change(
    _ origin: CommandOrigin, answer: @escaping @Sendable (Wire.Player) -> ServerAnswer,
    _ body: (inout PlayerRecord) -> Void
  ) {
    let before = record
    body(&record)
    let (id, index, directory) = (id, context.shard.index, context.directory)
    context.services.store.commit([.putPlayer(record)]) { result in
      directory.post(to: index) { context in
        guard let room = context.players[id] else { return }
        switch result {
        case .success:
          context.settle(origin, .success(answer(room.wire)))
          room.publish(.playerChanged(.init(player: room.wire)))
          room.announce()
        case .failure(let error):
          context.services.log.error("a player could not be stored: \(error)")
          room.record = before
          context.refuse(origin, .unavailable, retryAfter: .seconds(1))
        }
      }
    }
  }

  /// Closes all connections, after saying why.
  func kick(reason: String, until: Timestamp?) {
    publish(.kicked(.init(reason: reason, until: until)))
    let code: CloseReason = until == nil ? .kicked : .banned
    for connection in connections.keys {
      context.directory.post(to: connection.shardIndex) { context in
        context.close(connection, code)
      }
    }
  }

  // MARK: Answers to commands

  /// Whether a command is new.
  ///
  /// One that was answered gets its first answer again; one that is being
  /// worked on will be answered on `connection`.
  func admits(_ command: Wire.CommandID, from connection: ConnectionID) -> Bool {
    switch ledger.admit(command, from: connection) {
    case .new: return true
    case .underWay: return false
    case .answered(let frame):
      context.deliver(frame, to: connection)
      return false
    }
  }

  /// Gives a command its answer, on the connection that asked last.
  ///
  /// - Parameter isFinal: Whether a repetition of the command gets it again.
  func settle(_ command: Wire.CommandID, with frame: [UInt8], isFinal: Bool) {
    guard let connection = ledger.settle(command, with: frame, isFinal: isFinal) else { return }
    context.deliver(frame, to: connection)
  }
}
