import ArenaTestSupport
import DispatchTransport
import Testing
import WebSocketCodec

/// A moment in a connection's life at which a peer can vanish, fall silent or end.
enum Moment: String, CaseIterable, CustomTestStringConvertible {
  case afterConnecting, inRequestLine, inFields, inBody, afterRequest, inLargeResponse, pipelining
  case afterRefusedRequest, afterRefusedHandshake, inUpgradeResponse
  case open, inFrameHeader, inPayload, inControlFrame, betweenFragments, inFragment
  case withUnsentMessages, afterServersClose, afterOwnClose, afterViolation

  var testDescription: String { rawValue }

  static let upgrade = """
    GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
    Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n
    """
  private static let mask = MaskingKey(9, 8, 7, 6)

  /// Small buffers, so that what a peer does not read waits at the server.
  static var limits: TransportLimits {
    var limits = TransportLimits()
    limits.sendBufferByteCount = 16_384
    return limits
  }

  /// A page that no pair of such buffers takes.
  static let page = [UInt8](repeating: 0x78, count: 300_000)

  /// A new connection at this moment.
  func reach(_ world: RealWorld) throws -> TestSocket {
    guard let handshake = handshake else { return try reachInWebSocket(world) }
    let socket = try TestSocket(port: world.port, receiveBufferByteCount: 16_384)
    try socket.send(handshake)
    return socket
  }

  /// What is sent at moments before the WebSocket; nil for those inside.
  private var handshake: String? {
    switch self {
    case .afterConnecting: ""
    case .inRequestLine: "GET /pa"
    case .inFields: "GET /page HTTP/1.1\r\nHost: a\r\nX-Ha"
    case .inBody: "POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc"
    case .afterRequest: "GET /none HTTP/1.1\r\nHost: a\r\n\r\n"
    case .inLargeResponse: "GET /page HTTP/1.1\r\nHost: a\r\n\r\n"
    case .pipelining: String(repeating: "GET /page HTTP/1.1\r\nHost: a\r\n\r\n", count: 6)
    case .afterRefusedRequest: "GET / HTTP/1.1\nHost: a\n\n"
    case .afterRefusedHandshake:
      Self.upgrade.replacing("Sec-WebSocket-Version: 13", with: "Sec-WebSocket-Version: 7")
    case .inUpgradeResponse: Self.upgrade
    default: nil
    }
  }

  private func reachInWebSocket(_ world: RealWorld) throws -> TestSocket {
    let client = try world.connect(receiveBufferByteCount: 16_384)
    let text = FrameEncoder.frame(text: "echo hello", maskingKey: Self.mask)
    let ping = FrameEncoder.frame(.ping, [1, 2, 3], maskingKey: Self.mask)
    switch self {
    case .inFrameHeader: try client.socket.send(Array(text[..<3]))
    case .inPayload: try client.socket.send(Array(text[..<9]))
    case .inControlFrame: try client.socket.send(Array(ping[..<7]))
    case .betweenFragments: try client.send(.text, Array("echo".utf8), isFinal: false)
    case .inFragment:
      try client.send(.text, Array("echo".utf8), isFinal: false)
      let rest = FrameEncoder.frame(.continuation, [0x20, 0x61], maskingKey: Self.mask)
      try client.socket.send(Array(rest.dropLast()))
    case .withUnsentMessages: try client.send(text: "flood 200")
    case .afterServersClose:
      try client.send(text: "bye")
      _ = try client.receiveClose()
    case .afterOwnClose: try client.sendClose()
    case .afterViolation: try client.socket.send([0xFF, 0x80])
    default: break
    }
    return client.socket
  }
}
