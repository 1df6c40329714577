import ArenaTypes
import WebSocketCodec

/// A random, correct stream of frames and the events that it means.
struct RandomScript {
  var generator: SeededGenerator
  let endpoint: Endpoint
  private(set) var bytes: [UInt8] = []
  private(set) var events: [OwnedEvent] = []

  /// Compresses two of three messages, if there is one.
  private let deflater: Deflater?

  init(seed: UInt64, towards endpoint: Endpoint, deflater: Deflater? = nil) {
    self.deflater = deflater
    generator = SeededGenerator(seed: seed)
    self.endpoint = endpoint
  }

  /// Adds a text or binary message in one to six frames, with control frames before and between.
  mutating func addMessage() {
    let isText = Bool.random(using: &generator)
    let payload = isText ? randomText() : randomBytes(randomLength())
    let deflated =
      deflater != nil && Int.random(in: 0..<3, using: &generator) > 0
      ? payload.withUnsafeBytes { deflater?.deflateAnyway($0) } : nil
    addFrames(isText ? .text : .binary, deflated ?? payload, isCompressed: deflated != nil)
    events.append(isText ? .text(payload) : .binary(payload))
  }

  private mutating func addFrames(
    _ opcode: Opcode, _ payload: [UInt8], isCompressed: Bool
  ) {
    let count = Int.random(in: 1...6, using: &generator)
    let cuts = (1..<count).map { _ in Int.random(in: 0...payload.count, using: &generator) }
    var start = 0
    for (index, end) in (cuts.sorted() + [payload.count]).enumerated() {
      if Int.random(in: 0..<3, using: &generator) == 0 { addControl() }
      add(
        index > 0 ? .continuation : opcode, Array(payload[start..<end]),
        isFinal: index == count - 1, isCompressed: isCompressed && index == 0)
      start = end
    }
  }

  /// A few positions to cut the stream at, in ascending order.
  mutating func randomCuts() -> [Int] {
    let count = Int.random(in: 0...30, using: &generator)
    return (0..<count).map { _ in Int.random(in: 0...bytes.count, using: &generator) }.sorted()
  }

  private mutating func addControl() {
    let payload = randomBytes(Int.random(in: 0...125, using: &generator))
    let isPing = Bool.random(using: &generator)
    add(isPing ? .ping : .pong, payload, isFinal: true)
    events.append(isPing ? .ping(payload) : .pong(payload))
  }

  private mutating func add(
    _ opcode: Opcode, _ payload: [UInt8], isFinal: Bool, isCompressed: Bool = false
  ) {
    let key = endpoint == .server ? MaskingKey(using: &generator) : nil
    bytes += FrameEncoder.frame(
      opcode, payload, isFinal: isFinal, isCompressed: isCompressed, maskingKey: key)
  }

  /// Mostly short, at times around the borders of the length's forms.
  private mutating func randomLength() -> Int {
    switch Int.random(in: 0..<10, using: &generator) {
    case 0: Int.random(in: 124...130, using: &generator)
    case 1: Int.random(in: 0...3_000, using: &generator)
    default: Int.random(in: 0...60, using: &generator)
    }
  }

  private mutating func randomBytes(_ count: Int) -> [UInt8] {
    (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
  }

  private mutating func randomText() -> [UInt8] {
    let words = ["neuron ", "π≈3", "€", "𝄞", "a", "ascii, sixteen of them or more; ", "\u{0}"]
    let count = randomLength() / 4
    let text = (0..<count).map { _ in words.randomElement(using: &generator) ?? "" }
    return Array(text.joined().utf8)
  }
}
