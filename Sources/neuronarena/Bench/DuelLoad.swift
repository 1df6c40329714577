import ArenaProtocol
import ArenaTypes
import CLinux
import Glibc
import WebSocketCodec

/// Pairs of bots that play one pick duel after another, all on one thread.
///
/// One of a pair invites, the other takes the link. The one always picks side A and the other side
/// B, so that each round has a winner; both skip every reveal.
struct DuelLoad {
  /// What happened while the clock ran.
  struct Counts {
    var duels = 0
    var answers = 0
    var refusals = 0
    var retries = 0
    var acknowledgements = LatencyHistogram()
  }

  /// What has happened since `run` began.
  private(set) var counts = Counts()
  private let epoll: Int32
  private var bots: [DuelBot] = []
  private var finished: [Bool]
  private let buffer: UnsafeMutableRawBufferPointer
  private static let bufferByteCount = 1 << 18

  /// Connects two bots a pair and lets them say hello.
  init(port: UInt16, pairs: Int) throws {
    epoll = ca_epoll_create()
    buffer = .allocate(byteCount: Self.bufferByteCount, alignment: 16)
    finished = [Bool](repeating: false, count: 2 * pairs)
    for index in 0..<2 * pairs {
      let descriptor = try BenchConnection.open(
        port: port, target: "/v1/socket", subprotocols: ["neuronarena.v1.json"])
      _ = ca_epoll_add(epoll, descriptor, UInt32(ca_epoll_in), UInt64(index))
      bots.append(DuelBot(descriptor: descriptor))
      try bots[index].send(
        .hello(
          .init(protocolName: "neuronarena.v1", client: "bench/1", player: nil, name: nil)),
        for: .hello)
    }
  }

  /// Ends all connections.
  func close() {
    for bot in bots { Glibc.close(bot.descriptor) }
    Glibc.close(epoll)
    buffer.deallocate()
  }

  /// Plays for a while; `counts` is of this time alone.
  mutating func run(seconds: Double) throws {
    counts = Counts()
    let end = ca_monotonic_nanoseconds() + Int64(seconds * 1e9)
    var events = [ca_event](repeating: ca_event(), count: 1_024)
    while ca_monotonic_nanoseconds() < end {
      let count = ca_epoll_wait(epoll, &events, 1_024, 20)
      for index in 0..<max(0, Int(count)) { try receive(Int(events[index].data)) }
    }
  }

  private mutating func receive(_ bot: Int) throws {
    buffer.copyBytes(from: bots[bot].rest)
    let start = bots[bot].rest.count
    let space = UnsafeMutableRawBufferPointer(rebasing: buffer[start...])
    let count = ca_receive(bots[bot].descriptor, space.baseAddress, space.count)
    guard count > 0 else { throw BenchError.serverEnded }
    let now = ca_monotonic_nanoseconds()
    var input = UnsafeMutableRawBufferPointer(rebasing: buffer[..<(start + count)])
    while let event = bots[bot].receiver.next(&input, limits: WebSocketLimits()) {
      guard case .text(let text) = event, let frame = try ServerFrame(decoding: Array(text))
      else { continue }
      try take(frame, bot, now)
    }
    bots[bot].rest = Array(input)
  }

  private mutating func take(_ frame: ServerFrame, _ bot: Int, _ now: Int64) throws {
    if let answered = frame.answered {
      guard let (purpose, sentAt) = bots[bot].purpose(of: answered) else { return }
      if purpose == .answer, frame.type == "ok" {
        counts.answers += 1
        counts.acknowledgements.add(nanoseconds: now - sentAt)
      }
      return frame.type == "ok"
        ? try done(purpose, frame.data, bot) : try refused(purpose, frame, bot)
    }
    switch frame.type {
    case "duel.matched": try matched(frame.data, bot)
    case "duel.roundStarted": try answer(frame.data["round"], bot)
    case "duel.snapshot":
      if frame.data["duel"]?["phase"]?.string == "question" {
        try answer(frame.data["duel"]?["round"], bot)
      }
    case "duel.revealed":
      guard let duel = bots[bot].duel, let number = frame.data["reveal"]?["number"]?.integer
      else { return }
      try bots[bot].send(.duelReady(.init(duel: duel, round: Int(number))), for: .other)
    case "duel.finished": try finish(bot)
    default: break
    }
  }

  private mutating func done(_ purpose: DuelBot.Purpose, _ data: JSONValue, _ bot: Int) throws {
    switch purpose {
    case .hello: try bots[bot].send(.subscribe(.init(topic: .me)), for: .followMe)
    case .followMe:
      bots[bot].isReady = true
      if bots[bot ^ 1].isReady { try invite(bot) }
    case .invite:
      guard let code = data["invite"]?["code"]?.string else {
        throw BenchError.unexpected("invite")
      }
      try bots[bot | 1].send(.duelJoin(.init(code: code)), for: .join)
    case .join, .queue, .followDuel, .answer, .other: break
    }
  }

  private mutating func refused(
    _ purpose: DuelBot.Purpose, _ frame: ServerFrame, _ bot: Int
  ) throws {
    let code = frame.errorCode?.rawValue ?? "error"
    switch purpose {
    case .invite, .join:
      // The other shard may not know yet that the last duel is over.
      counts.retries += 1
      guard counts.retries < 100_000 else { throw BenchError.unexpected(code) }
      try invite(bot)
    case .answer, .queue, .other: counts.refusals += 1
    case .hello, .followMe, .followDuel: throw BenchError.unexpected(code)
    }
  }

  private mutating func invite(_ bot: Int) throws {
    try bots[bot & ~1].send(.duelInvite(.init(format: .pick)), for: .invite)
  }

  private mutating func matched(_ data: JSONValue, _ bot: Int) throws {
    guard let duel = data["duel"]?.string.map(DuelID.init(rawValue:)) else { return }
    bots[bot].duel = duel
    bots[bot].answeredRound = 0
    finished[bot] = false
    try bots[bot].send(.subscribe(.init(topic: .duel(duel))), for: .followDuel)
  }

  private mutating func answer(_ round: JSONValue?, _ bot: Int) throws {
    guard let duel = bots[bot].duel, let number = round?["number"]?.integer.map({ Int($0) }),
      number > bots[bot].answeredRound
    else { return }
    bots[bot].answeredRound = number
    let side: Wire.Side = bot.isMultiple(of: 2) ? .a : .b
    try bots[bot].send(
      .duelAnswer(.init(duel: duel, round: number, answer: .pick(side))), for: .answer)
  }

  private mutating func finish(_ bot: Int) throws {
    guard let duel = bots[bot].duel else { return }
    bots[bot].duel = nil
    finished[bot] = true
    try bots[bot].send(.unsubscribe(.init(topic: .duel(duel))), for: .other)
    guard finished[bot ^ 1] else { return }
    counts.duels += 1
    try invite(bot)
  }
}
