import ArgumentParser
import Glibc

/// `neuronarena bench serve`: the transport of `serve` with all its checks, and three paths for any
/// client to load.
struct BenchServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Serve WebSockets to be loaded, until SIGTERM or SIGINT.",
    discussion: """
      /echo answers each message with itself, text or binary. Each message to /pub goes to every
      connection of /sub, and none is lost; /pub/latest replaces what a subscriber has not taken yet.
      Prints "port N" as soon as it listens.
      """)

  @Option(help: "The port; 0 lets the kernel choose.")
  var port: UInt16 = 0

  @Option(help: "The numeric address to listen on.")
  var host = "127.0.0.1"

  @Option(help: "How many shards; 0 is one a processor.")
  var shards = 0

  @Option(help: "The most bytes of a message.")
  var messageBytes = 16 << 20

  @Option(help: "The most connections; by default as many as there may be descriptors.")
  var connections: Int?

  @Flag(help: "Speak TLS, with a certificate made for the occasion unless one is named.")
  var tls = false

  @Option(help: "The file of the certificate to speak TLS with.")
  var tlsCertificate: String?

  @Option(help: "The file of its key; by default that of the certificate.")
  var tlsKey: String?

  @Flag(help: "Agree on permessage-deflate with clients who offer it.")
  var deflate = false

  @Flag(
    help: """
      Serve until standard input ends, not until a signal, and print counters for each line of it.
      """)
  var untilInputEnds = false

  @Flag(help: "Be a raw epoll loop in C instead, which echoes bytes without understanding them.")
  var raw = false

  func validate() throws {
    if !(0...64).contains(shards) { throw ValidationError("--shards takes a number up to 64.") }
    if !(1...(1 << 30)).contains(messageBytes) {
      throw ValidationError("--message-bytes takes a number from 1 to \(1 << 30).")
    }
  }

  func run() async throws {
    if raw {
      try BenchRawServer(host: host, port: port, untilInputEnds: untilInputEnds).run()
    } else {
      try await BenchServerProcess(self).run()
    }
  }
}

/// What a bench's server says first, on standard output, for whoever started it.
func announce(port: UInt16) {
  // Unbuffered, since it is mostly read through a pipe.
  let line = "port \(port)\n"
  _ = line.withCString { write(STDOUT_FILENO, $0, strlen($0)) }
}
