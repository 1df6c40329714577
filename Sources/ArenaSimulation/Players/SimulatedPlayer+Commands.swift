import ArenaProtocol
import ArenaTypes

/// What a player sends and what becomes of it.
extension SimulatedPlayer: LineOwner {
  /// Sends a command under a new id.
  @discardableResult
  func send(_ command: ClientCommand) -> String {
    commandCount += 1
    let id = "d\(number)-\(commandCount)"
    guard let commandID = Wire.CommandID(rawValue: id) else { return id }
    let text = String(decoding: Envelope.command(command, id: commandID), as: UTF8.self)
    let now = world.clock.now
    let one = SentCommand(
      id: id, number: commandCount - 1, command: command, text: text, firstSentAt: now,
      lastSentAt: now, waitsSince: now)
    pending.append(one)
    sent[id] = one
    sentOrder.append(id)
    if sentOrder.count > 300 { sent[sentOrder.removeFirst()] = nil }
    if isWelcome || one.isOfConnection { line?.send(text) }
    if !one.isOfConnection, happens(ways.repeats) {
      later(milliseconds(0...4_000)) { player in
        guard player.isWelcome else { return }
        player.world.counts.repetitions += 1
        player.line?.send(text)
      }
    }
    return id
  }

  func command(_ id: String) -> SentCommand? { sent[id] }

  func resend(_ index: Int) {
    pending[index].lastSentAt = world.clock.now
    pending[index].count += 1
    world.counts.repetitions += 1
    line?.send(pending[index].text)
  }

  func resendOverdue() {
    for index in pending.indices
    where !pending[index].isOfConnection
      && world.clock.now - pending[index].lastSentAt > Self.resendAfter
    {
      resend(index)
    }
  }

  /// Fails the simulation where the server has not answered for long, though nothing is wrong.
  func checkPatience() {
    guard let line, line.isFluent else { return }
    for one in pending {
      let since = max(one.waitsSince, max(connectedAt, world.wellSince))
      world.witness.require(
        world.clock.now - since < Self.patience,
        "device \(number) has had no answer for a minute: \(one.text)")
    }
  }

  // MARK: Topics

  /// Follows a topic from now on.
  func follow(_ topic: Topic) {
    guard !following.contains(topic) else { return }
    following.append(topic)
    if isWelcome { subscribe(topic) }
  }

  /// Follows a topic no more.
  func unfollow(_ topic: Topic) {
    guard let index = following.firstIndex(of: topic) else { return }
    following.remove(at: index)
    places[topic] = nil
    if isWelcome { send(.unsubscribe(.init(topic: topic))) }
  }

  func subscribe(_ topic: Topic) {
    let place = places[topic]
    // Every second device is told of its own place, too.
    let own = topic.board != nil && number % 2 == 1 ? true : nil
    send(.subscribe(.init(topic: topic, epoch: place?.epoch, offset: place?.offset, own: own)))
  }

  /// Moves its place in a topic, and fails the simulation where something is missing.
  func moved(_ topic: Topic, to frame: ServerFrame) {
    guard let epoch = frame.epoch, let offset = frame.offset else { return }
    let isSnapshot = frame.type.hasSuffix(".snapshot")
    if topic.lane == .lossless, !isSnapshot, let place = places[topic] {
      world.witness.require(
        place.epoch == epoch && place.offset + 1 == offset,
        "device \(number) gets \(frame.type) at \(epoch) \(offset) of \(topic) after \(place)")
    }
    places[topic] = (epoch, offset)
  }

  // MARK: What arrives

  func lineReceived(_ line: Line, _ frame: WitnessedFrame) {
    guard line === self.line else { return }
    if let topic = frame.frame.topic {
      guard following.contains(topic) else { return }
      part?.heard.append(frame)
      moved(topic, to: frame.frame)
      happened(topic, frame.frame)
    } else if let id = frame.frame.answered?.rawValue {
      answered(id, frame.frame)
    }
  }

  func answered(_ id: String, _ frame: ServerFrame) {
    guard frame.type != "part", let index = pending.firstIndex(where: { $0.id == id }) else {
      return
    }
    let one = pending[index]
    if frame.type == "error", frame.errorCode?.isRetryable == true, one.count < 30, !isRetired {
      let wait = frame.data["retryAfterMs"]?.integer ?? 500
      pending[index].waitsSince = world.clock.now
      return retry(one, after: .milliseconds(max(50, min(wait, 30_000))))
    }
    pending.remove(at: index)
    switch one.command {
    case .hello where frame.type == "ok": welcomed(frame.data)
    case .subscribe(let content) where frame.type == "error": refused(content.topic)
    default: done(one, frame)
    }
  }

  func retry(_ one: SentCommand, after delay: Duration) {
    pending.removeAll { $0.id == one.id && one.isOfConnection }
    later(delay) { player in
      if case .hello = one.command {
        if player.line?.isOpen == true, !player.isWelcome { player.sayHello() }
      } else if let index = player.pending.firstIndex(where: { $0.id == one.id }),
        player.isWelcome
      {
        player.resend(index)
      }
    }
  }

  func refused(_ topic: Topic) {
    following.removeAll { $0 == topic }
    places[topic] = nil
    if let seat, topic == .duel(seat.id) {
      self.seat = nil
      part?.isLost = true
    }
  }
}
