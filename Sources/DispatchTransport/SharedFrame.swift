import ArenaTypes
import Synchronization
import WebSocketCodec

/// One encoded WebSocket frame, header and payload, that any number of queues hold by reference.
///
/// What goes to ten thousand subscribers is encoded once; each queue's share is a reference. Where
/// permessage-deflate is agreed it has a compressed twin, which the first shard that needs it makes
/// for all.
public final class SharedFrame: Sendable {
  /// The whole frame, unmasked as servers send it.
  let bytes: [UInt8]
  /// How many frames these are: one, but for those that were joined.
  let frameCount: Int32
  /// Whether the message may be compressed.
  let isCompressible: Bool
  private let twin = AtomicLazyReference<Twin>()
  /// Held while a twin is made; a few for all frames, because most frames never need one.
  private static let making = (0..<16).map { _ in Locked(()) }

  /// The compressed form; without a frame where compressing gains nothing.
  private final class Twin: Sendable {
    let frame: SharedFrame?
    init(_ frame: SharedFrame?) { self.frame = frame }
  }

  /// Wraps bytes that are ready to be sent.
  init(encoded bytes: [UInt8], isCompressible: Bool = false, frameCount: Int32 = 1) {
    self.bytes = bytes
    self.frameCount = frameCount
    self.isCompressible = isCompressible
  }

  /// Two frames, one behind the other.
  convenience init(joining first: SharedFrame, _ second: SharedFrame) {
    self.init(encoded: first.bytes + second.bytes, frameCount: first.frameCount + second.frameCount)
  }

  /// How many messages have been encoded as frames in this process, compressed twins not counted:
  /// one for each topic and version, however many receive it.
  public static var encodedCount: Int { encoded.load(ordering: .relaxed) }
  private static let encoded = Atomic(0)

  private convenience init(message bytes: [UInt8], isCompressible: Bool) {
    Self.encoded.add(1, ordering: .relaxed)
    self.init(encoded: bytes, isCompressible: isCompressible)
  }

  /// A text message.
  ///
  /// - Parameter isCompressible: false for what carries a secret: the size of a compressed message
  ///   tells whether the secret resembles what else is in it.
  public convenience init(text: String, isCompressible: Bool = true) {
    self.init(message: FrameEncoder.frame(text: text), isCompressible: isCompressible)
  }

  /// A text message; `text` is UTF-8, which is not checked.
  public convenience init(text: [UInt8], isCompressible: Bool = true) {
    self.init(message: FrameEncoder.frame(.text, text), isCompressible: isCompressible)
  }

  /// A text message; `text` is UTF-8, which is not checked, and is copied.
  public convenience init(text: UnsafeRawBufferPointer, isCompressible: Bool = true) {
    self.init(message: FrameEncoder.frame(.text, text), isCompressible: isCompressible)
  }

  /// A binary message.
  public convenience init(binary: [UInt8], isCompressible: Bool = true) {
    self.init(message: FrameEncoder.frame(.binary, binary), isCompressible: isCompressible)
  }

  /// A binary message; `binary` is copied.
  public convenience init(binary: UnsafeRawBufferPointer, isCompressible: Bool = true) {
    self.init(message: FrameEncoder.frame(.binary, binary), isCompressible: isCompressible)
  }

  /// The compressed form, which `make` makes if no shard has done so; nil where it returned nil.
  ///
  /// The lock is for the first call alone: a shard that comes meanwhile waits for what it would have
  /// to do itself otherwise.
  func twin(_ make: () -> SharedFrame?) -> SharedFrame? {
    if let made = twin.load() { return made.frame }
    let address = UInt(bitPattern: Unmanaged.passUnretained(self).toOpaque())
    return Self.making[Int(address >> 5 & 15)].withLock { _ in
      if let made = twin.load() { return made.frame }
      return twin.storeIfNil(Twin(make())).frame
    }
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
