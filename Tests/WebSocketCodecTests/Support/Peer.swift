import WebSocketCodec

/// An event with its bytes copied, so that it can be kept and compared.
enum OwnedEvent: Equatable, Sendable {
  case text([UInt8])
  case binary([UInt8])
  case ping([UInt8])
  case pong([UInt8])
  case close(UInt16, reason: [UInt8])
  case violation(ProtocolViolation)

  init(_ event: ReceivedEvent) {
    self =
      switch event {
      case .text(let bytes): .text(Array(bytes))
      case .binary(let bytes): .binary(Array(bytes))
      case .ping(let bytes): .ping(Array(bytes))
      case .pong(let bytes): .pong(Array(bytes))
      case .close(let code, let reason): .close(code.rawValue, reason: Array(reason))
      case .violation(let violation): .violation(violation)
      }
  }
}

/// Receives as a transport does: what is left over comes first in the next input.
struct Peer {
  var receiver: MessageReceiver
  var limits: WebSocketLimits
  /// Set where permessage-deflate is agreed.
  var inflater: Inflater?
  var rest: [UInt8] = []
  var events: [OwnedEvent] = []
  /// The most bytes that were ever left over.
  var restByteCountMax = 0

  init(
    _ endpoint: Endpoint, limits: WebSocketLimits = WebSocketLimits(), inflater: Inflater? = nil
  ) {
    self.inflater = inflater
    receiver = MessageReceiver(endpoint: endpoint)
    self.limits = limits
  }

  mutating func receive(_ bytes: some Sequence<UInt8>) {
    var memory = rest + bytes
    rest = memory.withUnsafeMutableBytes { buffer in
      var input = buffer
      while let event = receiver.next(&input, limits: limits, inflater: inflater) {
        events.append(OwnedEvent(event))
      }
      return Array(input)
    }
    restByteCountMax = max(restByteCountMax, rest.count)
  }

  /// Feeds the bytes in pieces that end at the given positions, in ascending order.
  static func events(
    of bytes: [UInt8], at endpoint: Endpoint, limits: WebSocketLimits = WebSocketLimits(),
    inflater: Inflater? = nil, cuts: [Int]
  ) -> Peer {
    var peer = Peer(endpoint, limits: limits, inflater: inflater)
    var start = 0
    for cut in cuts + [bytes.count] {
      peer.receive(bytes[start..<cut])
      start = cut
    }
    return peer
  }
}
