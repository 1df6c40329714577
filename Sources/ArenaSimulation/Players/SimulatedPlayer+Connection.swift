import ArenaProtocol
import ArenaTypes
import DispatchTransport

/// How a player comes, goes and comes back.
extension SimulatedPlayer {
  func connect() {
    guard line == nil else { return }
    // A second device has nothing to say until the first one has an identity.
    if let first, credentials == nil {
      guard let known = first.credentials else { return later(.seconds(5)) { $0.connect() } }
      credentials = known
    }
    let line = Line(
      world: world, owner: self, latency: ways.latency,
      chance: chance.forked(for: "line \(world.clock.now.millisecondsSinceEpoch)"))
    self.line = line
    guard
      let address = PeerAddress(host: "127.0.\(number / 250).\(number % 250 + 1)", port: 40_000)
    else { return }
    line.connect(from: address)
  }

  /// Its connection breaks; half of the time the server learns of it late.
  func loseConnection() {
    guard let line else { return }
    let delay = happens(0.5) ? Duration.zero : milliseconds(1_000...40_000)
    line.cut(serverLearnsAfter: delay)
    gone()
  }

  func serverDied() { line?.serverDied() }

  func lineOpened(_ line: Line) {
    guard line === self.line else { return }
    failedAttempts = 0
    connectedAt = world.clock.now
    sayHello()
  }

  func lineEnded(_ line: Line, code: UInt16?) {
    guard line === self.line else { return }
    gone()
  }

  func gone() {
    line = nil
    isWelcome = false
    isQueued = false
    pending.removeAll(where: \.isOfConnection)
    failedAttempts += 1
    if part != nil { return later(Scenario.backAfter) { $0.connect() } }
    let limit = Int64(200) << Int64(min(failedAttempts, 6))
    later(milliseconds(100...max(200, limit))) { $0.connect() }
  }

  func sayHello() {
    let name = credentials == nil && happens(0.5) ? "Player \(number)" : nil
    send(
      .hello(
        .init(
          protocolName: "neuronarena.v1", client: "simulated/1", player: credentials, name: name)))
  }

  func welcomed(_ data: JSONValue) {
    if let id = data["player"]?["id"]?.string {
      if credentials != nil { world.counts.reconnects += 1 }
      if let secret = data["secret"]?.string {
        credentials = ClientCommand.Credentials(id: PlayerID(rawValue: id), secret: secret)
      }
    }
    duelOfHello = data["activeDuel"]?.string.map { DuelID(rawValue: $0) }
    if let duelOfHello { enter(duelOfHello) }
    isWelcome = true
    if ways.moderates { send(.moderateLogin(.init(token: World.moderatorToken))) }
    if !following.contains(.me) { following.insert(.me, at: 0) }
    for topic in following { subscribe(topic) }
    for index in pending.indices where !pending[index].isOfConnection { resend(index) }
  }
}
