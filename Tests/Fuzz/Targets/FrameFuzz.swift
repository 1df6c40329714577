import WebSocketCodec

/// A stream of frames through the decoder, the assembler and the receiver, at either end.
///
/// However the stream is cut, the same events come out and the same bytes are left over; no message
/// passes its limits; text is text; and what was understood means the same when it is written again.
/// Compression is agreed in two of four inputs, with context kept from message to message in one.
enum FrameFuzz: FuzzTarget {
  static let name = "frames"

  static func run(_ input: inout FuzzInput) throws(FuzzFinding) {
    let options = input.decision()
    let endpoint: Endpoint = options & 1 == 0 ? .server : .client
    let limits =
      options & 2 == 0
      ? WebSocketLimits() : WebSocketLimits(messageByteCountMax: 40, fragmentCountMax: 3)
    let compression = Compression(rawValue: options >> 2 & 3) ?? .none
    let cuts = input.cuts()
    let bytes = input.bytes
    func receiving(_ pieces: [ArraySlice<UInt8>]) -> Receiving {
      Receiving(of: pieces, at: endpoint, limits, compression.inflater())
    }
    let whole = receiving([bytes[...]])
    let cut = receiving(pieces(of: bytes, cutAt: cuts))
    try hold(cut.means(whole), "cut at \(cuts): \(cut.events) instead of \(whole.events)")
    let each = receiving(bytes.indices.map { bytes[$0...$0] })
    try hold(each.means(whole), "byte by byte: \(each.events) instead of \(whole.events)")
    for event in whole.events { try check(event, limits) }
    try checkWrittenAgain(whole.events, at: endpoint, limits)
  }

  private enum Compression: UInt8 {
    case none, perMessage, acrossMessages

    func inflater() -> Inflater? {
      self == .none ? nil : Inflater(keepsContext: self == .acrossMessages)
    }
  }

  private static func check(_ event: Event, _ limits: WebSocketLimits) throws(FuzzFinding) {
    switch event {
    case .text(let bytes), .binary(let bytes):
      try hold(bytes.count <= limits.messageByteCountMax, "\(bytes.count) bytes in a message")
      if case .text = event {
        try hold(String(validating: bytes, as: UTF8.self) != nil, "text that is not UTF-8")
      }
    case .ping(let bytes), .pong(let bytes):
      try hold(bytes.count <= FrameHeader.controlPayloadByteCountMax, "control frame too long")
    case .close(let code, let reason):
      try hold(code == .noStatusReceived || code.isSendable, "close code \(code)")
      try hold(String(validating: reason, as: UTF8.self) != nil, "reason that is not UTF-8")
    case .violation(let violation):
      try hold(violation.closeCode.isSendable, "close code of \(violation)")
    }
  }

  private static func checkWrittenAgain(
    _ events: [Event], at endpoint: Endpoint, _ limits: WebSocketLimits
  ) throws(FuzzFinding) {
    let key = endpoint == .server ? MaskingKey(1, 2, 3, 4) : nil
    var understood = events
    if case .violation? = understood.last { understood.removeLast() }
    let written = understood.flatMap { event -> [UInt8] in
      switch event {
      case .text(let bytes): FrameEncoder.frame(.text, bytes, maskingKey: key)
      case .binary(let bytes): FrameEncoder.frame(.binary, bytes, maskingKey: key)
      case .ping(let bytes): FrameEncoder.frame(.ping, bytes, maskingKey: key)
      case .pong(let bytes): FrameEncoder.frame(.pong, bytes, maskingKey: key)
      case .close(.noStatusReceived, _): FrameEncoder.frame(.close, [], maskingKey: key)
      case .close(let code, let reason):
        FrameEncoder.closeFrame(
          code, reason: String(decoding: reason, as: UTF8.self), maskingKey: key)
      case .violation: []
      }
    }
    let again = Receiving(of: [written[...]], at: endpoint, limits, nil)
    try hold(again.events == understood && again.rest.isEmpty, "written again: \(again.events)")
  }

  private enum Event: Equatable {
    case text([UInt8])
    case binary([UInt8])
    case ping([UInt8])
    case pong([UInt8])
    case close(CloseCode, [UInt8])
    case violation(ProtocolViolation)

    init(_ event: ReceivedEvent) {
      self =
        switch event {
        case .text(let bytes): .text(Array(bytes))
        case .binary(let bytes): .binary(Array(bytes))
        case .ping(let bytes): .ping(Array(bytes))
        case .pong(let bytes): .pong(Array(bytes))
        case .close(let code, let reason): .close(code, Array(reason))
        case .violation(let violation): .violation(violation)
        }
    }
  }

  /// What a receiver makes of pieces; what is left over of one comes first in the next.
  private struct Receiving {
    var events: [Event] = []
    var rest: [UInt8] = []
    var isMessageUnderWay = false
    var isFinished = false
    var keptTooMuch = false

    init(
      of pieces: [ArraySlice<UInt8>], at endpoint: Endpoint, _ limits: WebSocketLimits,
      _ inflater: Inflater?
    ) {
      var receiver = MessageReceiver(endpoint: endpoint)
      for piece in pieces {
        var memory = rest + piece
        rest = memory.withUnsafeMutableBytes { buffer in
          var input = buffer
          while let event = receiver.next(&input, limits: limits, inflater: inflater) {
            events.append(Event(event))
          }
          return Array(input)
        }
        if rest.count > MessageReceiver.restByteCountMax { keptTooMuch = true }
      }
      isFinished = receiver.isFinished
      isMessageUnderWay = !isFinished && receiver.isMessageUnderWay
    }

    func means(_ other: Receiving) -> Bool {
      events == other.events && rest == other.rest && isFinished == other.isFinished
        && isMessageUnderWay == other.isMessageUnderWay && !keptTooMuch && !other.keptTooMuch
    }
  }
}
