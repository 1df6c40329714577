public import ArenaProtocol
public import ArenaTypes

/// What carries a player's text messages to a server and back: a socket or a simulated one.
public protocol MessagePipe: AnyObject {
  /// Sends a text message.
  func send(text: String) throws
  /// The next text message; throws where none comes within the time that a test allows.
  func receiveText() throws -> String
}

extension WebSocketTestClient: MessagePipe {}

/// Why a player's client gave up; each fails its test.
public enum PlayerClientError: Error, CustomStringConvertible {
  /// The server sent what its own schemas forbid.
  case schemaViolation([SchemaViolation], frame: String)
  /// The server sent what is no frame.
  case noFrame(String)
  /// A command was refused that should have been done.
  case refused(ErrorCode?, frame: String)
  /// A command was done that should have been refused.
  case notRefused(frame: String)
  /// So many frames came, and none that was awaited; carries the types of the last ones.
  case notAmong([String], awaited: String)
  /// A field that the test needs isn't there.
  case missing(String, frame: String)

  /// What happened.
  public var description: String {
    switch self {
    case .schemaViolation(let violations, let frame): "\(violations) in \(frame)"
    case .noFrame(let text): "no frame: \(text)"
    case .refused(let code, let frame): "refused with \(code?.rawValue ?? "?"): \(frame)"
    case .notRefused(let frame): "not refused: \(frame)"
    case .notAmong(let types, let awaited): "\(awaited) is not among \(types)"
    case .missing(let name, let frame): "\(name) is missing in \(frame)"
    }
  }
}

/// A player in a test: sends commands, awaits answers and events, and holds every frame that the
/// server sends against the schemas of `protocol/`.
public final class PlayerClient {
  /// The most frames that one wait passes over.
  public static let framesPassedOverMax = 2_000

  /// The connection.
  public let pipe: any MessagePipe
  /// Everything that was received, in order.
  public private(set) var received: [String] = []
  /// The player, once the server has said who it is.
  public private(set) var player = PlayerID(rawValue: "")
  /// The secret with which to come back.
  public private(set) var secret = ""
  /// What a test does to each frame before it is looked at.
  public var alter: (String) -> String = { $0 }
  private var unread: [ServerFrame] = []
  private let schemas: SchemaSet
  private var commandCount = 0
  private let prefix: String

  /// A client on an open connection.
  ///
  /// - Parameter prefix: What the names of its commands begin with; two connections of one player
  ///   need different ones.
  public init(_ pipe: any MessagePipe, prefix: String = "c") throws {
    self.pipe = pipe
    self.prefix = prefix
    schemas = try SchemaSet.load()
  }

  // MARK: Frames

  private func receive() throws -> ServerFrame {
    let text = alter(try pipe.receiveText())
    received.append(text)
    let violations = schemas.validate(frame: text)
    guard violations.isEmpty else {
      throw PlayerClientError.schemaViolation(violations, frame: text)
    }
    guard let frame = try ServerFrame(decoding: Array(text.utf8)) else {
      throw PlayerClientError.noFrame(text)
    }
    return frame
  }

  /// The next frame that fits, whether it has come already or comes now; others stay for later.
  public func next(
    _ awaited: String, where fits: (ServerFrame) -> Bool
  ) throws -> ServerFrame {
    if let position = unread.firstIndex(where: fits) { return unread.remove(at: position) }
    for _ in 0..<Self.framesPassedOverMax {
      let frame: ServerFrame
      do {
        frame = try receive()
      } catch TestClientError.tooLate {
        throw PlayerClientError.notAmong(unread.suffix(40).map(\.type), awaited: awaited)
      }
      if fits(frame) { return frame }
      unread.append(frame)
    }
    throw PlayerClientError.notAmong(unread.suffix(40).map(\.type), awaited: awaited)
  }

  /// The next event of a type that fits.
  @discardableResult
  public func event(
    _ type: String, where fits: (JSONValue) -> Bool = { _ in true }
  ) throws -> ServerFrame {
    try next(type) { $0.type == type && fits($0.data) }
  }

  /// Whether an event of the type has come and nobody has asked for it.
  public func hasUnread(_ type: String) -> Bool { unread.contains { $0.type == type } }

  /// Forgets what has come and was not asked for.
  public func forgetUnread() { unread = [] }

  // MARK: Commands

  /// Sends a command and returns its name.
  @discardableResult
  public func send(_ command: ClientCommand, id: String? = nil) throws -> String {
    commandCount += 1
    let name = id ?? "\(prefix)\(commandCount)"
    guard let commandID = Wire.CommandID(rawValue: name) else {
      throw PlayerClientError.missing("command id", frame: name)
    }
    let bytes = Envelope.command(command, id: commandID)
    try pipe.send(text: String(decoding: bytes, as: UTF8.self))
    return name
  }

  /// The answer to the command called `name`.
  public func answer(to name: String) throws -> ServerFrame {
    try next("answer to \(name)") { $0.answered?.rawValue == name && $0.type != "part" }
  }

  /// The parts of the answer to a command that came before it, in order, and the answer.
  public func parts(of name: String) throws -> (parts: [JSONValue], answer: ServerFrame) {
    var parts: [JSONValue] = []
    while true {
      let frame = try next("part of \(name)") { $0.answered?.rawValue == name }
      guard frame.type == "part" else { return (parts, frame) }
      parts.append(frame.data)
    }
  }

  /// Sends a command that the server does, and returns the content of its answer.
  @discardableResult
  public func ask(_ command: ClientCommand, id: String? = nil) throws -> JSONValue {
    let frame = try answer(to: try send(command, id: id))
    guard frame.type == "ok" else {
      throw PlayerClientError.refused(frame.errorCode, frame: received.last ?? "")
    }
    return frame.data
  }

  /// Sends a command that the server refuses, and returns why.
  public func refusal(_ command: ClientCommand, id: String? = nil) throws -> ErrorCode {
    let frame = try answer(to: try send(command, id: id))
    guard let code = frame.errorCode else {
      throw PlayerClientError.notRefused(frame: received.last ?? "")
    }
    return code
  }

  /// Says hello: as a guest, or as the player of `identity`.
  @discardableResult
  public func sayHello(
    name: String? = nil, as identity: PlayerClient? = nil
  ) throws -> JSONValue {
    let credentials = identity.map {
      ClientCommand.Credentials(id: $0.player, secret: $0.secret)
    }
    let data = try ask(
      .hello(
        .init(
          protocolName: "neuronarena.v1", client: "tests/1", player: credentials, name: name)))
    player = PlayerID(rawValue: try data.text("player", "id"))
    secret = data["secret"]?.string ?? identity?.secret ?? ""
    return data
  }

  /// Follows a topic, from where the client was if it says so.
  @discardableResult
  public func follow(
    _ topic: Topic, epoch: String? = nil, offset: Int? = nil
  ) throws -> JSONValue {
    try ask(.subscribe(.init(topic: topic, epoch: epoch, offset: offset)))
  }
}

extension JSONValue {
  /// The value at a path of keys.
  ///
  /// - Throws: `PlayerClientError.missing` where there is none.
  public func at(_ path: String...) throws -> JSONValue { try at(path) }

  private func at(_ path: [String]) throws -> JSONValue {
    var value = self
    for key in path {
      let found = Int(key).flatMap { value[$0] } ?? value[key]
      guard let found else {
        throw PlayerClientError.missing(path.joined(separator: "/"), frame: "\(self)")
      }
      value = found
    }
    return value
  }

  /// The text at a path of keys.
  public func text(_ path: String...) throws -> String {
    guard let text = try at(path).string else {
      throw PlayerClientError.missing(path.joined(separator: "/"), frame: "\(self)")
    }
    return text
  }

  /// The whole number at a path of keys.
  public func count(_ path: String...) throws -> Int {
    guard let number = try at(path).integer else {
      throw PlayerClientError.missing(path.joined(separator: "/"), frame: "\(self)")
    }
    return Int(number)
  }
}
