import ArenaProtocol
import ArenaTypes
import DispatchTransport

/// A connection's wish to follow a topic, on its way between the connection's shard and the topic's.
struct FollowRequest: Sendable {
  let topic: TopicName
  let connection: ConnectionID
  let player: PlayerID
  let command: Wire.CommandID
  /// How a duel is followed.
  var following = Session.DuelFollowing()
  /// How far the client has followed before.
  let position: TopicPosition?
  /// Whether the connection doesn't follow the topic already; a client that has lost its place asks
  /// again.
  let isNew: Bool
  /// Whether the connection wants its own place on a board told in the board's events.
  var wantsOwn = false
}

/// What brings a new follower up to date.
enum FollowStart: Sendable {
  /// Exactly what was missed.
  case missed([SharedFrame])
  /// The state as of the offset.
  case snapshot([UInt8])
  /// The state, in the latest-wins lane.
  case latest(LatestFrame)
}

extension ShardContext {
  // MARK: On the shard of the connection

  /// Asks the owner of a topic to let a connection follow it.
  func subscribe(
    _ content: ClientCommand.Subscribe, player: PlayerID, command: Wire.CommandID,
    on connection: ConnectionID
  ) {
    guard let session = sessions[connection] else { return }
    let topic = TopicName(content.topic, player: player)
    if topic == .moderation, session.moderator == nil {
      return answer(.failure(Refusal(.forbidden)), to: command, on: connection)
    }
    let isNew = !session.topics.contains(topic)
    guard !isNew || session.topics.count < configuration.topicsPerConnectionMax else {
      return answer(.failure(Refusal(.tooManyTopics)), to: command, on: connection)
    }
    sessions[connection]?.topics.insert(topic)
    let following = Session.DuelFollowing(
      isMild: !session.showsExplicit, isCounted: session.moderator == nil)
    if case .duel(let id) = topic, isNew { sessions[connection]?.duels[id] = following }
    var position: TopicPosition?
    if let epoch = content.epoch, let offset = content.offset {
      position = TopicPosition(epoch: epoch, offset: offset)
    }
    let request = FollowRequest(
      topic: topic, connection: connection, player: player, command: command,
      following: self.following(topic, on: connection), position: position, isNew: isNew,
      wantsOwn: content.own ?? false)
    directory.post(toOwnerOf: topic.roomName) { $0.follow(request) }
  }

  /// Ends a connection's following of a topic.
  func unsubscribe(
    _ topic: TopicName, command: Wire.CommandID, on connection: ConnectionID
  ) {
    if let session = sessions[connection], session.topics.contains(topic) {
      sessions[connection]?.topics.remove(topic)
      stopFollowing(topic, session, connection)
    }
    answer(.success(.unsubscribe), to: command, on: connection)
  }

  /// How a connection follows a topic, as far as that makes a difference.
  private func following(_ topic: TopicName, on connection: ConnectionID)
    -> Session.DuelFollowing
  {
    guard case .duel(let id) = topic else { return Session.DuelFollowing() }
    return sessions[connection]?.duels[id] ?? Session.DuelFollowing()
  }

  /// Ends the way of a topic's events to a connection.
  func stopFollowing(_ topic: TopicName, _ session: Session, _ connection: ConnectionID) {
    hub.unsubscribe(connection, from: topic)
    var following = Session.DuelFollowing()
    if case .duel(let id) = topic {
      hub.unsubscribe(connection, from: .mildDuel(id))
      following = session.duels[id] ?? following
      sessions[connection]?.duels[id] = nil
    }
    unfollow(topic, player: session.player, following, connection)
  }

  /// Follows duels from now on as the player wants to see them.
  func choiceChanged(_ showsExplicit: Bool, on connection: ConnectionID) {
    guard let session = sessions[connection], session.showsExplicit != showsExplicit else { return }
    sessions[connection]?.showsExplicit = showsExplicit
    let index = shard.index
    for id in session.duels.keys.sorted() {
      sessions[connection]?.duels[id]?.isMild = !showsExplicit
      directory.post(toOwnerOf: RoomName.duel(id)) {
        $0.duels[id]?.choiceChanged(isMild: !showsExplicit, of: connection, onShard: index)
      }
    }
  }

  /// Tells the owner of a topic that a connection of this shard follows it no longer.
  private func unfollow(
    _ topic: TopicName, player: PlayerID?, _ following: Session.DuelFollowing,
    _ connection: ConnectionID
  ) {
    let index = shard.index
    directory.post(toOwnerOf: topic.roomName) { context in
      if let (board, territory) = context.liveBoard(of: topic) {
        return board.unfollow(territory, player: player, connection)
      }
      context.publisher(of: topic, following)?.subscriberRemoved(onShard: index)
      switch topic {
      case .duel(let id):
        if let player { context.duels[id]?.followerChanged(player, following, by: -1) }
      default: break
      }
    }
  }

  func followed(
    _ request: FollowRequest, _ start: FollowStart, as topic: TopicName, position: TopicPosition
  ) {
    // The connection may have gone meanwhile; whoever ended it has told the topic's owner.
    guard let session = sessions[request.connection] else { return }
    // So may its wish: then it is answered, and nothing follows.
    let isWanted = session.topics.contains(request.topic)
    if isWanted { hub.subscribe(request.connection, to: topic) }
    var isRecovered = false
    if case .missed = start { isRecovered = isWanted }
    answer(
      .success(
        .subscribe(
          .init(
            topic: request.topic.wire, epoch: position.epoch, offset: position.offset,
            recovered: isRecovered))), to: request.command, on: request.connection)
    guard isWanted else { return }
    switch start {
    case .missed(let frames):
      for frame in frames { shard.send(frame, to: request.connection) }
    case .snapshot(let frame): deliver(frame, to: request.connection)
    case .latest(let frame): hub.deliver(frame, on: request.topic, to: request.connection)
    }
  }

  private func followRefused(_ request: FollowRequest, _ refusal: Refusal) {
    if request.isNew {
      sessions[request.connection]?.topics.remove(request.topic)
      if case .duel(let id) = request.topic { sessions[request.connection]?.duels[id] = nil }
    }
    answer(.failure(refusal), to: request.command, on: request.connection)
  }

  /// Lets a connection that follows a duel get it from its other stream from now on.
  func streamChanged(_ id: DuelID, isMild: Bool, of connection: ConnectionID) {
    guard sessions[connection]?.topics.contains(.duel(id)) == true else { return }
    hub.unsubscribe(connection, from: isMild ? .duel(id) : .mildDuel(id))
    hub.subscribe(connection, to: isMild ? .mildDuel(id) : .duel(id))
  }

  // MARK: On the shard of the topic

  /// The owner's end of a topic; nil where there is no such room.
  private func publisher(
    of topic: TopicName, _ following: Session.DuelFollowing
  ) -> TopicPublisher? {
    switch topic {
    case .duel(let id), .mildDuel(let id):
      following.isMild ? duels[id]?.mildPublisher ?? duels[id]?.publisher : duels[id]?.publisher
    case .player(let id): players[id]?.publisher
    case .board, .boardOf: nil
    case .lobby: lobby?.publisher
    case .moderation: lobby?.moderationPublisher
    }
  }

  /// Finds the topic's room, also one that was in memory before a restart.
  private func follow(_ request: FollowRequest) {
    if let (board, territory) = liveBoard(of: request.topic) {
      return board.follow(request, territory)
    }
    switch request.topic {
    case .duel(let id): withDuel(id) { [unowned self] in begin(request, $0.map { _ in }) }
    case .board(let id): withContest(id) { [unowned self] in begin(request, $0.map { _ in }) }
    case .player, .lobby, .moderation, .boardOf, .mildDuel: begin(request, .success(()))
    }
  }

  private func begin(_ request: FollowRequest, _ found: Result<Void, Refusal>) {
    if case .success = found, let (board, territory) = liveBoard(of: request.topic) {
      return board.follow(request, territory)
    }
    guard case .success = found, let publisher = publisher(of: request.topic, request.following)
    else {
      var refusal = Refusal(isCountingBoards(of: request.topic) ? .unavailable : .notFound)
      if case .failure(let reason) = found { refusal = reason }
      return directory.post(to: request.connection.shardIndex) { [refusal] in
        $0.followRefused(request, refusal)
      }
    }
    if request.isNew { publisher.subscriberAdded(onShard: request.connection.shardIndex) }
    let (start, position) = start(request, publisher)
    let topic = publisher.topic
    directory.post(to: request.connection.shardIndex) {
      $0.followed(request, start, as: topic, position: position)
    }
    if case .duel(let id) = request.topic, request.isNew {
      duels[id]?.followerChanged(request.player, request.following, by: 1)
    }
  }

  private func start(
    _ request: FollowRequest, _ publisher: TopicPublisher
  ) -> (FollowStart, TopicPosition) {
    switch request.topic {
    case .duel(let id), .mildDuel(let id):
      if let frames = publisher.frames(since: request.position) {
        return (.missed(frames), publisher.position)
      }
      let isMild = publisher.topic == .mildDuel(id)
      return (
        .snapshot(duels[id]?.snapshot(for: request.player, isMild: isMild) ?? []),
        publisher.position
      )
    case .player(let id):
      if let frames = publisher.frames(since: request.position) {
        return (.missed(frames), publisher.position)
      }
      return (.snapshot(players[id]?.snapshot() ?? []), publisher.position)
    case .board, .boardOf: return (.missed([]), publisher.position)
    case .lobby, .moderation:
      guard let lobby else { return (.missed([]), publisher.position) }
      return (
        .latest(lobby.snapshot(request.topic)),
        TopicPosition(epoch: services.epoch, offset: lobby.position(of: request.topic))
      )
    }
  }
}
