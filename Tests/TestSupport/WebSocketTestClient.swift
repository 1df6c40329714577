import ArenaTypes
import ArenaCrypto
public import HTTPCodec
public import WebSocketCodec

/// A blocking WebSocket client for tests: it does what it is told, right or wrong, and answers
/// nothing by itself.
public final class WebSocketTestClient {
  /// What the server has sent.
  public enum Received: Hashable, Sendable {
    /// A text message.
    case text(String)
    /// A binary message.
    case binary([UInt8])
    /// A ping.
    case ping([UInt8])
    /// A pong.
    case pong([UInt8])
    /// A close frame.
    case close(CloseCode, reason: String)
    /// The end of the stream.
    case end
  }

  /// The connection below.
  public let socket: TestSocket
  /// The subprotocol that the server chose.
  public private(set) var subprotocol: String?
  /// What is agreed on compressing, if the client offered it.
  public private(set) var deflate: DeflateAgreement?
  /// All bytes that have come after the handshake, if it is set to begin with.
  public var wire: [UInt8]?
  private var offer: DeflateConfiguration?
  private var deflater: Deflater?
  private var inflater: Inflater?
  private var receiver = MessageReceiver(endpoint: .client)
  private var unread: [UInt8] = []
  private var pending: [Received] = []
  private var maskGenerator = SeededGenerator(seed: 1)

  /// Connects and completes the handshake.
  ///
  /// - Parameter deflate: offers to compress so, and does where the server agrees.
  public convenience init(
    host: String = "127.0.0.1", port: UInt16, target: String = "/", source: String? = nil,
    subprotocols: [String] = [], deflate: DeflateConfiguration? = nil, fields: [HTTPField] = [],
    receiveBufferByteCount: Int32? = nil, tls: TestTLS? = nil
  ) throws {
    let socket = try TestSocket(
      host: host, port: port, source: source, receiveBufferByteCount: receiveBufferByteCount)
    if let tls { try socket.secure(tls) }
    let name = host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    try self.init(
      over: socket, host: name, target: target, subprotocols: subprotocols, deflate: deflate,
      fields: fields)
  }

  /// Completes the handshake on a connection that has been made.
  ///
  /// - Parameters:
  ///   - host: What the request's Host field says.
  ///   - deflate: offers to compress so, and does where the server agrees.
  public init(
    over socket: TestSocket, host: String, target: String = "/", subprotocols: [String] = [],
    deflate: DeflateConfiguration? = nil, fields: [HTTPField] = []
  ) throws {
    self.socket = socket
    let handshake = try ClientHandshake(
      host: host, target: target, key: "dGhlIHNhbXBsZSBub25jZQ==",
      subprotocols: subprotocols, extensions: deflate.map { DeflateExtension.offer($0) },
      fields: fields)
    offer = deflate
    try socket.send(handshake.requestBytes)
    try finish(handshake)
  }

  private func finish(_ handshake: ClientHandshake) throws {
    while true {
      let bytes = try socket.receive()
      if bytes.isEmpty { throw TestClientError.ended }
      unread += bytes
      let answer = try unread.withUnsafeBytes { bytes in
        try handshake.answer(in: bytes) { Base64.encode(try SHA1.hash($0)) }
      }
      switch answer {
      case .incomplete: continue
      case .accepted(let byteCount, let subprotocol, let extensions):
        if !extensions.isEmpty { try agree(extensions) }
        self.subprotocol = subprotocol
        unread.removeFirst(byteCount)
        return
      case .refused(let status): throw TestClientError.refused(status: status)
      case .malformed: throw TestClientError.malformed("handshake answer")
      }
    }
  }

  private func agree(_ answer: [String]) throws(TestClientError) {
    guard let offer, let members = ExtensionOffer.list(answer),
      let agreement = DeflateExtension.agreement(in: members, to: offer),
      let deflater = Deflater(
        offer, windowBits: agreement.clientWindowBits,
        keepsContext: agreement.clientKeepsContext),
      let inflater = Inflater(
        windowBits: agreement.serverWindowBits, keepsContext: agreement.serverKeepsContext)
    else { throw .malformed("Sec-WebSocket-Extensions: \(answer)") }
    deflate = agreement
    self.deflater = deflater
    self.inflater = inflater
  }

  // MARK: Sending

  /// Sends a message compressed, in as many fragments as given; compressing must be agreed.
  public func sendCompressed(
    _ opcode: Opcode = .text, _ message: [UInt8], fragmentCount: Int = 1
  ) throws(TestClientError) {
    guard let payload = message.withUnsafeBytes({ deflater?.deflateAnyway($0) }) else {
      throw .malformed("compressing is not agreed")
    }
    for index in 0..<fragmentCount {
      let piece = payload[
        (payload.count * index / fragmentCount)..<(payload.count * (index + 1) / fragmentCount)]
      try socket.send(
        FrameEncoder.frame(
          index == 0 ? opcode : .continuation, Array(piece), isFinal: index == fragmentCount - 1,
          isCompressed: index == 0, maskingKey: MaskingKey(using: &maskGenerator)))
    }
  }

  /// Sends a text message.
  public func send(text: String) throws(TestClientError) {
    try socket.send(FrameEncoder.frame(text: text, maskingKey: MaskingKey(using: &maskGenerator)))
  }

  /// Sends one frame.
  public func send(
    _ opcode: Opcode, _ payload: [UInt8] = [], isFinal: Bool = true
  ) throws(TestClientError) {
    try socket.send(
      FrameEncoder.frame(
        opcode, payload, isFinal: isFinal, maskingKey: MaskingKey(using: &maskGenerator)))
  }

  /// Sends a close frame.
  public func sendClose(
    _ code: CloseCode = .normal, reason: String = ""
  ) throws(TestClientError) {
    try socket.send(
      FrameEncoder.closeFrame(code, reason: reason, maskingKey: MaskingKey(using: &maskGenerator)))
  }

  // MARK: Receiving

  /// The next that the server sends; waits for it for as long as `TestSocket` has patience.
  public func receive() throws(TestClientError) -> Received {
    while pending.isEmpty {
      try decode()
      if !pending.isEmpty { break }
      let bytes = try socket.receive()
      if bytes.isEmpty { return .end }
      wire?.append(contentsOf: bytes)
      unread += bytes
    }
    return pending.removeFirst()
  }

  /// The next text message; pings and pongs before it are passed over.
  public func receiveText() throws(TestClientError) -> String {
    while true {
      switch try receive() {
      case .text(let text): return text
      case .ping, .pong: continue
      case let other: throw .malformed("a text message was awaited, \(other) came")
      }
    }
  }

  /// The close frame; all before it is passed over.
  public func receiveClose() throws(TestClientError) -> (code: CloseCode, reason: String) {
    while true {
      switch try receive() {
      case .close(let code, let reason): return (code, reason)
      case .end: throw .ended
      default: continue
      }
    }
  }

  private func decode() throws(TestClientError) {
    var violation: ProtocolViolation?
    var found: [Received] = []
    let limits = WebSocketLimits(messageByteCountMax: .max)
    let restByteCount = unread.withUnsafeMutableBytes { buffer in
      var input = buffer
      while let event = receiver.next(&input, limits: limits, inflater: inflater) {
        switch event {
        case .text(let text): found.append(.text(String(decoding: text, as: UTF8.self)))
        case .binary(let bytes): found.append(.binary(Array(bytes)))
        case .ping(let payload): found.append(.ping(Array(payload)))
        case .pong(let payload): found.append(.pong(Array(payload)))
        case .close(let code, let reason):
          found.append(.close(code, reason: String(decoding: reason, as: UTF8.self)))
        case .violation(let broken): violation = broken
        }
      }
      return input.count
    }
    unread = unread.suffix(restByteCount)
    pending += found
    if let violation, pending.isEmpty { throw .malformed(violation.reason) }
  }

  // MARK: Ending

  /// Closes the WebSocket as a browser does, and the socket.
  public func close() throws(TestClientError) {
    try sendClose()
    _ = try receiveClose()
    socket.close()
  }
}
