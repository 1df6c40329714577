import HTTPCodec
import WebSocketCodec

/// What compresses and decompresses the messages of one connection, or, without context, of all
/// connections of a shard that take the same window.
final class DeflateContext {
  let deflater: Deflater
  let inflater: Inflater

  init(deflater: Deflater, inflater: Inflater) {
    self.deflater = deflater
    self.inflater = inflater
  }
}

/// permessage-deflate (RFC 7692): how it is agreed, and in which form a frame goes out.
///
/// ```
///   message ──▶ as it is: short, secret, not agreed, or no shorter compressed
///           ──▶ the frame's twin: one compressor for all, one compression for all who get it
///           ──▶ compressed for this connection: with context, or for a window below ours
/// ```
extension ShardCore {
  /// What a handshake's offers come to.
  enum Negotiation {
    /// The field does not follow its grammar: the handshake fails (RFC 6455 section 9.1).
    case malformed
    /// Nothing is agreed.
    case plain
    /// Messages are compressed with this, and the answer says so.
    case deflate(DeflateContext, answer: String)
  }

  func negotiate(_ head: RequestHead) -> Negotiation {
    let lines = head.values(of: "Sec-WebSocket-Extensions")
    guard !lines.isEmpty else { return .plain }
    guard let offers = ExtensionOffer.list(lines) else { return .malformed }
    guard let wanted = configuration.deflate,
      let (agreement, answer) = DeflateExtension.agree(to: offers, wanted),
      let context = deflateContext(for: agreement, wanted)
    else { return .plain }
    return .deflate(context, answer: answer)
  }

  /// The shard's own context where none is kept, with a new half for each direction that keeps one;
  /// nil if there is no memory for it.
  private func deflateContext(
    for agreement: DeflateAgreement, _ wanted: DeflateConfiguration
  ) -> DeflateContext? {
    let bits = agreement.serverWindowBits
    guard let shared = sharedDeflateContext(windowBits: bits, wanted) else { return nil }
    guard agreement.serverKeepsContext || agreement.clientKeepsContext else { return shared }
    guard
      let deflater = agreement.serverKeepsContext
        ? Deflater(wanted, windowBits: bits, keepsContext: true, memory: deflateMemory)
        : shared.deflater,
      let inflater = agreement.clientKeepsContext
        ? Inflater(
          windowBits: agreement.clientWindowBits, keepsContext: true, memory: inflateMemory)
        : shared.inflater
    else { return nil }
    return DeflateContext(deflater: deflater, inflater: inflater)
  }

  /// The shard's context for that window, made at its first use.
  private func sharedDeflateContext(
    windowBits: Int, _ wanted: DeflateConfiguration
  ) -> DeflateContext? {
    if let made = deflateContexts[windowBits] { return made }
    guard
      let deflater = Deflater(
        wanted, windowBits: windowBits, keepsContext: false, memory: deflateMemory),
      let inflater = deflateContexts.values.first?.inflater
        ?? Inflater(keepsContext: false, memory: inflateMemory)
    else { return nil }
    let made = DeflateContext(deflater: deflater, inflater: inflater)
    deflateContexts[windowBits] = made
    return made
  }

  // MARK: Sending

  /// The form in which a frame goes to a connection.
  @inline(__always)
  func form(of frame: SharedFrame, _ lane: OutgoingLanes.Lane, at slot: Int) -> SharedFrame {
    guard slab.base[slot].deflate != nil, frame.isCompressible else { return frame }
    return deflatedForm(of: frame, lane, at: slot) ?? frame
  }

  private func deflatedForm(
    of frame: SharedFrame, _ lane: OutgoingLanes.Lane, at slot: Int
  ) -> SharedFrame? {
    guard let context = slab.base[slot].deflate, let wanted = configuration.deflate,
      frame.byteCount >= wanted.byteCountMin
    else { return nil }
    if context.deflater.keepsContext {
      // What another frame may replace must not become part of a context: the peer may never see it.
      return lane == .lossless ? compress(frame, context.deflater) : nil
    }
    let bits = context.deflater.windowBits
    // No message refers further back than its own beginning.
    guard bits < wanted.windowBits, frame.byteCount > 1 << bits else {
      guard let shared = sharedDeflateContext(windowBits: wanted.windowBits, wanted) else {
        return nil
      }
      return frame.twin { compress(frame, shared.deflater) }
    }
    return compress(frame, context.deflater)
  }

  private func compress(_ frame: SharedFrame, _ deflater: Deflater) -> SharedFrame? {
    frame.bytes.withUnsafeBytes { bytes in
      guard let header = try? FrameDecoder.header(in: bytes, at: .client) else { return nil }
      let message = UnsafeRawBufferPointer(rebasing: bytes[header.byteCount...])
      guard let payload = compress(message, deflater) else { return nil }
      return SharedFrame(
        encoded: FrameEncoder.frame(header.opcode, payload, isCompressed: true))
    }
  }

  /// The compressed form of a message for one connection, or nil if it is to go out as it is.
  func deflate(_ message: UnsafeRawBufferPointer, at slot: Int) -> UnsafeRawBufferPointer? {
    guard let context = slab.base[slot].deflate, let wanted = configuration.deflate,
      message.count >= wanted.byteCountMin
    else { return nil }
    return compress(message, context.deflater)
  }

  private func compress(
    _ message: UnsafeRawBufferPointer, _ deflater: Deflater
  ) -> UnsafeRawBufferPointer? {
    guard let payload = deflater.deflate(message) else { return nil }
    tally.deflatedFrames += 1
    tally.deflateInputBytes += message.count
    tally.deflateOutputBytes += payload.count
    return payload
  }
}
