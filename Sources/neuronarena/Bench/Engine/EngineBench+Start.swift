import TransformerEngine

extension EngineBench {
  /// Seconds from the start of a process to its first answer, and what it holds in memory then.
  func start() -> [Comparison.Figure] {
    var megabytes: [Double] = []
    let start = Comparison.measure(
      .init(
        load: "start of a process to its first answer, both models", unit: "s", boundOfOurs: 0.6),
      among: [
        .init(name: ComparedServer.ours) {
          var resident = 0
          let taken = try seconds { resident = try answer() }
          megabytes.append(Double(resident) / 1e6)
          return taken
        }
      ], runs: rounds)
    var memory = Comparison.Figure(
      load: "resident with both models, after an answer of each", unit: "MB", boundOfOurs: 250)
    // Without an answer there is no figure to be proud of.
    if !megabytes.isEmpty { memory.medians[ComparedServer.ours] = BenchReport.median(megabytes) }
    return [start, memory]
  }

  /// Runs a process up to its first answer; its resident bytes.
  private func answer() throws -> Int {
    let arguments = ["bench", "engine-start", "--threads", "\(threads.count)"]
    guard let child = ChildProcess(arguments + models.arguments) else {
      throw BenchError.noServer
    }
    defer { child.end() }
    guard let words = child.readLine()?.split(separator: " "), words.first == "answered",
      let resident = words.last.flatMap({ Int($0) })
    else { throw BenchError.unexpected("the process gave no answer") }
    return resident
  }
}
