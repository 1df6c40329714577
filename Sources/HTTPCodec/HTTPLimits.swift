/// How much one request may take.
public struct HTTPLimits: Sendable, Hashable {
  /// The most bytes of the request line, without its end; above it the answer is 414.
  ///
  /// Default 4,096: the longest path of ours is a private link of some eighty bytes; the rest is
  /// room for what people append to links.
  public var requestLineByteCountMax: Int

  /// The most bytes of the request line and all fields; above it the answer is 431.
  ///
  /// Default 16,384: a browser sends one kilobyte or two, but cookies know no port, so on
  /// `localhost` those of other programs come along.
  public var headByteCountMax: Int

  /// The most fields; above it the answer is 431.
  ///
  /// Default 100: a browser behind two proxies sends about thirty; each costs us a comparison with
  /// every name that we look for.
  public var fieldCountMax: Int

  /// The most bytes of a body; above it the answer is 413.
  ///
  /// Default 8,192: bodies are small JSON objects; everything else goes through the WebSocket.
  public var bodyByteCountMax: Int

  /// Makes limits; each has the default that its documentation gives.
  public init(
    requestLineByteCountMax: Int = 4_096, headByteCountMax: Int = 16_384,
    fieldCountMax: Int = 100, bodyByteCountMax: Int = 8_192
  ) {
    self.requestLineByteCountMax = requestLineByteCountMax
    self.headByteCountMax = headByteCountMax
    self.fieldCountMax = fieldCountMax
    self.bodyByteCountMax = bodyByteCountMax
  }

  /// The most bytes that a parser can ask its caller to keep: a head and a body.
  public var requestByteCountMax: Int { headByteCountMax + bodyByteCountMax }
}
