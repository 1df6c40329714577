import ArenaProtocol
import ArenaRules
import ArenaTypes
import DispatchTransport

/// What those are shown who follow a board, or that of one of its territories.
final class BoardView {
  private let name: BoardName
  private unowned let context: ShardContext
  let publisher: TopicPublisher
  private var shown: BoardPublisher
  private var face: BoardSurroundings.Face
  private var stage: ArenaRules.ContestStage?
  /// The snapshot of the version that was published last, once somebody has needed it.
  private var frame: SharedFrame?
  private var watchers: BoardWatchers

  /// A view of a version, without followers.
  init(
    _ name: BoardName, _ board: Board, _ version: Int, _ surroundings: BoardSurroundings,
    context: ShardContext
  ) {
    self.name = name
    self.context = context
    publisher = TopicPublisher(TopicName(name), context: context, historyCount: 0)
    shown = BoardPublisher()
    face = surroundings.face
    stage = surroundings.stage
    watchers = BoardWatchers(name)
    _ = shown.publish(board, as: UInt64(version))
  }

  /// The version that was published last.
  var version: Int { Int(shown.version) }

  /// Shows a version to all followers, and to each its own place, where something has changed.
  ///
  /// - Returns: How many connections it was sent to.
  func publish(_ board: Board, _ version: Int, _ surroundings: BoardSurroundings) -> Int {
    let faceChanged = face != surroundings.face
    let stageChanged = stage != surroundings.stage
    (face, stage) = (surroundings.face, surroundings.stage)
    let publication = shown.publish(
      board, always: faceChanged || stageChanged, as: UInt64(version))
    guard let publication else { return 0 }
    guard publisher.subscriberCount > 0 else {
      frame = nil
      return 0
    }
    let delta = ServerEvent.boardDelta(
      .init(
        from: Int(publication.delta.from), to: version, count: publication.delta.count,
        contest: faceChanged ? surroundings.contest : nil,
        operations: publication.delta.operations.map(Wire.BoardOperation.init),
        stage: stageChanged ? surroundings.wireStage : nil,
        standing: faceChanged ? surroundings.standing : nil))
    let snapshot = encode(snapshotEvent(surroundings), isSnapshot: true)
    frame = snapshot
    publisher.publishLatest(
      LatestFrame(delta: encode(delta, isSnapshot: false), snapshot: snapshot),
      own: watchers.changed(on: board) { encodeOwn($0) })
    watchers.tellPlain(on: board, version, context)
    return publisher.subscriberCount
  }

  /// The frame that brings a follower up to date from nothing.
  func snapshot(_ surroundings: () -> BoardSurroundings) -> LatestFrame {
    let frame = frame ?? encode(snapshotEvent(surroundings()), isSnapshot: true)
    self.frame = frame
    return LatestFrame(delta: frame, snapshot: frame)
  }

  /// Notes that a connection follows, or has asked again, and tells it its own place.
  func followerAdded(_ request: FollowRequest, _ board: Board) {
    watchers.add(request)
    guard request.wantsOwn else {
      return watchers.tellPlain(request.player, on: board, version, context)
    }
    let (topic, connection) = (publisher.topic, request.connection)
    let own = OwnFrame(
      connections: [connection],
      frame: encodeOwn(watchers.place(of: request.player, on: board)))
    context.directory.post(to: connection.shardIndex) { $0.hub.deliver([own], on: topic) }
  }

  /// Notes that a connection of a player's follows no longer.
  func followerRemoved(_ player: PlayerID, _ connection: ConnectionID) {
    watchers.remove(player, connection)
  }

  private func snapshotEvent(_ surroundings: BoardSurroundings) -> ServerEvent {
    let snapshot = shown.snapshot
    return .boardSnapshot(
      .init(
        contest: surroundings.contest, version: version, count: snapshot.count,
        entries: snapshot.top.map(Wire.BoardEntry.init), stage: surroundings.wireStage,
        standing: surroundings.standing))
  }

  private func encode(_ event: ServerEvent, isSnapshot: Bool) -> SharedFrame {
    let position = TopicPosition(epoch: context.services.epoch, offset: version)
    return SharedFrame(
      text: context.encode(event, on: publisher.topic, at: position, isSnapshot: isSnapshot))
  }

  /// It goes to one player alone, so compressing it costs more than sending it.
  private func encodeOwn(_ place: OwnPlace) -> SharedFrame {
    let event = ServerEvent.boardOwn(
      .init(
        version: version, rank: place.rank, of: place.of, firstRank: place.firstRank,
        neighbours: place.neighbours.map { Wire.BoardEntry($0.entry) }))
    return SharedFrame(
      text: Envelope.event(
        event, on: publisher.topic.wire, epoch: context.services.epoch, offset: version,
        at: context.now), isCompressible: false)
  }
}

extension TopicName {
  /// The topic of a board.
  init(_ name: BoardName) {
    if case .contest(let id) = name.subject, name.territory == nil {
      self = .board(id)
    } else {
      self = .boardOf(name)
    }
  }
}
