import ArenaCrypto
import ArenaProtocol
import ArenaStorage
import ArenaTypes
import ArgumentParser
import CLinux
import FoundationEssentials
import Glibc
import HTTPCodec
import SQLiteStorage
import WebSocketCodec

/// A moderator's connection to the server that runs beside, as the commands of `admin` use it.
///
/// Whoever can write the database may moderate: the command makes itself a token of a minute there. It
/// is blocking, and used by one thread.
final class AdminConnection {
  private let descriptor: Int32
  private var receiver = MessageReceiver(endpoint: .client)
  private var unread: [UInt8] = []
  private var frames: [String] = []
  private var commandCount = 0
  private let run: String

  /// Connects to the server at `port` of this machine, and logs in with a token made in `data`.
  ///
  /// - Throws: What to do where there is no server or it refuses.
  static func open(_ server: AdminServer, _ data: DataFolder) async throws -> AdminConnection {
    let token = "nam_" + Base64.encode(try secureRandomBytes(24), .url)
    let now = Timestamp.systemNow
    let store = try data.open(.tool)
    let label = "admin" + (environment("USER").map { " (\($0.prefix(20)))" } ?? "")
    let record = ModeratorTokenRecord(
      id: "t_" + Hex.encode(try secureRandomBytes(4)), hash: try SHA256.hash(Array(token.utf8)),
      label: label, role: .moderator, createdAt: now, expiresAt: now + .seconds(60))
    try await store.commit([.putModeratorToken(record)])
    await store.close()
    let connection = try AdminConnection(server)
    try connection.sayHello(data)
    _ = try connection.ask(.moderateLogin(.init(token: token)))
    return connection
  }

  private init(_ server: AdminServer) throws {
    run = Hex.encode(try secureRandomBytes(6))
    var address = ca_address()
    guard ca_address_parse(server.host, server.port, &address) == 0 else {
      throw ValidationError("--server takes a numeric address and a port, such as 127.0.0.1:8080.")
    }
    descriptor = ca_connect(&address, nil)
    guard descriptor >= 0 else {
      throw ValidationError(
        "No server answers at \(server): start one, or name its plain listener on this machine "
          + "with --server (a server with TLS alone gets one by --listen 127.0.0.1:8081).")
    }
    try shakeHands(server)
  }

  deinit { close(descriptor) }

  private func shakeHands(_ server: AdminServer) throws {
    let handshake = try ClientHandshake(
      host: "\(server)", target: "/v1/socket",
      key: Base64.encode(try secureRandomBytes(16)), subprotocols: ["neuronarena.v1.json"])
    try send(handshake.requestBytes)
    while true {
      try receive()
      let answer = try unread.withUnsafeBytes { bytes in
        try handshake.answer(in: bytes) { Base64.encode(try SHA1.hash($0)) }
      }
      switch answer {
      case .incomplete: continue
      case .accepted(let byteCount, _, _): return unread.removeFirst(byteCount)
      case .refused(let status):
        throw ValidationError("\(server) refuses with status \(status): is it NeuronArena's?")
      case .malformed: throw ValidationError("\(server) doesn't speak HTTP: is it a TLS listener?")
      }
    }
  }

  /// Says hello as the operator's own player, which is kept in the data folder.
  private func sayHello(_ data: DataFolder) throws {
    let file = "\(data.path)/admin-identity"
    let kept = FileManager.default.contents(atPath: file).map {
      String(decoding: $0, as: UTF8.self)
    }
    let words = kept?.split(separator: " ").map(String.init) ?? []
    let known =
      words.count == 2
      ? ClientCommand.Credentials(id: PlayerID(rawValue: words[0]), secret: words[1]) : nil
    let hello = ClientCommand.Hello(
      protocolName: "neuronarena.v1", client: "admin/1", player: known, name: "Operator")
    let answer = try ask(.hello(hello))
    guard known == nil, let id = answer["player"]?["id"]?.string,
      let secret = answer["secret"]?.string
    else { return }
    _ = FileManager.default.createFile(
      atPath: file, contents: Data("\(id) \(secret)".utf8), attributes: [.posixPermissions: 0o600])
  }

  /// Sends a command and returns the content of its answer.
  ///
  /// - Throws: `AdminRefusal` with the server's reason.
  func ask(_ command: ClientCommand) throws -> JSONValue {
    commandCount += 1
    guard let id = Wire.CommandID(rawValue: "\(run)-\(commandCount)") else { return .null }
    try send(
      FrameEncoder.frame(
        .text, Envelope.command(command, id: id), maskingKey: MaskingKey(7, 3, 5, 1)))
    while true {
      guard let frame = try ServerFrame(decoding: Array(try next().utf8)) else { continue }
      guard frame.answered == id else { continue }
      guard frame.type == "ok" else {
        throw AdminRefusal(
          code: frame.errorCode, reason: frame.data["reason"]?.string ?? "The server refuses.")
      }
      return frame.data
    }
  }

  /// The next message, as its text.
  func next() throws -> String {
    while frames.isEmpty {
      try take()
      if frames.isEmpty { try receive() }
    }
    return frames.removeFirst()
  }

  private func take() throws {
    let limits = WebSocketLimits(messageByteCountMax: 64 << 20)
    var pings: [[UInt8]] = []
    var end: String?
    let restByteCount = unread.withUnsafeMutableBytes { buffer in
      var input = buffer
      while let event = receiver.next(&input, limits: limits, inflater: nil) {
        switch event {
        case .text(let text): frames.append(String(decoding: text, as: UTF8.self))
        case .ping(let payload): pings.append(Array(payload))
        case .binary, .pong: break
        case .close(_, let reason): end = String(decoding: reason, as: UTF8.self)
        case .violation(let broken): end = broken.reason
        }
      }
      return input.count
    }
    unread = unread.suffix(restByteCount)
    for payload in pings {
      try send(FrameEncoder.frame(.pong, payload, maskingKey: MaskingKey(7, 3, 5, 1)))
    }
    if let end, frames.isEmpty {
      throw ValidationError("The server has closed the connection: \(end).")
    }
  }

  private func receive() throws {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = recv(descriptor, &buffer, buffer.count, 0)
    guard count > 0 else { throw ValidationError("The server has closed the connection.") }
    unread += buffer[..<count]
  }

  private func send(_ bytes: [UInt8]) throws {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { throw ValidationError("The server has closed the connection.") }
      sent += count
    }
  }
}

/// Why the server does not do what an operator asks.
struct AdminRefusal: Error, CustomStringConvertible {
  let code: ErrorCode?
  let reason: String

  var description: String { "\(reason) (\(code?.rawValue ?? "error"))" }
}

/// Where the server is that `admin` speaks to.
struct AdminServer: CustomStringConvertible, ExpressibleByArgument {
  let host: String
  let port: UInt16

  /// Where `serve` listens by default.
  static let standard = AdminServer(host: "127.0.0.1", port: 8080)

  private init(host: String, port: UInt16) {
    self.host = host
    self.port = port
  }

  init?(argument: String) {
    guard let colon = argument.lastIndex(of: ":"),
      let port = UInt16(argument[argument.index(after: colon)...]), port > 0
    else { return nil }
    var host = String(argument[..<colon])
    if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
    self.host = host
    self.port = port
  }

  var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
