import Logging

/// What the transport tells its operator, one event a line, always with the connection's id.
///
/// Connections are told of at `debug`: who came, whether it was upgraded, how it ended. What presses
/// on the whole server is told at `notice`, at most once a second. Nothing is told of a message, and
/// nothing that a peer wrote but its method and path.
struct TransportLog: Sendable {
  private let log: Logger
  /// Whether anybody reads of single connections; asked before anything is put together.
  private let tellsConnections: Bool

  init(_ log: Logger) {
    self.log = log
    tellsConnections = log.logLevel <= .debug
  }

  /// A connection was taken in; the one line that names its peer.
  func accepted(_ id: ConnectionID, _ peer: PeerAddress, isRefused: Bool) {
    guard tellsConnections else { return }
    log.debug(
      isRefused ? "refused connection" : "accepted",
      metadata: [
        "connection": "\(id)", "peer": "\(peer)", "listener": "\(peer.listener)",
      ])
  }

  /// A handshake is complete.
  func upgraded(_ id: ConnectionID, path: @autoclosure () -> String) {
    guard tellsConnections else { return }
    log.debug("upgraded", metadata: ["connection": "\(id)", "path": "\(path())"])
  }

  /// A request or a handshake was answered with an error of the transport's own.
  func refused(_ id: ConnectionID, status: Int, why: @autoclosure () -> String) {
    guard tellsConnections else { return }
    log.debug(
      "refused request",
      metadata: ["connection": "\(id)", "status": "\(status)", "why": "\(why())"])
  }

  /// A WebSocket connection has ended; `code` is nil where it broke.
  func closed(_ id: ConnectionID, code: UInt16?, cause: @autoclosure () -> String) {
    guard tellsConnections else { return }
    log.debug(
      "closed",
      metadata: [
        "connection": "\(id)", "code": "\(code.map { "\($0)" } ?? "none")", "cause": "\(cause())",
      ])
  }

  /// A connection ran into a time limit.
  func timedOut(_ id: ConnectionID, _ limit: StaticString) {
    guard tellsConnections else { return }
    log.debug("timed out", metadata: ["connection": "\(id)", "limit": "\(limit)"])
  }

  /// Something about a connection that has no line of its own.
  func note(_ id: ConnectionID, _ message: StaticString, why: @autoclosure () -> String) {
    guard tellsConnections else { return }
    log.debug("\(message)", metadata: ["connection": "\(id)", "why": "\(why())"])
  }

  /// Connections were turned away since the last such line.
  func shedding(count: Int) {
    log.notice("turning connections away", metadata: ["count": "\(count)"])
  }

  /// Accepting rests.
  func resting(errno: Int32) {
    log.notice("accepting rests", metadata: ["errno": "\(errno)"])
  }

  /// The shard begins to send everybody away.
  func draining(shard: Int, connectionCount: Int) {
    log.info("draining", metadata: ["shard": "\(shard)", "connections": "\(connectionCount)"])
  }
}

extension Logger {
  /// A logger that tells nobody anything.
  static var silent: Logger { Logger(label: "silent") { _ in SwiftLogNoOpLogHandler() } }
}
