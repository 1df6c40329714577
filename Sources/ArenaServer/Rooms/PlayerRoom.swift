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
  /// Where they come from.
  private var peers: [ConnectionID: PeerAddress] = [:]
  /// Limits how often the player reports something: five at once, then one in two minutes.
  var reportBucket: TokenBucket
  /// When each unit was last met, of those met within 30 days before the player came or since.
  private(set) var unitsSeen: [UnitID: Timestamp]
  /// The commands of solo play, one after the other.
  var soloWork = SoloWork()
  /// Whether explanations are held back in solo play until the player has made a guess.
  var hidesExplanations: Bool
  private var ledger: AnswerLedger
  /// What the player waits for in the queue, as it was last told.
  var queueStatus: Wire.QueueStatus?
  /// The command that joined the queue last.
  var queueCommand: Wire.CommandID?
  var invite: Wire.Invite?
  /// The runs that are going on, as they were last told.
  private var runs: [ContestID: Wire.Run] = [:]
  private var evictionTimer: TimerToken?
  /// Limits how many texts are tried on units, on all connections together.
  var texts: TokenBucket

  init(
    _ record: PlayerRecord, ratings: [RatingRecord], unitsSeen: [UnitID: Timestamp],
    solo: SoloState = SoloState(), context: ShardContext
  ) {
    self.record = record
    let now = context.now
    self.unitsSeen = unitsSeen.merging(solo.trail.map { ($0, now) }) { _, later in later }
    hidesExplanations = solo.hidesExplanations
    self.context = context
    reportBucket = TokenBucket(capacity: 5, perSecond: 1.0 / 120, now: context.now)
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
    texts = TokenBucket(
      capacity: Double(context.configuration.textBurst),
      perSecond: context.configuration.textsPerSecond, now: context.now)
  }

  var id: PlayerID { record.id }
  var isConnected: Bool { !connections.isEmpty }
  var activeDuel: DuelID? { context.duelOfPlayer[id] }
  /// The contest in which a run of the player's is going on against the clock.
  var runningContest: ContestID? { context.runsOfPlayer[id]?.timed }
  /// All contests in which a run of the player's is going on.
  var runningContests: Set<ContestID> { context.runsOfPlayer[id]?.all ?? [] }

  /// The rating in a format, a newcomer's before the first duel.
  func rating(_ format: ArenaRules.DuelFormat) -> Rating { ratings[format] ?? Rating() }

  /// What a duel needs to know of the player.
  func seated(for format: ArenaRules.DuelFormat) -> SeatedPlayer {
    SeatedPlayer(
      seat: Seat(player: id, name: record.name, kind: .human, rating: rating(format)),
      showsExplicit: record.showsExplicit, unitsSeen: unitsSeen,
      households: Set(
        peers.values.filter { !$0.isLoopback }.compactMap {
          AddressPrefix.household(of: $0.host)
        }))
  }

  /// The player as clients see it.
  var wire: Wire.Player {
    Wire.Player(
      id: id, name: record.name,
      ratings: Wire.Ratings(
        pick: Wire.RatingView(rating(.pick)), write: Wire.RatingView(rating(.write)),
        fire: Wire.RatingView(rating(.fire)), mixed: Wire.RatingView(rating(.mixed))),
      showExplicit: record.showsExplicit, roundsPlayed: record.roundsPlayed,
      createdAt: record.createdAt, hideExplanations: hidesExplanations,
      territory: record.territory)
  }

  // MARK: Connections

  /// Adds a connection; false where the player has too many.
  func attach(_ connection: ConnectionID, from peer: PeerAddress) -> Bool {
    guard connections.count < context.configuration.connectionsPerPlayerMax else { return false }
    if let evictionTimer { context.scheduler.cancel(evictionTimer) }
    evictionTimer = nil
    connections[connection] = context.now
    peers[connection] = peer
    if connections.count == 1 { presenceChanged() }
    announce()
    return true
  }

  /// Removes a connection.
  func detach(_ connection: ConnectionID) {
    guard connections.removeValue(forKey: connection) != nil else { return }
    peers[connection] = nil
    if connections.isEmpty {
      presenceChanged()
      loseQueuePlace()
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

  /// Takes a player out of the queue whose last connection is gone.
  ///
  /// Who comes back is told, and whoever repeats the command that was not answered joins anew: its
  /// first answer would speak of a place that is gone.
  private func loseQueuePlace() {
    if let queueCommand { ledger.forget(queueCommand) }
    queueCommand = nil
    guard let format = queueStatus?.format else { return }
    leaveQueueQuietly()
    publish(.queueLeft(.init(format: format, reason: .disconnected)))
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
    case .queueBotOffered(let content): queueStatus?.bot = content.bot
    case .queueGhostOffered(let content): queueStatus?.ghost = content.ghost
    case .queueLeft, .duelMatched:
      queueStatus = nil
      announce()
    case .contestRun(let content): runChanged(content.run)
    case .contestJudged(let content): runChanged(content.run)
    default: break
    }
  }

  private func runChanged(_ changed: Wire.Run) {
    let wasRunning = !runs.isEmpty
    runs[changed.contest] = changed.over ? nil : changed
    if wasRunning != !runs.isEmpty { announce() }
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
          player: wire, activeDuel: activeDuel, queue: queueStatus, invite: invite,
          run: runningContest.flatMap { runs[$0] },
          runs: runs.values.sorted { $0.contest < $1.contest })),
      on: .player(id), at: position, isSnapshot: true)
  }

  // MARK: Changes

  /// Notes that a duel is over.
  func duelEnded(
    _ duel: DuelID, format: ArenaRules.DuelFormat, change: RatingChange?, roundCount: Int,
    units: [UnitID]
  ) {
    noteUnits(units)
    change.map { ratings[format] = $0.after }
    record.roundsPlayed += roundCount
    record.lastSeenAt = context.now
    keepRecord()
    if let change {
      publish(
        .ratingChanged(
          .init(
            format: Wire.DuelFormat(format), duel: duel, change: Wire.RatingChange(change))))
    }
    publish(.playerChanged(.init(player: wire)))
    announce()
  }

  /// Notes that a moderator has moved a rating back.
  func ratingMoved(in format: String, duel: DuelID, from before: Rating, to after: Rating) {
    guard let format = ArenaRules.DuelFormat(rawValue: format) else { return }
    ratings[format] = after
    publish(
      .ratingChanged(
        .init(
          format: Wire.DuelFormat(format), duel: duel,
          change: Wire.RatingChange(
            before: Wire.RatingView(before), after: Wire.RatingView(after)))))
    publish(
      .notice(
        .init(
          level: .info,
          text: "A moderator has voided one of your duels: your rating is moved back.")))
    publish(.playerChanged(.init(player: wire)))
  }

  /// Notes that the player has met units.
  func noteUnits(_ units: [UnitID]) {
    for unit in units { unitsSeen[unit] = context.now }
  }

  /// Notes that a run is over, in which so many rounds were played.
  func runEnded(roundCount: Int) {
    record.roundsPlayed += roundCount
    keepRecord()
    publish(.playerChanged(.init(player: wire)))
  }

  /// Keeps the record; boards know then who is established.
  private func keepRecord() {
    let (id, directory) = (id, context.directory)
    context.services.store.commit([.putPlayer(record)]) { _ in directory.noteDeeds(of: [id]) }
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
          directory.noteDeeds(of: [id])
          room.publish(.playerChanged(.init(player: room.wire)))
          room.announce()
          if before.showsExplicit != room.record.showsExplicit { room.choiceChanged() }
        case .failure(let error):
          context.services.log.error("a player could not be stored: \(error)")
          room.record = before
          context.refuse(origin, .unavailable, retryAfter: .seconds(1))
        }
      }
    }
  }

  /// Tells the player's connections what they may show from now on.
  private func choiceChanged() {
    let showsExplicit = record.showsExplicit
    for connection in connections.keys.sorted(by: { $0.rawValue < $1.rawValue }) {
      context.directory.post(to: connection.shardIndex) {
        $0.choiceChanged(showsExplicit, on: connection)
      }
    }
  }

  /// Closes all connections, after saying why.
  func kick(reason: String, until: Timestamp?) {
    publish(.kicked(.init(reason: reason, until: until)))
    let code: CloseReason = until == nil ? .kicked : .banned
    for connection in connections.keys.sorted(by: { $0.rawValue < $1.rawValue }) {
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
