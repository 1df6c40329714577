import ArenaProtocol
import ArenaRules
import ArenaTypes
import CLinux
import Glibc
import WebSocketCodec

/// Players who come one after the other, look for an opponent, answer like people, read the reveal, and
/// look for the next one when a duel is over; all on one thread.
///
/// ```
///  come ─▶ hello ─▶ follow me and the lobby ─▶ queue ─▶ matched ─▶ question ─(2-8 s)─▶ answer
///                            ▲                                        ▲                  ▼
///                            └──────────── finished ◀─────────────────┴──(2-6 s)──── reveal
/// ```
final class DuelCrowd {
  /// What a player does later.
  private enum Step {
    case answer(DuelID, round: Int)
    case goOn(DuelID, round: Int)
    case queue
  }

  private let port: UInt16
  private let count: Int
  private let pace: HumanPace
  private let perSecond: Int
  private let epoll = ca_epoll_create()
  private var bots: [DuelBot] = []
  private var seats: [Int?] = []
  private var watches: [AnswerWatch] = []
  private var wheel: PaceWheel<(bot: Int, step: Step)>
  private var generator: SeededGenerator
  private let startedAt: Int64
  private var measured: CrowdMeasure?
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
  private var events = [ca_event](repeating: ca_event(), count: 1_024)

  /// How many have come and said hello.
  private(set) var connectedCount = 0
  /// How many are in a duel.
  private(set) var playingCount = 0
  private var comesAgainAt: Int64 = 0
  /// What came of the time that was measured; nil before all of its answers are settled.
  private(set) var result: CrowdMeasure.Result?

  /// Players to come.
  ///
  /// - Parameters:
  ///   - perSecond: How many come in a second.
  ///   - seed: What their choices and delays are drawn from.
  init(port: UInt16, count: Int, pace: HumanPace, perSecond: Int, seed: UInt64) {
    self.port = port
    self.count = count
    self.pace = pace
    self.perSecond = perSecond
    generator = SeededGenerator(seed: seed)
    startedAt = Self.milliseconds()
    wheel = PaceWheel(now: startedAt)
  }

  deinit {
    for bot in bots { Glibc.close(bot.descriptor) }
    Glibc.close(epoll)
    buffer.deallocate()
  }

  private static func milliseconds() -> Int64 { ca_monotonic_nanoseconds() / 1_000_000 }

  /// How many answers that count are on their way or not revealed yet.
  var openCount: Int { measured?.answers.openCount ?? 0 }

  /// Measures from now on for a while; `result` is there once every answer of it is settled, or a whole
  /// question and reveal later.
  func measure(milliseconds: Int64) {
    let end = Self.milliseconds() + milliseconds
    let patience =
      end + 5_000 + pace.timing.pickMilliseconds + 2 * pace.timing.pickRevealMilliseconds
    measured = CrowdMeasure(end: end, patience: patience)
    result = nil
  }

  /// Waits for what comes, for at most 5 ms, and does what is due.
  ///
  /// - Returns: Whether `descriptor` has something to read.
  /// - Throws: A `BenchError` where the server ends a connection or does what it should not.
  func turn(listeningTo descriptor: Int32? = nil) throws -> Bool {
    try come()
    let ready = ca_epoll_wait(epoll, &events, 1_024, 5)
    let start = ca_monotonic_nanoseconds()
    var hasInput = false
    for index in 0..<max(0, Int(ready)) {
      let tag = events[index].data
      if tag == UInt64.max { hasInput = true } else { try receive(Int(tag)) }
    }
    for (bot, step) in wheel.due(at: Self.milliseconds()) { try perform(step, bot) }
    look(turn: ca_monotonic_nanoseconds() - start)
    return hasInput
  }

  /// Has `turn` tell when there is something to read.
  func listen(to descriptor: Int32) {
    _ = ca_epoll_add(epoll, descriptor, UInt32(ca_epoll_in), UInt64.max)
  }

  private func look(turn nanoseconds: Int64) {
    guard result == nil else { return }
    let now = Self.milliseconds()
    note { $0.turned(nanoseconds: nanoseconds, playing: playingCount, at: now) }
    result = measured?.result(at: now)
  }

  // MARK: Coming

  private func come() throws {
    let due = min(
      Int64(count), 1 + (Self.milliseconds() - startedAt) * Int64(perSecond) / 1_000)
    // A second's worth at most at once, since nobody is heard meanwhile.
    let missing = min(Int(due) - bots.count, max(1, perSecond / 4))
    guard missing > 0, Self.milliseconds() >= comesAgainAt else { return }
    let descriptors: [Int32]
    do {
      descriptors = try HandshakeLoad.open(
        missing, port: port, target: "/v1/socket", subprotocols: ["neuronarena.v1.json"])
    } catch BenchError.handshakeFailed {
      // Newcomers are turned away while those who are there wait too long: they come again.
      comesAgainAt = Self.milliseconds() + 1_000
      return
    }
    for descriptor in descriptors {
      let index = bots.count
      bots.append(DuelBot(descriptor: descriptor))
      seats.append(nil)
      watches.append(AnswerWatch())
      _ = ca_epoll_add(epoll, descriptor, UInt32(ca_epoll_in), UInt64(index))
      try bots[index].send(
        .hello(
          .init(protocolName: "neuronarena.v1", client: "bench/1", player: nil, name: nil)),
        for: .hello)
    }
  }

  // MARK: What comes

  private func receive(_ bot: Int) throws {
    buffer.copyBytes(from: bots[bot].rest)
    let start = bots[bot].rest.count
    let space = UnsafeMutableRawBufferPointer(rebasing: buffer[start...])
    let received = ca_receive(bots[bot].descriptor, space.baseAddress, space.count)
    guard received > 0 else { throw BenchError.serverEnded }
    let now = ca_monotonic_nanoseconds()
    var input = UnsafeMutableRawBufferPointer(rebasing: buffer[..<(start + received)])
    while let event = bots[bot].receiver.next(&input, limits: WebSocketLimits()) {
      switch event {
      case .text(let text): try take(text, bot, now)
      case .ping(let payload):
        let pong = FrameEncoder.frame(
          .pong, Array(payload), maskingKey: MaskingKey(1, 2, 3, 4))
        _ = pong.withUnsafeBytes { ca_send(bots[bot].descriptor, $0.baseAddress, $0.count) }
      case .close(let code, _): throw BenchError.unexpected("close \(code)")
      case .binary, .pong, .violation: break
      }
    }
    bots[bot].rest = Array(input)
  }

  /// Takes a frame; only what matters is decoded whole, since that is most of what a crowd costs.
  private func take(_ text: UnsafeRawBufferPointer, _ bot: Int, _ now: Int64) throws {
    func begins(with head: StaticString) -> Bool {
      guard let base = text.baseAddress, head.utf8CodeUnitCount <= text.count else { return false }
      return memcmp(base, head.utf8Start, head.utf8CodeUnitCount) == 0
    }
    if begins(with: "{\"type\":\"duel.roundStarted\"") {
      return asked(round: Self.number(behind: "\"round\":{\"number\":", in: text), bot)
    }
    let isAnswer = begins(with: "{\"re\":")
    let isDue =
      begins(with: "{\"type\":\"duel.matched\"") || begins(with: "{\"type\":\"duel.revealed\"")
      || begins(with: "{\"type\":\"duel.finished\"")
      || (begins(with: "{\"type\":\"duel.snapshot\"")
        && Self.number(behind: "\"phase\":\"question\"", in: text) != nil)
    guard isAnswer || isDue, let frame = try ServerFrame(decoding: Array(text)) else { return }
    if isAnswer { try answered(frame, bot, now) } else { try told(frame, bot) }
  }

  /// The number behind the first place where `key` stands; 0 where none follows, nil without the key.
  static func number(behind key: StaticString, in text: UnsafeRawBufferPointer) -> Int? {
    let key = UnsafeRawBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount)
    let last = text.count - key.count
    guard let base = text.baseAddress, let keyBase = key.baseAddress, last >= 0,
      let place = (0...last).first(where: { place in
        text[place] == key[0] && memcmp(base + place, keyBase, key.count) == 0
      })
    else { return nil }
    var number = 0
    for byte in text[(place + key.count)...] {
      guard (48...57).contains(byte), number < 1_000_000 else { break }
      number = number * 10 + Int(byte - 48)
    }
    return number
  }

  private func answered(_ frame: ServerFrame, _ bot: Int, _ now: Int64) throws {
    guard let command = frame.answered, frame.type != "part",
      let (purpose, sentAt) = bots[bot].purpose(of: command)
    else { return }
    guard frame.type == "ok" else {
      return try refused(purpose, frame.errorCode?.rawValue ?? "error", command, bot)
    }
    switch purpose {
    case .hello:
      connectedCount += 1
      try bots[bot].send(.subscribe(.init(topic: .me)), for: .followMe)
    case .followMe: try rest(bot)
    case .answer:
      note { measure in
        guard watches[bot].acknowledged(command, in: &measure.answers) else { return }
        measure.latencies.add(nanoseconds: now - sentAt)
      }
    case .invite, .join, .followDuel, .queue, .other: break
    }
  }

  private func refused(
    _ purpose: DuelBot.Purpose, _ code: String, _ command: Wire.CommandID, _ bot: Int
  ) throws {
    switch purpose {
    case .answer: note { watches[bot].refused(command, code: code, in: &$0.answers) }
    case .queue:
      // The other shard may not know yet that the last duel is over; or the server is full.
      later(.queue, bot, in: 500...1_000)
    case .hello, .followMe: throw BenchError.unexpected(code)
    // A wish to go on may come when the reveal is over by itself.
    case .invite, .join, .followDuel, .other: break
    }
  }

  private func told(_ frame: ServerFrame, _ bot: Int) throws {
    switch frame.type {
    case "duel.matched":
      guard let duel = frame.data["duel"]?.string.map(DuelID.init(rawValue:)) else { return }
      if bots[bot].duel == nil { playingCount += 1 }
      bots[bot].duel = duel
      bots[bot].answeredRound = 0
      seats[bot] = frame.data["seat"]?.integer.map(Int.init)
      try bots[bot].send(.unsubscribe(.init(topic: .lobby)), for: .other)
      try bots[bot].send(.subscribe(.init(topic: .duel(duel))), for: .followDuel)
    case "duel.snapshot":
      asked(round: frame.data["duel"]?["round"]?["number"]?.integer.map(Int.init), bot)
    case "duel.revealed": revealed(frame.data["reveal"], bot)
    case "duel.finished":
      guard let duel = bots[bot].duel, frame.topic == .duel(duel) else { return }
      bots[bot].duel = nil
      playingCount -= 1
      note { $0.duelEnded(at: Self.milliseconds()) }
      try bots[bot].send(.unsubscribe(.init(topic: .duel(duel))), for: .other)
      try rest(bot)
    default: break
    }
  }

  private func asked(round: Int?, _ bot: Int) {
    guard let duel = bots[bot].duel, let round, round > bots[bot].answeredRound else { return }
    bots[bot].answeredRound = round
    later(.answer(duel, round: round), bot, in: pace.answerMilliseconds)
  }

  private func revealed(_ reveal: JSONValue?, _ bot: Int) {
    guard let duel = bots[bot].duel, let seat = seats[bot],
      let round = reveal?["number"]?.integer.map(Int.init),
      let answers = reveal?["answers"]?.array, answers.indices.contains(seat)
    else { return }
    let side = answers[seat]["side"]?.string.flatMap(Wire.Side.init(rawValue:))
    note { watches[bot].revealed(side, duel: duel, round: round, in: &$0.answers) }
    later(.goOn(duel, round: round), bot, in: pace.goOnMilliseconds)
  }

  // MARK: What is done

  /// Goes to the lobby and looks for an opponent.
  private func rest(_ bot: Int) throws {
    try bots[bot].send(.subscribe(.init(topic: .lobby)), for: .other)
    try perform(.queue, bot)
  }

  private func later(_ step: Step, _ bot: Int, in milliseconds: ClosedRange<Int>) {
    let delay = Int.random(in: milliseconds, using: &generator)
    wheel.add((bot, step), at: Self.milliseconds() + Int64(delay))
  }

  private func perform(_ step: Step, _ bot: Int) throws {
    switch step {
    case .queue:
      guard bots[bot].duel == nil else { return }
      try bots[bot].send(.queueJoin(.init(format: .pick)), for: .queue)
    case .goOn(let duel, let round):
      guard bots[bot].duel == duel, bots[bot].answeredRound == round else { return }
      try bots[bot].send(.duelReady(.init(duel: duel, round: round)), for: .other)
    case .answer(let duel, let round):
      guard bots[bot].duel == duel, bots[bot].answeredRound == round else { return }
      let side: Wire.Side = generator.next() & 1 == 0 ? .a : .b
      let answer = ClientCommand.DuelAnswer(duel: duel, round: round, answer: .pick(side))
      guard let command = try bots[bot].send(.duelAnswer(answer), for: .answer) else { return }
      let isCounted = result == nil && measured?.counts(at: Self.milliseconds()) == true
      note {
        watches[bot].sent(
          command, duel: duel, round: round, side: side, isCounted: isCounted, in: &$0.answers)
      }
    }
  }

  /// Notes something in the time that is measured; where none is, it goes nowhere.
  private func note(_ take: (inout CrowdMeasure) -> Void) {
    var known = measured ?? CrowdMeasure(end: 0, patience: 0)
    let isMeasured = measured != nil
    // Out of the property while it changes, so that nothing is copied.
    measured = nil
    take(&known)
    if isMeasured { measured = known }
  }
}
