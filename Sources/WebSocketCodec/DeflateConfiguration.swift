/// How this endpoint compresses messages, and what it asks of its peers (RFC 7692).
///
/// The default keeps no context: a message is compressed by itself. So all connections of a shard
/// share one compressor and one decompressor, a broadcast is compressed once for all who get it,
/// and an idle connection costs nothing. With context kept, small messages that resemble each other
/// shrink further, and each connection holds (as malloc counts it, zlib 1.2.13):
///
///     windowBits, memoryLevel      15, 8    15, 6    12, 5    10, 3     9, 1
///     to send, KB                    268      170       39       14        9
///     to receive, KB                  40       40       11        8        8
public struct DeflateConfiguration: Sendable, Hashable {
  /// The shortest message that is compressed, in bytes.
  ///
  /// Default 512: 8 of 9 microseconds that zlib takes for a JSON message of 512 bytes it also takes
  /// for one of 256, and what fits into one packet anyway gains little by being shorter.
  public var byteCountMin = 512

  /// zlib's level, 1 (fast) to 9 (small).
  ///
  /// Default 1: JSON of 2 KB shrinks to 24 %, at level 6 to 22 % for a third more time.
  public var level = 1

  /// The size of the window in bits, 9 to 15: how far back a message may refer to.
  ///
  /// Default 15, the most there is. It bounds our own window, and with context kept also the window
  /// that is asked of clients who allow for that. 8 is left out because zlib can't compress so.
  public var windowBits = 15

  /// zlib's memory level, 1 to 9.
  ///
  /// Default 6: as small as 8 for messages of some kilobytes, and a quarter of the hash table to
  /// clear before each.
  public var memoryLevel = 6

  /// Whether the server compresses with reference to the messages before, if the client lets it.
  ///
  /// Default false.
  public var serverKeepsContext = false

  /// Whether the client may do so.
  ///
  /// Default false.
  public var clientKeepsContext = false

  /// The defaults.
  public init() {}

  /// Whether zlib takes these values.
  public var isValid: Bool {
    (1...9).contains(level) && (9...15).contains(windowBits) && (1...9).contains(memoryLevel)
      && byteCountMin >= 0
  }
}
