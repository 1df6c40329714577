/// How much a store takes on at once.
public struct StoreLimits: Hashable, Sendable {
  /// The most commits that wait for the disk.
  ///
  /// Default 16,384: at one disk flush of 5 ms for each group of 1,024 that is 80 ms of waiting.
  public var queuedCommitCountMax = 16_384

  /// The most bytes that wait for the disk.
  ///
  /// Default 64 MiB, so that a stuck disk can't eat the memory.
  public var queuedByteCountMax = 64 << 20

  /// The most commits in one transaction.
  ///
  /// Default 1,024, so that the first of a burst isn't held up by its last.
  public var groupCommitCountMax = 1_024

  /// The most questions that wait for a reader.
  ///
  /// Default 4,096: at 0.1 ms each that is 0.4 s of waiting.
  public var queuedReadCountMax = 4_096

  /// The most bytes of one payload: a journal entry, a room's setup, a player's extra.
  ///
  /// Default 1 MiB; a duel's setup is below 100 KB.
  public var payloadByteCountMax = 1 << 20

  /// The most records of one list.
  ///
  /// Default 1,000, so that no question keeps a reader for long.
  public var pageCountMax = 1_000

  /// What `overloaded` tells its caller to wait.
  ///
  /// Default 0.5 s: a full queue is written in a fifth of that.
  public var retryAfter: Duration = .milliseconds(500)

  /// The defaults.
  public init() {}

  /// How many records a list that was asked for with `limit` may have.
  public func pageCount(_ limit: Int) -> Int { min(max(0, limit), pageCountMax) }
}
