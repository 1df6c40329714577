public import HTTPCodec
public import WebSocketCodec

/// What a server does with the connections of one shard.
///
/// Every method is called on the shard's queue, and may call the shard. Buffers are valid during the
/// call only. A shard never calls its handler inside a call that the handler makes.
public protocol ShardHandler: AnyObject {
  /// The upgrade of `request` has been answered with 101; messages may be sent and will come.
  func connectionOpened(_ id: ConnectionID, request: RequestHead, peer: PeerAddress)

  /// A whole text message has arrived; it is valid UTF-8.
  func messageReceived(_ id: ConnectionID, text: UnsafeRawBufferPointer)

  /// A whole binary message has arrived.
  ///
  /// - Returns: Whether it is welcome; if not, the connection is closed with 1003.
  func messageReceived(_ id: ConnectionID, binary: UnsafeRawBufferPointer) -> Bool

  /// The connection has ended; called exactly once for each that was opened.
  ///
  /// - Parameter code: The close code: the peer's if it closed first, else ours; nil where the
  ///   connection broke without a close frame.
  func connectionClosed(_ id: ConnectionID, code: CloseCode?)

  /// Answers a plain HTTP request, at once and from memory.
  func respond(to request: RequestHead, body: UnsafeRawBufferPointer, peer: PeerAddress)
    -> HTTPReply

  /// Decides about a well-formed WebSocket handshake by its path, host, origin and subprotocols.
  func acceptsUpgrade(_ request: RequestHead, peer: PeerAddress) -> UpgradeDecision
}

extension ShardHandler {
  /// Binary messages are not welcome.
  public func messageReceived(_ id: ConnectionID, binary: UnsafeRawBufferPointer) -> Bool { false }
}

/// What becomes of a WebSocket handshake.
public enum UpgradeDecision: Sendable {
  /// The connection is upgraded, with one of the subprotocols that the client offered, or none.
  case accept(subprotocol: String?)
  /// The request is answered as plain HTTP, and the connection closed.
  case refuse(HTTPReply)
}
