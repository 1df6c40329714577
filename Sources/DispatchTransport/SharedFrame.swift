import WebSocketCodec

/// One encoded WebSocket frame, header and payload, that any number of queues hold by reference.
///
/// What goes to ten thousand subscribers is encoded once; each queue's share is a reference.
public final class SharedFrame: Sendable {
  /// The whole frame, unmasked as servers send it.
  let bytes: [UInt8]

  /// Wraps bytes that are ready to be sent.
  init(encoded bytes: [UInt8]) { self.bytes = bytes }

  /// A text message.
  public convenience init(text: String) { self.init(encoded: FrameEncoder.frame(text: text)) }

  /// A text message; `text` is UTF-8, which is not checked.
  public convenience init(text: [UInt8]) { self.init(encoded: FrameEncoder.frame(.text, text)) }

  /// A text message; `text` is UTF-8, which is not checked, and is copied.
  public convenience init(text: UnsafeRawBufferPointer) {
    self.init(encoded: FrameEncoder.frame(.text, text))
  }

  /// A binary message.
  public convenience init(binary: [UInt8]) {
    self.init(encoded: FrameEncoder.frame(.binary, binary))
  }

  /// A binary message; `binary` is copied.
  public convenience init(binary: UnsafeRawBufferPointer) {
    self.init(encoded: FrameEncoder.frame(.binary, binary))
  }

  /// The frame's size on the wire, header included.
  public var byteCount: Int { bytes.count }

  /// The message without its header.
  public var payload: [UInt8] {
    bytes.withUnsafeBytes { bytes in
      guard let header = try? FrameDecoder.header(in: bytes, at: .client) else { return [] }
      return Array(bytes.dropFirst(header.byteCount))
    }
  }
}

/// Content of which only the newest version matters, such as a board.
///
/// A subscriber who has received everything so far gets `delta`. For one who has not, what it has
/// not received yet is replaced by `snapshot`, which stands alone.
public struct LatestFrame: Sendable {
  /// The change since the version before.
  public var delta: SharedFrame
  /// The whole of this version.
  public var snapshot: SharedFrame

  /// Pairs the two forms of one version.
  public init(delta: SharedFrame, snapshot: SharedFrame) {
    self.delta = delta
    self.snapshot = snapshot
  }
}
