/// A strict reader of Prometheus' text format, as far as the server writes it.
///
/// Stricter than Prometheus itself: it also wants what conventions ask for, such as a HELP and a TYPE
/// before every family, and samples of a family together.
struct PrometheusParser {
  struct Malformed: Error, CustomStringConvertible {
    let line: Int
    let description: String
  }

  struct Family {
    var kind = ""
    var help = ""
    /// By name and labels as they stand in the text.
    var samples: [(name: String, labels: [String: String], value: Double)] = []
  }

  /// The families by name.
  private(set) var families: [String: Family] = [:]
  private var current = ""
  private var series: Set<String> = []
  private var lineNumber = 0

  /// The value of the sample with exactly these labels.
  func value(_ name: String, _ labels: [String: String] = [:]) -> Double? {
    let family =
      families[name]
      ?? ["_bucket", "_sum", "_count"].lazy.compactMap { suffix in
        name.hasSuffix(suffix) ? families[String(name.dropLast(suffix.count))] : nil
      }.first
    return family?.samples.first { $0.name == name && $0.labels == labels }?.value
  }

  init(_ text: String) throws {
    try require(text.isEmpty || text.hasSuffix("\n"), "the last line is not ended")
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      lineNumber += 1
      if line.hasPrefix("# HELP ") {
        try readHelp(line.dropFirst(7))
      } else if line.hasPrefix("# TYPE ") {
        try readType(line.dropFirst(7))
      } else {
        try readSample(line)
      }
    }
    for (name, family) in families { try check(name, family) }
  }

  private func require(_ condition: Bool, _ description: String) throws {
    guard condition else { throw Malformed(line: lineNumber, description: description) }
  }

  private static func isName(_ text: some StringProtocol) -> Bool {
    guard let first = text.utf8.first, !(0x30...0x39).contains(first) else { return false }
    return text.utf8.allSatisfy {
      (0x61...0x7A).contains($0) || (0x41...0x5A).contains($0) || (0x30...0x39).contains($0)
        || $0 == 0x5F
    }
  }

  private mutating func readHelp(_ rest: Substring) throws {
    let words = rest.split(separator: " ", maxSplits: 1)
    try require(words.count == 2, "a HELP without a text")
    let name = String(words[0])
    try require(Self.isName(name), "\(name) is no name")
    try require(families[name] == nil, "\(name) comes twice")
    families[name] = Family(help: String(words[1]))
    current = name
  }

  private mutating func readType(_ rest: Substring) throws {
    let words = rest.split(separator: " ").map(String.init)
    try require(words.count == 2 && words[0] == current, "a TYPE of another family")
    try require(families[current]?.kind == "", "a second TYPE")
    try require(["counter", "gauge", "histogram"].contains(words[1]), "type \(words[1])")
    families[current]?.kind = words[1]
  }

  private mutating func readSample(_ line: Substring) throws {
    var scanner = line[...]
    let name = scanner.prefix { $0 != "{" && $0 != " " }
    try require(Self.isName(name), "\(name) is no name")
    scanner = scanner.dropFirst(name.count)
    let labels = scanner.first == "{" ? try readLabels(&scanner) : [:]
    try require(scanner.first == " ", "no blank before the value")
    let text = String(scanner.dropFirst())
    let value = text == "+Inf" ? Double.infinity : Double(text)
    guard let value else { throw Malformed(line: lineNumber, description: "\(text) is no number") }
    let identity = "\(name)\(labels.sorted { $0.key < $1.key })"
    try require(series.insert(identity).inserted, "\(identity) comes twice")
    let isPart = ["_bucket", "_sum", "_count"].contains { name == current + $0 }
    try require(
      name == current && families[current]?.kind != "histogram"
        || isPart && families[current]?.kind == "histogram",
      "\(name) is no sample of \(current)")
    families[current]?.samples.append((String(name), labels, value))
  }

  private func readLabels(_ scanner: inout Substring) throws -> [String: String] {
    var labels: [String: String] = [:]
    repeat {
      scanner.removeFirst()
      let name = scanner.prefix { $0 != "=" }
      try require(Self.isName(name), "\(name) is no label")
      scanner = scanner.dropFirst(name.count)
      try require(scanner.hasPrefix("=\""), "no value of \(name)")
      scanner = scanner.dropFirst(2)
      try require(labels[String(name)] == nil, "label \(name) comes twice")
      labels[String(name)] = try readQuoted(&scanner)
    } while scanner.first == ","
    try require(scanner.first == "}", "labels without an end")
    scanner.removeFirst()
    return labels
  }

  private func readQuoted(_ scanner: inout Substring) throws -> String {
    var value = ""
    while let character = scanner.popFirst() {
      switch character {
      case "\"": return value
      case "\\":
        switch scanner.popFirst() {
        case "\\": value.append("\\")
        case "\"": value.append("\"")
        case "n": value.append("\n")
        default: throw Malformed(line: lineNumber, description: "an unknown escape")
        }
      default: value.append(character)
      }
    }
    throw Malformed(line: lineNumber, description: "a label's value without an end")
  }

  private func check(_ name: String, _ family: Family) throws {
    switch family.kind {
    case "counter":
      try require(name.hasSuffix("_total"), "counter \(name) does not end in _total")
      try require(family.samples.allSatisfy { $0.value >= 0 }, "\(name) is negative")
    case "gauge": try require(!name.hasSuffix("_total"), "gauge \(name) ends in _total")
    case "histogram": try checkBuckets(name, family)
    default: throw Malformed(line: lineNumber, description: "\(name) has no TYPE")
    }
  }

  private func checkBuckets(_ name: String, _ family: Family) throws {
    let units = ["_seconds", "_rows", "_requests"]
    try require(units.contains { name.hasSuffix($0) }, "\(name) has no unit")
    let byLabels = Dictionary(grouping: family.samples) { sample in
      sample.labels.filter { $0.key != "le" }
    }
    for (labels, samples) in byLabels {
      let buckets = samples.filter { $0.name == name + "_bucket" }
      let ends = buckets.compactMap {
        $0.labels["le"] == "+Inf" ? .infinity : Double($0.labels["le"] ?? "")
      }
      try require(ends.count == buckets.count && ends.last == .infinity, "\(name): no end +Inf")
      try require(ends == ends.sorted() && Set(ends).count == ends.count, "\(name): ends fall")
      let counts = buckets.map(\.value)
      try require(counts == counts.sorted(), "\(name): buckets fall")
      try require(counts.last == value(name + "_count", labels), "\(name): count and +Inf differ")
      try require(value(name + "_sum", labels) != nil, "\(name): no sum")
    }
  }
}
