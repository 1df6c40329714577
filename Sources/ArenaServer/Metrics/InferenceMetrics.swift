import ArenaTypes
import TransformerEngine

/// What the models' queue has done, as metrics.
enum InferenceMetrics {
  /// Adds all families.
  static func write(_ counters: InferenceCounters, to text: inout PrometheusText) {
    write(passes: counters, to: &text)
    write(requests: counters, to: &text)
    text.add(
      .counter, "neuronarena_engine_prefixes_total",
      "Beginnings of prompts: found computed, or computed.", by: "outcome",
      [("hit", counters.prefixHitCount), ("miss", counters.prefixMissCount)])
  }

  private static func write(passes counters: InferenceCounters, to text: inout PrometheusText) {
    for (name, help, count) in [
      ("passes", "Passes of the models.", counters.passCount),
      ("shared_passes", "Passes that several requests shared.", counters.sharedPassCount),
      (
        "abandoned_passes", "Passes that ended early, since nobody wanted them any more.",
        counters.abandonedPassCount
      ),
      (
        "interruptions", "Times that a pass stepped back for a more urgent one.",
        counters.interruptionCount
      ),
    ] {
      text.add(.counter, "neuronarena_engine_\(name)_total", help, count)
    }
    text.add("neuronarena_engine_pass_rows", "Rows of a pass.", counters.rows)
    text.add(
      "neuronarena_engine_pass_requests", "Requests that had a share of a pass.",
      counters.requests)
    text.add(
      "neuronarena_engine_pass_seconds", "How long passes took, interruptions aside.",
      counters.working)
  }

  private static func write(requests counters: InferenceCounters, to text: inout PrometheusText) {
    text.add(
      .counter, "neuronarena_engine_requests_total", "Requests to the models, by how they ended.",
      by: "outcome",
      [
        ("done", counters.finishedCount), ("busy", counters.busyCount),
        ("cancelled", counters.cancelledCount), ("late", counters.lateCount),
        ("failed", counters.failedCount),
      ])
    text.add(
      .gauge, "neuronarena_engine_waiting_tokens", "Tokens that wait for the models.",
      counters.waitingTokenCount)
    text.add(
      "neuronarena_engine_pass_waiting_seconds", "How long requests waited for their first pass.",
      zip(InferencePriority.allCases, counters.waiting).map {
        (labels: [(name: "priority", value: "\($0)")], histogram: $1)
      })
  }
}
