import ArenaTypes
import DispatchTransport
import WebSocketCodec

/// Who has a line, and what happens on it.
protocol LineOwner: AnyObject {
  /// The connection is open.
  func lineOpened(_ line: Line)
  /// A message has arrived.
  func lineReceived(_ line: Line, _ frame: WitnessedFrame)
  /// The connection is gone, or never came about; the code is that of the close frame.
  func lineEnded(_ line: Line, code: UInt16?)
  /// What the owner has sent under an id.
  func command(_ id: String) -> SentCommand?
}

/// One connection between a player and the server: in order, late, and breakable at any moment.
///
/// Messages that have left one end and not reached the other are lost when it breaks.
final class Line {
  let number: Int
  unowned let owner: any LineOwner
  /// Who speaks on it, as far as the server has said; for the witness.
  var player: PlayerID?
  /// Whether a moderator speaks on it.
  var isModerator = false
  /// What the witness knows of its topics.
  var topics = LineTopics()
  private unowned let world: World
  private let latency: ClosedRange<Int64>
  private var chance: SeededGenerator
  private var client: SimulatedClient?
  private var life = 0
  private var upUntil: Timestamp
  private var downUntil: Timestamp
  /// Where it comes from.
  private(set) var host = ""
  /// Until when what the server said before may still leave it.
  private var lateUntil: Timestamp
  /// Whether the player has gone, whatever the server knows.
  private var isCut = false

  init(world: World, owner: any LineOwner, latency: ClosedRange<Int64>, chance: SeededGenerator) {
    number = world.nextLineNumber()
    self.world = world
    self.owner = owner
    self.latency = latency
    self.chance = chance
    upUntil = world.clock.now
    downUntil = world.clock.now
    lateUntil = world.clock.now
  }

  /// Whether messages go both ways.
  var isOpen: Bool { !isCut && client?.isOpen == true }

  /// Whether the server has nothing for it that waits, so that it has seen all that was published.
  var isFluent: Bool { isOpen && client?.isStuck == false }

  /// Whether what the server said some time ago may leave it only now.
  var mayBeLate: Bool { isCut || world.clock.now < lateUntil + .seconds(1) }

  /// Asks the server for a connection.
  func connect(from address: PeerAddress) {
    host = address.host
    up { line in line.accept(address) }
  }

  private func accept(_ address: PeerAddress) {
    let request = SimulatedRequest.upgrade(
      target: "/v1/socket", subprotocols: ["neuronarena.v1.json"])
    guard let life = world.life, !life.isOver,
      let client = life.transport.connect(request, peer: address).client
    else { return down { $0.ended(code: nil) } }
    self.client = client
    self.life = life.number
    world.note("open \(number)")
    client.whenReceived = { [weak self] text in self?.left(text) }
    client.whenEnded = { [weak self] code in self?.serverEnded(code) }
    down { $0.owner.lineOpened($0) }
  }

  // MARK: Messages

  /// Sends a message to the server.
  func send(_ text: String) {
    guard isOpen else { return }
    let breaks = world.breaksAtSending(by: owner)
    up { line in
      guard line.isOpen else { return }
      if breaks == false { return line.breakOff() }
      line.world.note("< \(line.number) \(text)")
      line.client?.deliver(text: text)
      if breaks == true { line.breakOff() }
    }
  }

  /// A message has left the server.
  private func left(_ text: String) {
    world.note("> \(number) \(text)")
    guard let frame = world.witness.saw(text, on: self) else { return }
    let breaks = world.breaksAtReceiving(by: owner)
    if breaks == false { return breakOff() }
    down { line in
      line.owner.lineReceived(line, frame)
      if breaks == true { line.breakOff() }
    }
  }

  private func serverEnded(_ code: CloseCode?) {
    world.note("end \(number)")
    down { $0.ended(code: code?.rawValue) }
  }

  private func ended(code: UInt16?) {
    guard !isCut else { return }
    isCut = true
    owner.lineEnded(self, code: code)
  }

  // MARK: Faults

  /// The player takes nothing for a while.
  func stall(for duration: Duration) {
    guard isOpen, let client else { return }
    client.isStuck = true
    lateUntil = max(lateUntil, world.clock.now + duration)
    world.clock.schedule(after: duration) { client.isStuck = false }
  }

  /// The connection breaks; the server learns of it after `delay`.
  func cut(serverLearnsAfter delay: Duration) {
    guard !isCut else { return }
    isCut = true
    guard let client else { return }
    world.counts.connectionsBroken += 1
    if delay > .zero { client.isStuck = true }
    world.clock.schedule(after: delay) {
      client.isStuck = false
      client.vanish()
    }
  }

  /// The connection breaks as a scenario wants it, and the device notices at once.
  private func breakOff() {
    guard !isCut else { return }
    world.note("break \(number)")
    cut(serverLearnsAfter: world.settings.scenario?.noticedAfter ?? .zero)
    owner.lineEnded(self, code: nil)
  }

  /// The server's life is over; what it has sent may still arrive.
  func serverDied() {
    client?.whenReceived = nil
    client?.whenEnded = nil
    client = nil
    guard life != 0, !isCut else { return }
    down { $0.ended(code: nil) }
  }

  // MARK: Time

  private func up(_ work: @escaping (Line) -> Void) {
    upUntil = max(upUntil, world.clock.now + delay())
    world.clock.schedule(at: upUntil) { [weak self] in
      guard let self, !isCut else { return }
      work(self)
    }
  }

  private func down(_ work: @escaping (Line) -> Void) {
    downUntil = max(downUntil, world.clock.now + delay())
    world.clock.schedule(at: downUntil) { [weak self] in
      guard let self, !isCut else { return }
      work(self)
    }
  }

  private func delay() -> Duration {
    .milliseconds(Int64.random(in: latency, using: &chance))
  }
}
