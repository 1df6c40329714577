import Glibc

/// Measures one load after another on several contenders, in turns, so that what else the machine
/// does meets all of them alike.
struct Comparison {
  /// What one load cost each contender, or how much of it each did.
  struct Figure: Encodable {
    /// What was done.
    let load: String
    /// What the numbers count.
    let unit: String
    /// The median of the runs, by contender.
    var medians: [String: Double] = [:]
    /// The median over the runs of our figure by the other's of the same round, by other contender.
    var ratios: [String: Double] = [:]
    /// The most that such a ratio ought to be, by other contender.
    var bounds: [String: Double] = [:]
    /// The least that such a ratio ought to be, by other contender.
    var floors: [String: Double] = [:]
    /// The most that our own figure ought to be, if that is bounded by itself.
    var boundOfOurs: Double?
    /// What else there is to say.
    var note: String?
  }

  /// One of those that are compared.
  struct Contender {
    /// What its figures are listed under.
    let name: String
    /// Does the work once and returns its figure.
    let run: () throws -> Double
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
    let taking = servers.filter { names?.contains($0.name) ?? true }
    return withoutActuallyEscaping(cost) { cost in
      Self.measure(
        Figure(load: load, unit: unit, bounds: bounds, boundOfOurs: boundOfOurs),
        among: taking.map { server in Contender(name: server.name) { try cost(server) } },
        runs: runs)
    }
  }

  /// Lets each contender run `runs` times, in turns, and fills in the figure.
  ///
  /// One that fails is left out, with a note.
  static func measure(_ empty: Figure, among contenders: [Contender], runs: Int) -> Figure {
    var figure = empty
    let load = figure.load
    var taking = contenders
    var costs: [String: [Double]] = [:]
    for run in 0..<runs {
      BenchReport.note("\(load): run \(run + 1) of \(runs)")
      // The first of a round has the colder caches, so each is first in turn.
      let first = run % max(1, taking.count)
      for contender in Array(taking[first...] + taking[..<first]) {
        do {
          costs[contender.name, default: []].append(try contender.run())
        } catch {
          BenchReport.note("\(contender.name) is left out of \(load): \(error)")
          taking.removeAll { $0.name == contender.name }
          costs[contender.name] = nil
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
    verdicts += floors.compactMap { name, floor in ratios[name].map { $0 >= floor } }
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
      let bound =
        bounds[name].map { " (at most \($0))" } ?? floors[name].map { " (at least \($0))" } ?? ""
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
