import ArenaServer
import ArgumentParser
import DispatchTransport
import Glibc
import Interpretation
import Logging
import SQLiteStorage
import TransformerEngine

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
    let (level, format) = (command.logLevel, command.logFormat)
    LoggingSystem.bootstrap { LineLogHandler(label: $0, level: level, format: format) }
    let log = Logger(label: "neuronarena")
    let settings = try command.settings.resolve().settings
    var configuration = try command.serverConfiguration(settings)
    var listeners = command.listening.listeners
    let playerListenerCount = listeners.count
    let tls = try command.tls.secure(&listeners, &configuration)
    let isFromFiles = command.tls.tlsCertificate != nil
    let watch = isFromFiles ? tls.map { CertificateWatch($0, log: log) } : nil
    defer { withExtendedLifetime(watch) {} }
    if let address = command.metrics {
      configuration.metricsListener = listeners.count
      listeners.append(Listener(address, isExempt: true))
    }
    let campaigns = try command.loadCampaigns()
    let store = try command.data.open(.server)
    let loaded = try command.models.load(niceValue: configuration.engineNice)
    let queue = loaded.makeQueue(niceValue: configuration.engineNice)
    defer { queue.stop() }
    let models = loaded.served(by: queue)
    if models.judge == nil {
      log.notice("no trained judge is at hand (see --judge): the formula scores explanations alone")
    }
    let open = try campaigns.map {
      try self.open($0, models: models, niceValue: configuration.engineNice, log)
    }
    let server = try ArenaServer(
      configuration: configuration, campaigns: open,
      comparator: MeaningComparator(embedder: models.embedder),
      suspicion: try ExplicitMeaning(embedder: models.embedder), embedder: models.embedder,
      agreement: models.judge?.agreement, store: store, log: log)
    let transport = DispatchTransport(
      configuration: transportConfiguration(listeners, settings, log)
    ) { server.makeHandler($0) }
    // As an operator's SIGTERM does, once a drained server has nothing left to do.
    server.whenDrained { kill(getpid(), SIGTERM) }
    server.measureTransport { transport.countersByShard() }
    server.measureInference { queue.counters }
    let ports: [UInt16]
    do throws(TransportError) {
      ports = try transport.start()
    } catch {
      throw StartFailure(error: error)
    }
    try await server.open()
    server.prepareSearch()
    for (listener, port) in zip(listeners.prefix(playerListenerCount), ports) {
      announce(listener, port)
    }
    if let index = configuration.metricsListener, index < ports.count {
      let address = command.metrics.map { $0.bound(to: ports[index]) }
      log.info("metrics are shown", metadata: ["at": "\(address.map { "\($0)" } ?? "")"])
    }
    await signals.first()
    log.info("stopping: players are told to come back in a moment")
    server.stopAccepting()
    await withCheckedContinuation { continuation in
      transport.drain { continuation.resume() }
    }
    await server.close()
  }

  /// A campaign with what scores its texts.
  private func open(
    _ campaign: Campaign, models: InterpretationModels, niceValue: Int, _ log: Logger
  ) throws -> OpenCampaign {
    let scorerName = ScorerName.standard(for: models)
    let scorer = try scorerName.scorer(for: campaign, models: models)
    let settler = SettlingScorer(like: scorer, of: campaign) {
      campaign throws(InterpretationError) in
      try scorerName.scorer(for: campaign, models: models)
    }
    let isPractice = try command.isPractice(campaign)
    log.info(
      "a campaign is open",
      metadata: [
        "campaign": "\(campaign.info.id)", "rated": "\(!isPractice)", "scorer": "\(scorer.name)",
      ])
    return OpenCampaign(
      campaign, isPractice: isPractice, scorer: scorer, settler: settler,
      probe: try probe(of: campaign, models: models, niceValue: niceValue, log))
  }

  /// What fire rounds are run on; nothing where the model of the campaign's units, or a dictionary of
  /// theirs, is not at hand.
  ///
  /// - Throws: Where a dictionary is at hand that is not the campaign's.
  private func probe(
    of campaign: Campaign, models: InterpretationModels, niceValue: Int, _ log: Logger
  ) throws -> any ActivationProbe {
    let missing: String
    let subject = try command.source.load(threads: EngineThreads(niceValue: niceValue)) {
      models.subject
    }
    if campaign.info.modelDigest == subject.digest {
      do throws(InterpretationError) {
        return try ModelProbe(campaign: campaign, subject: subject)
      } catch .unknownUnit(let unit) {
        missing = "\(unit) (see --dictionary and --directions)"
      } catch {
        throw ValidationError("\(error)")
      }
    } else {
      missing = "\(campaign.info.model) (see --model)"
    }
    log.notice(
      "not at hand is \(missing): pick and write rounds are played, fire rounds are not")
    return AbsentProbe()
  }

  /// What the transport is told; it may use all the descriptors that the system grants.
  private func transportConfiguration(
    _ listeners: [Listener], _ settings: ArenaSettings, _ log: Logger
  ) -> TransportConfiguration {
    var configuration = settings.transportConfiguration(
      listeners: listeners, shardCount: command.shards)
    configuration.log = Logger(label: "neuronarena.transport")
    let granted = DescriptorLimit.raise()
    let needed = configuration.descriptorCountNeeded + Self.ownDescriptorCount
    if granted < needed {
      log.warning(
        """
        the system grants \(granted) descriptors, and \(configuration.limits.connectionCountMax) \
        connections may need \(needed): when they are used up, newcomers wait; raise the hard limit \
        (ulimit -Hn) or lower connection-count-max
        """)
    }
    return configuration
  }

  /// Standard streams, the database with its journal and readers, models: with room to spare.
  private static let ownDescriptorCount = 64

  /// Says where a listener is, unbuffered, since whoever started the server may read it through a pipe.
  private func announce(_ listener: Listener, _ port: UInt16) {
    let scheme = listener.tls == nil ? "http" : "https"
    let line =
      switch listener.address {
      case .tcp(let host, _):
        "Open \(scheme)://\(Listener.Address.tcp(host: host, port: port))/\n"
      case .unix: "Listening at \(listener.address)\n"
      }
    _ = line.withCString { write(STDOUT_FILENO, $0, strlen($0)) }
  }
}

/// Why the server can't listen, with the way out.
struct StartFailure: Error, CustomStringConvertible {
  let error: TransportError

  var description: String {
    switch error {
    case .addressInUse, .badAddress, .badSocketPath, .socketFileInUse, .system:
      "The server can't listen: \(error). Choose another place with --port, --host or --listen."
    default: "The server can't start: \(error)."
    }
  }
}
