import ArenaTypes
import Testing
import TransformerEngine

@testable import ArenaServer

@Suite("What the models' queue has done, as metrics")
struct InferenceMetricsTests {
  @Test("Passes, what they took and what requests waited are shown, by priority and outcome")
  func everything() throws {
    var counters = InferenceCounters()
    counters.passCount = 3
    counters.sharedPassCount = 1
    counters.abandonedPassCount = 1
    counters.interruptionCount = 2
    counters.finishedCount = 4
    counters.cancelledCount = 5
    counters.busyCount = 6
    counters.waitingTokenCount = 70
    counters.prefixHitCount = 8
    for rows in [24, 24, 5_000] { counters.rows.observe(rows) }
    counters.requests.observe(2)
    counters.waiting[InferencePriority.urgent.rawValue].observe(.milliseconds(3))
    counters.working.observe(.milliseconds(30))
    var text = PrometheusText()
    InferenceMetrics.write(counters, to: &text)
    let parsed = try PrometheusParser(text.text)
    func value(_ name: String, _ labels: [String: String] = [:]) -> Double? {
      parsed.value("neuronarena_engine_\(name)", labels)
    }
    #expect(value("passes_total") == 3 && value("shared_passes_total") == 1)
    #expect(value("abandoned_passes_total") == 1 && value("interruptions_total") == 2)
    #expect(value("requests_total", ["outcome": "done"]) == 4)
    #expect(value("requests_total", ["outcome": "cancelled"]) == 5)
    #expect(value("requests_total", ["outcome": "busy"]) == 6)
    #expect(value("waiting_tokens") == 70)
    #expect(value("prefixes_total", ["outcome": "hit"]) == 8)
    #expect(value("pass_rows_sum") == 5_048 && value("pass_rows_count") == 3)
    #expect(value("pass_rows_bucket", ["le": "16"]) == 0)
    #expect(value("pass_rows_bucket", ["le": "32"]) == 2)
    #expect(value("pass_rows_bucket", ["le": "+Inf"]) == 3)
    #expect(value("pass_requests_bucket", ["le": "2"]) == 1)
    #expect(value("pass_waiting_seconds_count", ["priority": "urgent"]) == 1)
    #expect(value("pass_waiting_seconds_count", ["priority": "background"]) == 0)
    #expect(value("pass_seconds_count") == 1)
  }
}
