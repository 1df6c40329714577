import ArenaTypes
import Testing

@testable import ArenaServer

@Suite("Prometheus text")
struct PrometheusTextTests {
  @Test("Families are written as the format's specification shows them")
  func whole() {
    var text = PrometheusText()
    text.add(.counter, "a_total", "All of a.", 12)
    text.add(.gauge, "b", "B by kind.", by: "kind", [("x", 1), ("y", -2)])
    var histogram = DurationHistogram(bounds: [1_000_000, 2_500_000])
    for nanoseconds: UInt64 in [500_000, 1_000_000, 2_000_000, 3_000_000_000] {
      histogram.observe(nanoseconds: nanoseconds)
    }
    text.add("c_seconds", "Times.", histogram)
    #expect(
      text.text == """
        # HELP a_total All of a.
        # TYPE a_total counter
        a_total 12
        # HELP b B by kind.
        # TYPE b gauge
        b{kind="x"} 1
        b{kind="y"} -2
        # HELP c_seconds Times.
        # TYPE c_seconds histogram
        c_seconds_bucket{le="0.001"} 2
        c_seconds_bucket{le="0.0025"} 3
        c_seconds_bucket{le="+Inf"} 4
        c_seconds_sum 3.0035
        c_seconds_count 4

        """)
  }

  @Test(
    "Label values come back as they went in",
    arguments: ["", "plain", "a\"b", "a\\b", "line\nline", "\\n", "\"\\\n\"", "é{}=,", "\\\""])
  func labels(value: String) throws {
    var text = PrometheusText()
    text.add(.gauge, "a", "A \\ with\nlines.", by: "label", [(value, 7)])
    let parsed = try PrometheusParser(text.text)
    #expect(parsed.value("a", ["label": value]) == 7)
    #expect(parsed.families["a"]?.help == "A \\\\ with\\nlines.")
  }

  @Test("Numbers are ones that Go's ParseFloat reads")
  func numbers() throws {
    let values: [Double] = [0, 1, -1, 0.1, 1e-9, 1e18, 1e300, .infinity, -.infinity, .nan]
    var text = PrometheusText()
    text.add(
      .gauge, "a", "A.",
      values.enumerated().map { number, value in
        PrometheusText.Sample(labels: [("n", "\(number)")], value: value)
      })
    let written = text.text.split(separator: "\n").dropFirst(2).map { $0.split(separator: " ")[1] }
    #expect(
      written == [
        "0", "1", "-1", "0.1", "1e-09", "1000000000000000000", "1e+300", "+Inf", "-Inf", "NaN",
      ])
  }

  @Test("A family without samples is announced all the same")
  func empty() throws {
    var text = PrometheusText()
    text.add(.counter, "a_total", "A.", by: "kind", [])
    #expect(try PrometheusParser(text.text).families["a_total"]?.samples.isEmpty == true)
  }

  @Test(
    "The tests' parser refuses what Prometheus refuses, and bad habits",
    arguments: [
      "a 1\n", "# HELP a A.\na 1\n", "# HELP a A.\n# TYPE a gauge\na 1",
      "# HELP a A.\n# TYPE a gauge\na one\n", "# HELP a A.\n# TYPE a gauge\na{b=\"c} 1\n",
      "# HELP a A.\n# TYPE a gauge\na{b=\"c\"\n", "# HELP a A.\n# TYPE a gauge\na{1b=\"c\"} 1\n",
      "# HELP a A.\n# TYPE a gauge\na 1\na 2\n", "# HELP a A.\n# TYPE a gauge\nb 1\n",
      "# HELP a A.\n# TYPE a counter\na 1\n",
      "# HELP a_total A.\n# TYPE a_total gauge\na_total 1\n",
      "# HELP a A.\n# TYPE a sum\na 1\n", "# HELP a A.\n# TYPE a gauge\na{b=\"\\t\"} 1\n",
      "# HELP a_seconds A.\n# TYPE a_seconds histogram\na_seconds_bucket{le=\"1\"} 1\n"
        + "a_seconds_sum 1\na_seconds_count 1\n",
      "# HELP a_seconds A.\n# TYPE a_seconds histogram\na_seconds_bucket{le=\"1\"} 2\n"
        + "a_seconds_bucket{le=\"+Inf\"} 1\na_seconds_sum 1\na_seconds_count 1\n",
      "\n", "# HELP a A.\n# TYPE a gauge\n# HELP a A.\n# TYPE a gauge\n",
    ])
  func malformed(text: String) {
    #expect(throws: PrometheusParser.Malformed.self) { try PrometheusParser(text) }
  }
}
