public import ArenaTypes
public import WebSocketCodec

/// What one shard offers to the code that runs on it.
///
/// A shard is a serial queue with its own connections and timers. All but ``index`` and ``post(_:)``
/// may be called on that queue only, where the handler's methods, timers and posted work run; a call
/// from elsewhere stops the process. No call here calls the handler back before it returns. Ids of
/// connections that are closed, closing or of another shard are ignored.
public protocol TransportShard: AnyObject, Sendable {
  /// The shard's place among its transport's shards, from 0.
  var index: Int { get }

  /// The shard's clock and timers. The clock stands still within one turn of the shard.
  var scheduler: any Scheduler { get }

  /// Runs `work` on the shard, after all that was posted before and never inside this call. From any
  /// thread. Work that is posted after the transport has ended is dropped.
  func post(_ work: @escaping @Sendable () -> Void)

  /// Stops the process unless the caller runs on this shard.
  ///
  /// A simulated shard runs wherever it is driven, and has nothing to check.
  func preconditionIsCurrent()

  /// Puts `frame` on the connection's lossless lane.
  ///
  /// The lane is bounded by `TransportLimits.losslessByteCountMax`; a frame that passes it closes the
  /// connection with 4008 `slow_consumer`, and the client may resume.
  func send(_ frame: SharedFrame, to connection: ConnectionID)

  /// Puts a text message on the connection's lossless lane, without an object for a frame that
  /// nobody else gets. `text` is UTF-8 and is copied.
  ///
  /// - Parameter isCompressible: false for what carries a secret, see ``SharedFrame``.
  func send(text: UnsafeRawBufferPointer, to connection: ConnectionID, isCompressible: Bool)

  /// Puts a binary message on the connection's lossless lane, as ``send(text:to:)`` does a text.
  func send(binary: UnsafeRawBufferPointer, to connection: ConnectionID)

  /// Puts `frame` on the connection's latest-wins lane.
  ///
  /// At most one frame of a channel waits: one that still does is replaced by the new one's snapshot.
  /// Between the lanes, and between channels, the order of first putting holds.
  func sendLatest(_ frame: LatestFrame, channel: UInt32, to connection: ConnectionID)

  /// Sends a close frame behind all that waits, awaits the peer's, and closes the socket.
  ///
  /// - Precondition: `code.isSendable`.
  func close(_ connection: ConnectionID, code: CloseCode, reason: String)

  /// How many bytes of the connection the kernel has not taken yet.
  func pendingByteCount(of connection: ConnectionID) -> Int
}

extension TransportShard {
  /// Puts a text message that carries no secret on the connection's lossless lane.
  public func send(text: UnsafeRawBufferPointer, to connection: ConnectionID) {
    send(text: text, to: connection, isCompressible: true)
  }
}
