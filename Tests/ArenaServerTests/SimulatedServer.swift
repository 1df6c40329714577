import ArenaProtocol
import ArenaServer
import ArenaStorage
import ArenaTestSupport
import ArenaTypes
import Dispatch
import DispatchTransport
import Interpretation
import Logging

/// A whole server without sockets, on a clock that is turned by hand.
final class SimulatedServer {
  /// 2026-11-24 23:10 UTC.
  static let start = Timestamp(millisecondsSinceEpoch: 1_795_561_800_000)

  let clock = ManualScheduler(now: start)
  let store: any DurableStore
  let server: ArenaServer
  private(set) var transport: SimulatedTransport

  /// The client's folder of the repository that this file stands in.
  static var clientFolder: String {
    let components = #filePath.split(separator: "/").dropLast(3)
    return "/" + components.joined(separator: "/") + "/client-js"
  }

  init(
    store: any DurableStore = InMemoryStore(), scorer: any Scorer = ScriptedScorer(),
    settler: (any Scorer)? = nil, probe: any ActivationProbe = ScriptedProbe(),
    suspicion: (any TextSuspicion)? = nil, embedder: (any SentenceEmbedder)? = nil,
    campaign: Campaign = ScriptedCampaign.make(unitCount: 40), others: [OpenCampaign] = [],
    configure: (inout ServerConfiguration) -> Void = { _ in }
  ) async throws {
    var configuration = ServerConfiguration(clientFolder: Self.clientFolder)
    configuration.contests = [.hourlyRace]
    configure(&configuration)
    let server = try ArenaServer(
      configuration: configuration,
      campaigns: [
        OpenCampaign(
          campaign, isPractice: false, scorer: scorer, settler: settler, probe: probe)
      ] + others, comparator: ScriptedComparator(), suspicion: suspicion, embedder: embedder,
      store: store,
      log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    self.server = server
    self.store = store
    transport = SimulatedTransport(shardCount: 3, scheduler: clock) { server.makeHandler($0) }
    try await server.open()
    settle()
  }

  /// Closes the server, and takes what its engine said meanwhile off the shards, which would keep it.
  deinit {
    let server = server
    nonisolated(unsafe) let transport = transport
    Task {
      await server.close()
      transport.pump()
    }
  }

  /// Lets everything happen that needs no time, the store's answers included.
  func settle() {
    // A commit may beget another one; a player's command begets four at most.
    let store: any DurableStore = (store as? HeldStore)?.wrapped ?? store
    for _ in 0..<6 {
      transport.pump()
      let done = DispatchSemaphore(value: 0)
      store.commit([]) { _ in done.signal() }
      store.read { _ in
      } completion: { _ in
        done.signal()
      }
      for _ in 0..<2 { _ = done.wait(timeout: .now() + .seconds(10)) }
    }
    transport.pump()
  }

  /// Turns the clock in steps, so that each timer's commits are on disk before the next timer.
  func advance(by duration: Duration) {
    let target = clock.now + duration
    settle()
    while let next = clock.nextDeadline, next <= target {
      transport.advance(by: max(.zero, next - clock.now))
      settle()
    }
    transport.advance(by: target - clock.now)
    settle()
  }

  /// Opens a connection and says hello as a guest, or as the player of `identity`.
  func join(
    _ name: String? = nil, as identity: PlayerClient? = nil, prefix: String = "c",
    from peer: PeerAddress? = nil
  ) throws -> PlayerClient {
    let player = try connect(prefix: prefix, from: peer)
    try player.sayHello(name: name, as: identity)
    try player.follow(.me)
    return player
  }

  /// Opens a connection that says nothing yet.
  func connect(prefix: String = "c", from peer: PeerAddress? = nil) throws -> PlayerClient {
    let request = SimulatedRequest.upgrade(
      target: "/v1/socket", subprotocols: ["neuronarena.v1.json"])
    guard let client = transport.connect(request, peer: peer).client else {
      throw TestClientError.ended
    }
    return try PlayerClient(SimulatedPipe(client, of: self), prefix: prefix)
  }
}

/// A simulated connection as a player's client uses it.
final class SimulatedPipe: MessagePipe {
  let client: SimulatedClient
  private unowned let server: SimulatedServer
  private var texts: [String] = []

  init(_ client: SimulatedClient, of server: SimulatedServer) {
    self.client = client
    self.server = server
  }

  func send(text: String) { client.deliver(text: text) }

  /// The next message; what is on its way from the store or the engine is waited for, but the clock
  /// stands.
  func receiveText() throws -> String {
    let deadline = ContinuousClock.now + .seconds(5)
    while ContinuousClock.now < deadline {
      texts += client.takeTexts()
      if !texts.isEmpty { return texts.removeFirst() }
      server.settle()
    }
    throw TestClientError.tooLate
  }

  /// Takes what has arrived, without waiting.
  func takeArrived() -> [String] {
    defer { texts = [] }
    return texts + client.takeTexts()
  }
}

extension PlayerClient {
  /// The simulated connection below.
  var pipeEnd: SimulatedClient? { (pipe as? SimulatedPipe)?.client }
}
