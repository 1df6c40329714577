public import WebSocketCodec

/// The client's end of a simulated connection.
///
/// It answers pings and close frames by itself, as every client does.
public final class SimulatedClient {
  enum Phase {
    case open
    /// The server's close frame is on its way.
    case closing
    case ended
  }

  /// The server's name for the connection.
  public let id: ConnectionID
  /// The subprotocol that the server chose.
  public let subprotocol: String?
  /// The close frame that the server sent, if it did.
  public private(set) var closeFrame: (code: CloseCode, reason: String)?
  /// Whether the client takes nothing, so that all that it is sent waits on the server.
  public var isStuck = false {
    didSet { if !isStuck { core?.mustSettle(self) } }
  }
  /// Gets each text message as it leaves the server; nil where they are kept for ``takeTexts()``.
  public var whenReceived: ((String) -> Void)?
  /// Called once when the connection has ended, with the close code; nil where it broke.
  public var whenEnded: ((CloseCode?) -> Void)?

  let peer: PeerAddress
  let lanes = OutgoingLanes()
  var phase = Phase.open
  /// Whether the core has it on its list of those with something to send.
  var isUnsettled = false
  private let pump: () -> Void
  private weak var core: SimulatedCore?
  private var texts: [String] = []
  private var receiver = MessageReceiver(endpoint: .client)
  private var serverReceiver = MessageReceiver(endpoint: .server)
  private var unread: [UInt8] = []
  private var undelivered: [UInt8] = []

  init(
    id: ConnectionID, subprotocol: String?, peer: PeerAddress, core: SimulatedCore,
    pump: @escaping () -> Void
  ) {
    self.id = id
    self.subprotocol = subprotocol
    self.peer = peer
    self.core = core
    self.pump = pump
  }

  /// Whether messages still go both ways.
  public var isOpen: Bool { phase == .open }

  // MARK: What the client does

  /// Sends a text message, and lets everything follow from it.
  public func deliver(text: String) {
    deliver(bytes: FrameEncoder.frame(text: text, maskingKey: MaskingKey(1, 2, 3, 4)))
  }

  /// Sends a binary message, and lets everything follow from it.
  public func deliver(binary: [UInt8]) {
    deliver(bytes: FrameEncoder.frame(.binary, binary, maskingKey: MaskingKey(1, 2, 3, 4)))
  }

  /// Sends any bytes, whole frames or not, and lets everything follow from them.
  public func deliver(bytes: [UInt8]) {
    guard let core else { return }
    undelivered += bytes
    var pending = undelivered
    let restByteCount = pending.withUnsafeMutableBytes { buffer in
      var input = buffer
      while let event = serverReceiver.next(&input, limits: core.limits.webSocket) {
        core.received(event, from: self)
      }
      return input.count
    }
    undelivered = pending.suffix(restByteCount)
    pump()
  }

  /// Sends a close frame, which ends the connection.
  public func close(code: CloseCode = .normal) {
    deliver(bytes: FrameEncoder.closeFrame(code, maskingKey: MaskingKey(1, 2, 3, 4)))
  }

  /// Is gone without a word.
  public func vanish() {
    core?.end(self, code: nil)
    pump()
  }

  // MARK: What the client sees

  /// The text messages that have arrived since the last call.
  public func takeTexts() -> [String] {
    defer { texts = [] }
    return texts
  }

  /// Takes bytes off the wire.
  func take(_ bytes: [UInt8]) {
    unread += bytes
    var pending = unread
    let limits = WebSocketLimits(messageByteCountMax: .max)
    let restByteCount = pending.withUnsafeMutableBytes { buffer in
      var input = buffer
      while let event = receiver.next(&input, limits: limits) { see(event) }
      return input.count
    }
    unread = pending.suffix(restByteCount)
  }

  /// Tells that the connection is gone, and lets go of who was told.
  func ended(_ code: CloseCode?) {
    let told = whenEnded
    whenEnded = nil
    whenReceived = nil
    told?(code)
  }

  private func see(_ event: ReceivedEvent) {
    switch event {
    case .text(let text):
      let text = String(decoding: text, as: UTF8.self)
      if let whenReceived { whenReceived(text) } else { texts.append(text) }
    case .close(let code, let reason):
      closeFrame = (code, String(decoding: reason, as: UTF8.self))
      core?.end(self, code: code)
    case .violation(let violation):
      preconditionFailure("the server sent what no client accepts: \(violation)")
    case .binary, .ping, .pong: break
    }
  }
}
