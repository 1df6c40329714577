import ArenaProtocol
import ArenaTypes
import CLinux
import Glibc
import WebSocketCodec

/// Players of the game who all lose their connections at once and come back to where they were.
struct StormLoad {
  /// One of them, as its client remembers it.
  private struct Player {
    var descriptor: Int32 = -1
    var receiver = MessageReceiver(endpoint: .client)
    var rest: [UInt8] = []
    var credentials: ClientCommand.Credentials?
    var position: (epoch: String, offset: Int)?
    var isWhole = false
  }

  private let port: UInt16
  private var players: [Player]
  private var wholeCount = 0
  /// How many were given exactly what they had missed.
  private(set) var recoveredCount = 0
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 262_144, alignment: 16)

  init(port: UInt16, count: Int) {
    self.port = port
    players = [Player](repeating: Player(), count: count)
  }

  /// Drops all connections without a word.
  mutating func vanish() {
    for index in players.indices {
      if players[index].descriptor >= 0 { close(players[index].descriptor) }
      players[index].descriptor = -1
    }
  }

  /// Connects all of them, says hello, with credentials where there are some, and subscribes to the
  /// player's own topic, from where it was; returns when all are answered.
  mutating func come() throws {
    wholeCount = 0
    recoveredCount = 0
    let epoll = ca_epoll_create()
    defer { close(epoll) }
    let descriptors = try HandshakeLoad.open(
      players.count, port: port, target: "/v1/socket", subprotocols: ["neuronarena.v1.json"])
    for (index, descriptor) in descriptors.enumerated() {
      players[index].descriptor = descriptor
      players[index].receiver = MessageReceiver(endpoint: .client)
      players[index].rest = []
      players[index].isWhole = false
      _ = ca_epoll_add(epoll, descriptor, UInt32(ca_epoll_in), UInt64(index))
      try send(
        .hello(
          .init(
            protocolName: "neuronarena.v1", client: "bench/1",
            player: players[index].credentials, name: nil)), "h", index)
    }
    var events = [ca_event](repeating: ca_event(), count: 1_024)
    while wholeCount < players.count {
      let count = ca_epoll_wait(epoll, &events, 1_024, 10_000)
      guard count > 0 else { throw BenchError.unexpected("a player is not answered") }
      for event in events[..<Int(count)] { try receive(Int(event.data)) }
    }
  }

  private func send(_ command: ClientCommand, _ name: String, _ index: Int) throws {
    guard let id = Wire.CommandID(rawValue: name) else { return }
    let frame = FrameEncoder.frame(
      .text, Envelope.command(command, id: id), maskingKey: MaskingKey(1, 2, 3, 4))
    let count = frame.withUnsafeBytes {
      ca_send(players[index].descriptor, $0.baseAddress, $0.count)
    }
    guard count == frame.count else { throw BenchError.serverEnded }
  }

  private mutating func receive(_ index: Int) throws {
    buffer.copyBytes(from: players[index].rest)
    let start = players[index].rest.count
    let space = UnsafeMutableRawBufferPointer(rebasing: buffer[start...])
    let count = ca_receive(players[index].descriptor, space.baseAddress, space.count)
    guard count > 0 else { throw BenchError.serverEnded }
    var input = UnsafeMutableRawBufferPointer(rebasing: buffer[..<(start + count)])
    while let event = players[index].receiver.next(&input, limits: WebSocketLimits()) {
      guard case .text(let text) = event, let frame = try ServerFrame(decoding: Array(text))
      else { continue }
      try take(frame, index)
    }
    players[index].rest = Array(input)
  }

  private mutating func take(_ frame: ServerFrame, _ index: Int) throws {
    guard let answered = frame.answered else { return }
    guard frame.type == "ok" else {
      throw BenchError.unexpected("\(frame.type): \(frame.data)")
    }
    if answered.rawValue == "h" {
      if let id = frame.data["player"]?["id"]?.string, let secret = frame.data["secret"]?.string {
        players[index].credentials = .init(id: PlayerID(rawValue: id), secret: secret)
      }
      let position = players[index].position
      try send(
        .subscribe(.init(topic: .me, epoch: position?.epoch, offset: position?.offset)), "s", index)
    } else if !players[index].isWhole {
      if let epoch = frame.data["epoch"]?.string, let offset = frame.data["offset"]?.integer {
        players[index].position = (epoch, Int(offset))
      }
      if frame.data["recovered"] == .bool(true) { recoveredCount += 1 }
      players[index].isWhole = true
      wholeCount += 1
    }
  }

  mutating func end() {
    vanish()
    buffer.deallocate()
  }
}
