import ArenaProtocol
import ArenaTypes
import CLinux
import WebSocketCodec

/// One player of `bench duels`: what it has sent and what it waits for.
struct DuelBot {
  /// What a command that was sent is for.
  enum Purpose {
    case hello, followMe, invite, join, queue, followDuel, answer, other
  }

  /// The bot's socket.
  let descriptor: Int32
  /// Frames under way.
  var receiver = MessageReceiver(endpoint: .client)
  /// Bytes that begin a frame.
  var rest: [UInt8] = []
  /// The duel that is played.
  var duel: DuelID?
  /// The last round that was answered, from 1; 0 before the first.
  var answeredRound = 0
  /// Whether the bot waits for its first duel.
  var isReady = false
  private var commandCount = 0
  private var sent: [Wire.CommandID: (purpose: Purpose, at: Int64)] = [:]

  /// A bot on an open connection.
  init(descriptor: Int32) { self.descriptor = descriptor }

  /// Sends a command and remembers when and what for; the command's name.
  @discardableResult
  mutating func send(
    _ command: ClientCommand, for purpose: Purpose
  ) throws -> Wire.CommandID? {
    commandCount += 1
    guard let id = Wire.CommandID(rawValue: "c\(commandCount)") else { return nil }
    let frame = FrameEncoder.frame(
      .text, Envelope.command(command, id: id), maskingKey: MaskingKey(1, 2, 3, 4))
    sent[id] = (purpose, ca_monotonic_nanoseconds())
    let count = frame.withUnsafeBytes { ca_send(descriptor, $0.baseAddress, $0.count) }
    // Commands are far smaller than a socket's buffer.
    guard count == frame.count else { throw BenchError.serverEnded }
    return id
  }

  /// What the command was for that is answered, and when it was sent; each is told once.
  mutating func purpose(of id: Wire.CommandID) -> (purpose: Purpose, at: Int64)? {
    sent.removeValue(forKey: id)
  }
}
