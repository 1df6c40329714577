import Glibc

/// Measures one load after another on several servers, in turns, so that what else the machine does
/// meets all of them alike.
struct Comparison {
  /// What one load cost on each server.
  struct Figure: Encodable {
    /// What was done.
    let load: String
    /// What the numbers count.
    let unit: String
    /// The median of the runs, by server.
    var medians: [String: Double] = [:]
    /// The median over the runs of our figure by the other's of the same round, by other server.
    var ratios: [String: Double] = [:]
    /// The most that such a ratio ought to be, by other server.
    let bounds: [String: Double]
    /// The most that our own figure ought to be, if that is bounded by itself.
    let boundOfOurs: Double?
    /// What else there is to say.
    var note: String?
  }

  /// What is compared, ours among them.
  let servers: [ComparedServer]
  /// Rounds of each load.
  let runs: Int

  /// Runs one load on each server, `runs` times in turns.
  ///
  /// A server that fails at it is left out, with a note.
  ///
  /// - Parameters:
  ///   - names: The servers that take part; nil for all.
  ///   - cost: Runs the load on one and returns its figure.
  func measure(
    _ load: String, unit: String, among names: Set<String>? = nil,
    bounds: [String: Double] = [:], boundOfOurs: Double? = nil,
    _ cost: (ComparedServer) throws -> Double
  ) -> Figure {
    var figure = Figure(load: load, unit: unit, bounds: bounds, boundOfOurs: boundOfOurs)
    var taking = servers.filter { names?.contains($0.name) ?? true }
    var costs: [String: [Double]] = [:]
    for run in 0..<runs {
      BenchReport.note("\(load): run \(run + 1) of \(runs)")
      // The first of a round has the colder caches, so each is first in turn.
      let first = run % max(1, taking.count)
      for server in Array(taking[first...] + taking[..<first]) {
        do {
          costs[server.name, default: []].append(try cost(server))
        } catch {
          BenchReport.note("\(server.name) is left out of \(load): \(error)")
          taking.removeAll { $0.name == server.name }
          costs[server.name] = nil
        }
      }
    }
    let ours = costs[ComparedServer.ours] ?? []
    for (name, values) in costs {
      figure.medians[name] = BenchReport.median(values)
      guard name != ComparedServer.ours, values.count == ours.count else { continue }
      figure.ratios[name] = BenchReport.median(zip(ours, values).map { $0 / $1 })
    }
    return figure
  }
}

extension Comparison.Figure {
  /// Whether every bound is kept; nil where there is none to compare with.
  var isWithinBounds: Bool? {
    var verdicts = bounds.compactMap { name, bound in ratios[name].map { $0 <= bound } }
    if let boundOfOurs, let ours = medians[ComparedServer.ours] {
      verdicts.append(ours <= boundOfOurs)
    }
    return verdicts.isEmpty ? nil : verdicts.allSatisfy { $0 }
  }

  /// The figure on a line, and the ratios on one below.
  func print() {
    let others = medians.keys.filter { $0 != ComparedServer.ours }.sorted()
    let names = (medians[ComparedServer.ours] == nil ? [] : [ComparedServer.ours]) + others
    let values = names.map { "\($0) \(Self.text(medians[$0] ?? 0))" }.joined(separator: "  ")
    Swift.print("\(load), \(unit): \(values)")
    var words = ratios.keys.sorted().map { name in
      let bound = bounds[name].map { " (at most \($0))" } ?? ""
      return "/\(name) \(Self.text(ratios[name] ?? 0))\(bound)"
    }
    if let boundOfOurs { words.append("at most \(Self.text(boundOfOurs))") }
    if let note { words.append(note) }
    if let isWithinBounds { words.append(isWithinBounds ? "kept" : "NOT KEPT") }
    if !words.isEmpty { Swift.print("    \(words.joined(separator: "  "))") }
    fflush(nil)
  }

  /// Two decimals below a hundred, none above.
  private static func text(_ value: Double) -> String {
    value >= 100 ? String(Int(value.rounded())) : String(BenchReport.rounded(value))
  }
}
