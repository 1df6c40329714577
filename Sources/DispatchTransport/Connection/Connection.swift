import HTTPCodec
import WebSocketCodec

/// One connection's state, a struct in its shard's slab.
///
/// An idle WebSocket connection owns nothing outside of this struct: buffers exist only while a
/// frame is cut off, a message is in pieces or bytes are unsent.
///
/// ```
///   accept ──▶ http ──101──▶ open ──close() or peer's close──▶ closing ──▶ lingering ──▶ doomed ──▶ free
///               │  ▲                                                          ▲            ▲
///               │  └─ next request                                            │            │
///               └────────── last response ────────────────────────────────────┘            │
///                     end of stream, error, timeout, from each of them ────────────────────┘
/// ```
struct Connection {
  /// Where a connection is in its life.
  enum Phase: UInt8 {
    /// The slot is not in use.
    case free
    /// Requests come in, responses go out.
    case http
    /// Messages come in and go out.
    case open
    /// Our close frame is on its way; the peer's is awaited, all else is dropped.
    case closing
    /// The last bytes go out; then our side is shut, and input is dropped until the peer's end. To
    /// close at once would make the kernel send a reset, which can destroy those last bytes.
    case lingering
    /// The socket is closed at the end of this turn.
    case doomed
  }

  /// What is true of a connection besides its phase.
  struct Flags: OptionSet {
    let rawValue: UInt32
    /// It stands in the list of connections to flush.
    static let isDirty = Flags(rawValue: 1 << 0)
    /// The frame in `single` belongs to the latest-wins lane.
    static let singleIsLatest = Flags(rawValue: 1 << 1)
    /// Epoll watches for room in the send buffer.
    static let watchesOutput = Flags(rawValue: 1 << 2)
    /// Epoll does not watch for input.
    static let ignoresInput = Flags(rawValue: 1 << 3)
    /// The handler has been told that it is open, and not yet that it has ended.
    static let isKnownToHandler = Flags(rawValue: 1 << 4)
    /// A ping has gone out and nothing has come since.
    static let isPinged = Flags(rawValue: 1 << 5)
    /// It is above a bound, and every request gets 503.
    static let isRefused = Flags(rawValue: 1 << 6)
    /// Our side of the socket is shut.
    static let isShut = Flags(rawValue: 1 << 7)
    /// Input waits for the response before it to be sent.
    static let isPipelining = Flags(rawValue: 1 << 8)
    /// The peer has shut its side; what it asked for is still answered.
    static let hasEnded = Flags(rawValue: 1 << 9)
    /// It has had its first request.
    static let hasAsked = Flags(rawValue: 1 << 10)
    /// The peer's close frame has arrived.
    static let peerHasClosed = Flags(rawValue: 1 << 11)
    /// The pong of our last ping has not come.
    static let awaitsPong = Flags(rawValue: 1 << 12)
    /// A trusted proxy has not said yet whom it speaks for.
    static let awaitsProxyHeader = Flags(rawValue: 1 << 16)
    /// It is counted among the connections of its peer's address.
    static let isCountedByAddress = Flags(rawValue: 1 << 17)
    /// It came by a listener that is outside of the bounds for peers.
    static let isExempt = Flags(rawValue: 1 << 18)
    /// It speaks TLS.
    static let isSecure = Flags(rawValue: 1 << 13)
    /// Sealed bytes wait in its TLS session.
    static let holdsSealed = Flags(rawValue: 1 << 14)
  }

  var descriptor: Int32
  let generation: UInt32
  var phase: Phase
  var flags: Flags = []
  /// When bytes came last, in the shard's milliseconds.
  var lastReceived: UInt32
  /// When the phase, or the message under way, must be over; 0 for never.
  var deadline: UInt32
  /// When the sweep first saw that the peer takes no more bytes; 0 while it takes them.
  var stalledSince: UInt32 = 0
  /// The channel of the frame in `single`, if that belongs to the latest-wins lane.
  var singleChannel: UInt32 = 0
  /// The one frame that waits, as long as it is one and nothing of it is sent.
  var single: SharedFrame?
  /// All that waits, otherwise.
  var outgoing: OutgoingLanes?
  /// How far the request under way has been read, if its bytes did not come at once.
  var request: RequestUnderWay?
  /// What has been received and not been used: a part of a request, requests that wait for the
  /// response before, or the start of a frame.
  ///
  /// Empty most of the time.
  var rest: [UInt8] = []
  var receiver = MessageReceiver(endpoint: .server)
  /// The state of its TLS, once the first bytes have come.
  var tls: TLSSession?
  var peer: PeerAddress
  /// What messages are compressed with where that is agreed; without context it is the shard's.
  var deflate: DeflateContext?

  /// A connection that has just been accepted.
  init(descriptor: Int32, generation: UInt32, peer: PeerAddress, now: UInt32, deadline: UInt32) {
    self.descriptor = descriptor
    self.generation = generation
    self.peer = peer
    phase = .http
    lastReceived = now
    self.deadline = deadline
  }

  /// What lies in a free slot.
  init(freeWithGeneration generation: UInt32, peer: PeerAddress) {
    self.init(descriptor: -1, generation: generation, peer: peer, now: 0, deadline: 0)
    phase = .free
  }

  var hasUnsent: Bool {
    single != nil || outgoing != nil || flags.contains(.holdsSealed)
  }
}

/// How far a request that did not come at once has been read.
///
/// A parser is larger than all the rest of a connection, so it lies outside and for moments only.
final class RequestUnderWay {
  var parser: RequestParser
  init(_ parser: RequestParser) { self.parser = parser }
}
