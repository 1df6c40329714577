import ArenaProtocol
import ArenaTypes
import DispatchTransport
import TransformerEngine

/// All that the server measures, gathered from those who count when somebody asks.
final class ServerMetrics: Sendable {
  /// The shards' counters of the transport, by index.
  typealias TransportSource = @Sendable () -> [TransportCounters]

  private let shards = Locked<[ShardCounters]>([])
  private let transport = Locked<TransportSource?>(nil)
  /// What the models' queue has done.
  typealias InferenceSource = @Sendable () -> InferenceCounters

  private let inference = Locked<InferenceSource?>(nil)
  /// What the journal and the engine have done.
  let journal = JournalMeter()
  let engine: @Sendable () -> EngineCounters
  private let process: ProcessMetrics

  init(engine: @escaping @Sendable () -> EngineCounters) {
    self.engine = engine
    process = ProcessMetrics()
  }

  /// Makes the counters of the next shard.
  func addShard() -> ShardCounters {
    let counters = ShardCounters(ServerCounters())
    shards.withLock { $0.append(counters) }
    return counters
  }

  /// Names who knows what the transport has counted.
  func setTransport(_ source: @escaping TransportSource) { transport.withLock { $0 = source } }

  /// Names who knows what the models' queue has done.
  func setInference(_ source: @escaping InferenceSource) { inference.withLock { $0 = source } }

  /// What all shards' sessions and rooms have done.
  var counters: ServerCounters {
    var sum = ServerCounters()
    for shard in shards.withLock({ $0 }) { sum.add(shard.withLock { $0 }) }
    return sum
  }

  /// Everything in Prometheus' text format.
  func text() -> String {
    var text = PrometheusText()
    if let source = transport.withLock({ $0 }) { TransportMetrics.write(source(), to: &text) }
    let counters = counters
    Self.write(rooms: counters, to: &text)
    Self.write(commands: counters, to: &text)
    Self.write(topics: counters, to: &text)
    Self.write(engine: engine(), to: &text)
    if let source = inference.withLock({ $0 }) { InferenceMetrics.write(source(), to: &text) }
    journal.write(to: &text)
    process.write(to: &text)
    return text.text
  }

  private static func write(rooms counters: ServerCounters, to text: inout PrometheusText) {
    text.add(
      .gauge, "neuronarena_sessions", "Connections of players who have said hello.",
      counters.sessions)
    text.add(
      .gauge, "neuronarena_rooms", "Rooms in memory.", by: "kind",
      [
        ("player", counters.players), ("duel", counters.duels), ("contest", counters.contests),
      ])
  }

  private static func write(commands counters: ServerCounters, to text: inout PrometheusText) {
    text.add(
      .counter, "neuronarena_commands_total", "Commands received.", by: "command",
      ClientCommand.Kind.allCases.map { ($0.rawValue, counters.commands[$0, default: 0]) })
    text.add(
      .counter, "neuronarena_command_answers_total", "Commands answered: done, or why not.",
      by: "outcome",
      [("done", counters.commandsDone)]
        + ErrorCode.allCases.map { ($0.rawValue, counters.refusals[$0, default: 0]) })
  }

  private static func write(topics counters: ServerCounters, to text: inout PrometheusText) {
    func add(_ name: String, _ help: String, _ counts: [TopicName.Kind: Int]) {
      text.add(
        .counter, name, help, by: "topic",
        TopicName.Kind.allCases.map { ($0.rawValue, counts[$0, default: 0]) })
    }
    add("neuronarena_topic_versions_total", "Versions sent to followers.", counters.versions)
    add(
      "neuronarena_topic_encodings_total",
      "Encodings of versions: one each, however many followers and shards.", counters.encodings)
    add(
      "neuronarena_topic_snapshots_total", "Encodings of whole states, for newcomers.",
      counters.snapshots)
  }

  private static func write(engine counters: EngineCounters, to text: inout PrometheusText) {
    text.add(
      .gauge, "neuronarena_engine_queued_jobs", "Jobs that wait for the engine.",
      counters.queuedCount)
    text.add(
      .gauge, "neuronarena_engine_queued_jobs_max", "The most that have waited at once.",
      counters.queuedCountMax)
    text.add(
      .gauge, "neuronarena_engine_busy", "Whether the engine works now.",
      counters.runningCount > 0 ? 1 : 0)
    text.add(
      .counter, "neuronarena_engine_cancelled_jobs_total",
      "Jobs taken back before they began.", counters.cancelledCount)
    text.add(
      .counter, "neuronarena_engine_refused_jobs_total", "Jobs refused as the queue was full.",
      counters.refusedCount)
    text.add(
      .counter, "neuronarena_engine_failed_jobs_total", "Jobs that the engine could not do.",
      counters.failedCount)
    text.add(
      "neuronarena_engine_waiting_seconds", "How long jobs waited.", counters.waiting)
    text.add("neuronarena_engine_working_seconds", "How long jobs took.", counters.working)
  }
}
