import ArenaTypes
import CLinux
import Dispatch
import WebSocketCodec

/// A shard as the rest of the process sees it: a queue, a mailbox, and a confined core.
final class Shard: TransportShard {
  let index: Int
  private let queue: DispatchQueue
  private let mark: TurnMark
  private let mailbox: Mailbox
  private let published: PublishedCounters
  private let core: Confined<ShardCore>
  private let epoll: Int32

  /// Makes a shard that does not run yet.
  init(
    index: Int, configuration: TransportConfiguration, admission: Admission,
    wallClock: @escaping ShardClock.WallClock
  ) throws(TransportError) {
    self.index = index
    queue = DispatchQueue(label: "neuronarena.shard.\(index)")
    mark = TurnMark(queue: queue)
    mailbox = try Mailbox()
    published = PublishedCounters()
    let made = try ShardCore(
      index: index, configuration: configuration, mailbox: mailbox, admission: admission,
      published: published, wallClock: wallClock)
    epoll = made.poller.epoll
    core = Confined(made, to: mark)
  }

  /// Makes the handler on the shard's queue and begins to run.
  func start(_ makeHandler: @escaping @Sendable (any TransportShard) -> any ShardHandler) {
    let (core, mark) = (core, mark)
    queue.sync {
      // A read source on an epoll descriptor fires when any descriptor in it is ready.
      let source = DispatchSource.makeReadSource(fileDescriptor: epoll, queue: queue)
      source.setEventHandler { mark.duringTurn { core.value.turn() } }
      source.setCancelHandler { core.value.sourceWasCancelled() }
      core.value.start(source: source, handler: makeHandler(self))
    }
  }

  /// What the shard has done so far.
  ///
  /// From any thread.
  func counters() -> TransportCounters { published.read() }

  /// Runs `work` with the core, as `post(_:)` does.
  func postToCore(_ work: @escaping @Sendable (ShardCore) -> Void) {
    let core = self.core
    mailbox.post { work(core.value) }
  }

  var scheduler: any Scheduler { core.value.scheduler }

  func post(_ work: @escaping @Sendable () -> Void) { mailbox.post(work) }

  func preconditionIsCurrent() { mark.preconditionIsHere() }

  func send(_ frame: SharedFrame, to connection: ConnectionID) {
    core.unretained { $0.send(frame, to: connection) }
  }

  func send(text: UnsafeRawBufferPointer, to connection: ConnectionID, isCompressible: Bool) {
    core.unretained { $0.send(.text, text, to: connection, isCompressible: isCompressible) }
  }

  func send(binary: UnsafeRawBufferPointer, to connection: ConnectionID) {
    core.unretained { $0.send(.binary, binary, to: connection) }
  }

  func sendLatest(_ frame: LatestFrame, channel: UInt32, to connection: ConnectionID) {
    core.unretained { $0.sendLatest(frame, channel: channel, to: connection) }
  }

  func close(_ connection: ConnectionID, code: CloseCode, reason: String) {
    core.value.close(connection, code: code, reason: reason)
  }

  func pendingByteCount(of connection: ConnectionID) -> Int {
    core.value.pendingByteCount(of: connection)
  }
}
