/// How much one peer may ask of the codec.
///
/// The codec keeps no copy of these in a connection's state: they are handed in with each call, so
/// ten thousand connections share one value.
public struct WebSocketLimits: Sendable, Hashable {
  /// The most payload bytes of one message, over all its fragments.
  ///
  /// Default 65,536: the longest command of the game is a few kilobytes, and this is also the most
  /// memory that a peer can pin with an unfinished message. A frame that would pass the limit is
  /// refused at its header, before any of its payload is kept.
  public var messageByteCountMax: Int

  /// The most payload bytes of one compressed message; inflated it still is bound by
  /// ``messageByteCountMax``.
  ///
  /// A sixteenth and 64 bytes more than that: what cannot be compressed grows by the headers of
  /// stored blocks, and a message of exactly the limit has to come through.
  var compressedByteCountMax: Int {
    let slack = max(0, messageByteCountMax) / 16 + 64
    let (sum, overflows) = messageByteCountMax.addingReportingOverflow(slack)
    return overflows ? .max : sum
  }

  /// The most fragments of one message.
  ///
  /// Default 1,024: empty fragments cost a peer two to six bytes each and never reach the byte
  /// limit; without a bound of their own they would keep a message open for ever.
  public var fragmentCountMax: Int

  /// Makes limits; each has the default that its documentation gives.
  public init(messageByteCountMax: Int = 65_536, fragmentCountMax: Int = 1_024) {
    self.messageByteCountMax = messageByteCountMax
    self.fragmentCountMax = fragmentCountMax
  }
}
