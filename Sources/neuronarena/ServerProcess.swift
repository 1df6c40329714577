import ArenaServer
import DispatchTransport
import Glibc
import Interpretation
import Logging
import SQLiteStorage

/// A server from its start to its end: loads everything, serves until it is asked to stop, drains.
///
/// It is no part of `ServeCommand`, since what is made in a command's own file belongs to the main
/// actor, and signal handlers run on a queue.
struct ServerProcess {
  private let command: ServeCommand

  /// A server as the command line asks for.
  init(_ command: ServeCommand) { self.command = command }

  /// Serves until SIGTERM or SIGINT.
  ///
  /// - Throws: Whatever keeps it from starting whole: it never serves half.
  func run() async throws {
    let signals = StopSignals()
    LoggingSystem.bootstrap(StreamLogHandler.standardError)
    let log = Logger(label: "neuronarena")
    var configuration = try command.serverConfiguration()
    var listeners = [Listener(host: command.host, port: command.port)]
    if let address = command.metrics {
      configuration.metricsListener = listeners.count
      listeners.append(Listener(address, isExempt: true))
    }
    let campaign = try command.loadCampaign()
    let store = try command.data.open(.server)
    let models = try command.models.load(niceValue: configuration.engineNice)
    let server = try ArenaServer(
      configuration: configuration, campaign: campaign,
      scorer: GenWindowScorer(campaign: campaign, models: models),
      probe: ModelProbe(campaign: campaign, models: models),
      comparator: MeaningComparator(embedder: models.embedder), store: store, log: log)
    let transport = DispatchTransport(
      configuration: TransportConfiguration(
        listeners: listeners, shardCount: command.shards)
    ) { server.makeHandler($0) }
    server.measureTransport { transport.countersByShard() }
    let ports: [UInt16]
    do throws(TransportError) {
      ports = try transport.start()
    } catch {
      throw StartFailure(host: command.host, port: command.port, error: error)
    }
    let port = ports.first ?? command.port
    try await server.open()
    // Unbuffered, since whoever started the server may read it through a pipe.
    let line = "Open http://\(command.host):\(port)/\n"
    _ = line.withCString { write(STDOUT_FILENO, $0, strlen($0)) }
    await signals.first()
    log.info("stopping: players are told to come back in a moment")
    server.stopAccepting()
    await withCheckedContinuation { continuation in
      transport.drain { continuation.resume() }
    }
    await server.close()
  }

}

/// Why the server can't listen, with the way out.
struct StartFailure: Error, CustomStringConvertible {
  let host: String
  let port: UInt16
  let error: TransportError

  var description: String {
    "\(host):\(port) can't be listened on (\(error)): choose another port with --port."
  }
}
