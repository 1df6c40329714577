import ArenaTypes

/// Metrics in the text format that Prometheus reads, version 0.0.4.
///
/// Pure: families go in, text comes out, in the order of the calls. Names are the caller's to choose
/// well; label values and help texts may hold anything and are escaped.
struct PrometheusText {
  /// What a family measures.
  enum Kind: String {
    /// Only grows, and begins anew with the process; its name ends in `_total`.
    case counter
    /// Goes up and down.
    case gauge
    /// Durations by range, whose name ends in `_seconds`, or counts by range.
    case histogram
  }

  /// One value of a family, told apart from the others by its labels.
  struct Sample {
    var labels: [(name: String, value: String)] = []
    var value: Double
  }

  /// The media type of the text.
  static let contentType = "text/plain; version=0.0.4; charset=utf-8"

  /// The text so far; each line is ended.
  private(set) var text = ""

  /// Adds a family with one value.
  mutating func add(_ kind: Kind, _ name: String, _ help: String, _ value: some BinaryInteger) {
    add(kind, name, help, Double(value))
  }

  /// Adds a family with one value.
  mutating func add(_ kind: Kind, _ name: String, _ help: String, _ value: Double) {
    add(kind, name, help, [Sample(value: value)])
  }

  /// Adds a family with one value for each value of a label.
  mutating func add(
    _ kind: Kind, _ name: String, _ help: String, by label: String,
    _ values: some Sequence<(String, Int)>
  ) {
    add(kind, name, help, values.map { Sample(labels: [(label, $0)], value: Double($1)) })
  }

  /// Adds a family of counters or gauges; one without samples says at least that it exists.
  mutating func add(_ kind: Kind, _ name: String, _ help: String, _ samples: [Sample]) {
    begin(kind, name, help)
    for sample in samples { write(name, sample.labels, sample.value) }
  }

  /// Adds a family of histograms, in seconds.
  mutating func add(
    _ name: String, _ help: String,
    _ histograms: [(labels: [(name: String, value: String)], histogram: DurationHistogram)]
  ) {
    begin(.histogram, name, help)
    for (labels, histogram) in histograms {
      var count = 0
      let ends = histogram.bounds.map { Self.number(Double($0) / 1e9) } + ["+Inf"]
      for (end, inRange) in zip(ends, histogram.counts) {
        // Each bucket holds all that is not above its end, and so the ones before it.
        count += inRange
        write("\(name)_bucket", labels + [("le", end)], Double(count))
      }
      write("\(name)_sum", labels, Double(histogram.sum) / 1e9)
      write("\(name)_count", labels, Double(count))
    }
  }

  /// Adds a histogram without labels, in seconds.
  mutating func add(_ name: String, _ help: String, _ histogram: DurationHistogram) {
    add(name, help, [(labels: [], histogram: histogram)])
  }

  /// Adds a histogram of counts, without labels.
  mutating func add(_ name: String, _ help: String, _ histogram: CountHistogram) {
    begin(.histogram, name, help)
    var count = 0
    for (end, inRange) in zip(histogram.bounds.map(String.init) + ["+Inf"], histogram.counts) {
      count += inRange
      write("\(name)_bucket", [("le", end)], Double(count))
    }
    write("\(name)_sum", [], Double(histogram.sum))
    write("\(name)_count", [], Double(count))
  }

  private mutating func begin(_ kind: Kind, _ name: String, _ help: String) {
    text += "# HELP \(name) \(Self.escaped(help, quotes: false))\n"
    text += "# TYPE \(name) \(kind.rawValue)\n"
  }

  private mutating func write(
    _ name: String, _ labels: [(name: String, value: String)], _ value: Double
  ) {
    text += name
    if !labels.isEmpty {
      let pairs = labels.map { "\($0.name)=\"\(Self.escaped($0.value, quotes: true))\"" }
      text += "{\(pairs.joined(separator: ","))}"
    }
    text += " \(Self.number(value))\n"
  }

  /// A number as Go's `ParseFloat` reads it; whole ones without a point.
  private static func number(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
    return Int64(exactly: value).map { "\($0)" } ?? "\(value)"
  }

  /// Escapes the backslash, the line feed and, in label values, the quotation mark.
  private static func escaped(_ text: String, quotes: Bool) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\"" where quotes: result += "\\\""
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
