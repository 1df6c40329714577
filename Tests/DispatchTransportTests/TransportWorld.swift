import ArenaTestSupport
import ArenaTypes
import DispatchTransport
import HTTPCodec
import Logging
import Synchronization
import Testing
import WebSocketCodec

/// The real transport with scripted handlers on a free port, ended when the test is over.
final class RealWorld {
  let transport: DispatchTransport
  let log = EventLog()
  /// The ports of the listeners, in their order.
  let ports: [UInt16]
  /// The first listener's port.
  var port: UInt16 { ports[0] }

  init(
    _ listeners: [Listener] = [Listener(port: 0)], shardCount: Int = 1,
    limits: TransportLimits = TransportLimits(), page: [UInt8] = Array("hello".utf8),
    tls: TLSContext? = nil, deflate: DeflateConfiguration? = DeflateConfiguration(),
    logger: Logger? = nil
  ) throws {
    let log = log
    var configuration = TransportConfiguration(
      listeners: tls.map { [Listener(port: 0, tls: $0)] } ?? listeners, shardCount: shardCount,
      limits: limits)
    configuration.deflate = deflate
    if let logger { configuration.log = logger }
    transport = DispatchTransport(
      configuration: configuration
    ) { shard in
      let handler = ScriptedHandler(shard, log)
      handler.page = page
      return handler
    }
    ports = try transport.start()
  }

  deinit { transport.drain(within: .zero) {} }

  func connect(
    target: String = "/", source: String? = nil, deflate: DeflateConfiguration? = nil,
    receiveBufferByteCount: Int32? = nil, tls: TestTLS? = nil
  ) throws -> WebSocketTestClient {
    try WebSocketTestClient(
      port: port, target: target, source: source, deflate: deflate,
      receiveBufferByteCount: receiveBufferByteCount, tls: tls)
  }

  /// Sends one request on a new connection, with the fields and the bytes before it that are given;
  /// all that comes until the end.
  func ask(
    _ path: String = "/peer", port: UInt16? = nil, before: [UInt8] = [], fields: [String] = []
  ) throws -> String {
    let socket = try TestSocket(port: port ?? self.port)
    let lines = ["GET \(path) HTTP/1.1", "Host: a", "Connection: close"] + fields
    try socket.send(before + Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8))
    return String(decoding: try socket.receiveAll(), as: UTF8.self)
  }

  /// Waits until `condition` holds; false if it has not after many seconds.
  ///
  /// Between two looks it gives way to the other threads for a moment; how long that is decides
  /// nothing.
  func eventually(_ condition: () -> Bool) async -> Bool {
    for _ in 0..<10_000 {
      if condition() { return true }
      try? await Task.sleep(for: .milliseconds(2))
    }
    return condition()
  }

  func drain(within limit: Duration, spread: Duration = .seconds(5)) async {
    await withCheckedContinuation { done in
      transport.drain(within: limit, reconnectSpread: spread) { done.resume() }
    }
  }
}

/// A client of either transport, as far as the contract goes.
protocol ContractClient {
  func send(_ text: String) throws
  func sendBinary(_ bytes: [UInt8]) throws
  func nextText() throws -> String?
  func nextClose() throws -> CloseCode?
  func close() throws
}

extension WebSocketTestClient: ContractClient {
  func send(_ text: String) throws { try send(text: text) }
  func sendBinary(_ bytes: [UInt8]) throws { try send(.binary, bytes) }
  func nextText() throws -> String? { try receiveText() }
  func nextClose() throws -> CloseCode? { try receiveClose().code }
}

/// Gives a simulated client the shape of a blocking one.
final class SimulatedContractClient: ContractClient {
  private let client: SimulatedClient
  private var texts: [String] = []

  init(_ client: SimulatedClient) { self.client = client }

  func send(_ text: String) throws { client.deliver(text: text) }
  func sendBinary(_ bytes: [UInt8]) throws { client.deliver(binary: bytes) }
  func nextText() throws -> String? {
    texts += client.takeTexts()
    return texts.isEmpty ? nil : texts.removeFirst()
  }
  func nextClose() throws -> CloseCode? { client.closeFrame?.code }
  func close() throws { client.close() }
}

/// Either world, for the tests that both must pass.
enum ContractWorld {
  enum Kind: String, CaseIterable, CustomTestStringConvertible {
    case real, simulated
    var testDescription: String { rawValue }
  }

  case real(RealWorld)
  case simulated(SimulatedTransport, ManualScheduler, EventLog)

  init(_ kind: Kind, limits: TransportLimits = TransportLimits()) throws {
    switch kind {
    case .real: self = .real(try RealWorld(limits: limits))
    case .simulated:
      let scheduler = ManualScheduler(now: Timestamp(millisecondsSinceEpoch: 1_000))
      let log = EventLog()
      let transport = SimulatedTransport(scheduler: scheduler, limits: limits) {
        ScriptedHandler($0, log)
      }
      self = .simulated(transport, scheduler, log)
    }
  }

  var log: EventLog {
    switch self {
    case .real(let world): world.log
    case .simulated(_, _, let log): log
    }
  }

  var counters: TransportCounters {
    switch self {
    case .real(let world): world.transport.counters()
    case .simulated(let transport, _, _): transport.counters()
    }
  }

  func connect(_ target: String = "/") throws -> any ContractClient {
    switch self {
    case .real(let world): return try world.connect(target: target)
    case .simulated(let transport, _, _):
      switch transport.connect(SimulatedRequest.upgrade(target: target)) {
      case .opened(let client): return SimulatedContractClient(client)
      case .refused(let reply): throw TestClientError.refused(status: reply.status.code)
      }
    }
  }

  func advance(_ duration: Duration) {
    if case .simulated(let transport, _, _) = self { transport.advance(by: duration) }
  }

  func eventually(_ condition: () -> Bool) async -> Bool {
    switch self {
    case .real(let world): await world.eventually(condition)
    case .simulated: condition()
    }
  }
}
