import ArenaProtocol
import ArenaTypes

/// A client's text message: a command that means the same when written again, or a refusal that a
/// client can read.
enum CommandFuzz: FuzzTarget {
  static let name = "command"

  static func run(_ input: inout FuzzInput) throws(FuzzFinding) {
    switch decode(input.bytes) {
    case .success(let received):
      let written = Envelope.command(received.command, id: received.id)
      guard case .success(received) = decode(written) else {
        throw FuzzFinding("written again: \(String(decoding: written, as: UTF8.self))")
      }
    case .failure(let rejection):
      let frame = Envelope.refusal(
        rejection.refusal, to: rejection.id, at: Timestamp(millisecondsSinceEpoch: 0))
      let read = try? ServerFrame(decoding: frame)
      try hold(read?.errorCode == rejection.refusal.code, "a refusal that cannot be read")
    }
  }

  private static func decode(_ bytes: [UInt8]) -> Result<ReceivedCommand, CommandRejection> {
    do throws(CommandRejection) {
      return .success(try ReceivedCommand(decoding: bytes))
    } catch {
      return .failure(error)
    }
  }
}
