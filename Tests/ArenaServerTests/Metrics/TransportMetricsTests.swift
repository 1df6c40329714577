import ArenaTypes
import DispatchTransport
import Testing

@testable import ArenaServer

@Suite("The transport's counters as metrics")
struct TransportMetricsTests {
  private static let properties = Mirror(reflecting: TransportCounters()).children.compactMap(
    \.label)

  /// The property that a row shows: the one that changes when the row's value does.
  private func property(of row: TransportMetrics.Row) -> String? {
    var counters = TransportCounters()
    counters[keyPath: row.value] = 1
    return Mirror(reflecting: counters).children.first { ($0.value as? Int) == 1 }?.label
  }

  @Test("Every counter of the transport is shown, and none twice")
  func complete() {
    let shown = TransportMetrics.table.compactMap(property) + TransportMetrics.compound
    #expect(shown.count == Set(shown).count)
    #expect(Set(Self.properties).subtracting(shown) == [], "these need a line in the table")
    #expect(Set(shown).subtracting(Self.properties) == [])
  }

  @Test("A sum of shards has all that each of them counted")
  func sums() {
    var counters = TransportCounters()
    for row in TransportMetrics.table { counters[keyPath: row.value] = 3 }
    counters.closesByCode.count(1_000)
    counters.responsesByStatus.count(404)
    counters.loopLag.observe(nanoseconds: 1)
    counters.pingRoundTrips.observe(nanoseconds: 1)
    counters.tlsFailures[.alert] = 1
    let sum = TransportCounters(summing: [counters, counters])
    for row in TransportMetrics.table {
      let name = property(of: row) ?? row.name
      let expected = name.hasSuffix("Max") ? 3 : 6
      #expect(sum[keyPath: row.value] == expected, "\(name) is not in TransportCounters.add")
    }
    #expect(sum.closesByCode[1_000] == 2)
    #expect(sum.tlsFailures[.alert] == 2)
    #expect(sum.responsesByStatus[404] == 2)
    #expect(sum.loopLag.count == 2)
    #expect(sum.pingRoundTrips.count == 2)
  }

  @Test("The text is well-formed, with one lag histogram a shard")
  func text() throws {
    var (first, second) = (TransportCounters(), TransportCounters())
    first.accepted = 2
    second.accepted = 3
    first.closesByCode.count(1_001, times: 4)
    second.closesByCode.count(0)
    second.loopLag.observe(nanoseconds: 60_000)
    first.pongTimeouts = 1
    var text = PrometheusText()
    TransportMetrics.write([first, second], to: &text)
    let parsed = try PrometheusParser(text.text)
    #expect(parsed.value("neuronarena_accepts_total") == 5)
    #expect(parsed.value("neuronarena_closes_total", ["code": "1001"]) == 4)
    #expect(parsed.value("neuronarena_closes_total", ["code": "other"]) == 1)
    #expect(parsed.value("neuronarena_timeouts_total", ["kind": "pong"]) == 1)
    #expect(parsed.value("neuronarena_loop_lag_seconds_count", ["shard": "0"]) == 0)
    #expect(
      parsed.value("neuronarena_loop_lag_seconds_bucket", ["shard": "1", "le": "0.0001"]) == 1)
  }
}
