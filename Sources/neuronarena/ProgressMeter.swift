import ArenaTypes
import Glibc
import Interpretation

/// Shows how far a long job has come: a bar with an estimate on a terminal, else a line now and then.
final class ProgressMeter: Sendable {
  /// A job that isn't watched says something this often, in seconds.
  private static let lineInterval = 10.0
  private static let barWidth = 30

  private struct State {
    var stage = ""
    var startedAt = 0.0
    /// What was already done when the stage began: a resumed job starts in the middle.
    var doneAtStart = 0
    var shownAt = 0.0
    /// Whether the end of the stage has been shown, which may be reported more than once.
    var isDone = false
  }

  private let state = Locked(State())
  private let origin = ContinuousClock.now
  private let isTerminal = isatty(STDERR_FILENO) == 1

  /// The meter as a campaign's progress.
  var progress: BuildProgress {
    BuildProgress { stage, done, total in self.show(stage.rawValue, done: done, total: total) }
  }

  /// Shows that `done` of `total` steps of `stage` are done.
  func show(_ stage: String, done: Int, total: Int) {
    let now = (ContinuousClock.now - origin).inSeconds
    let line = state.withLock { state -> String? in
      if state.stage != stage {
        if isTerminal && !state.stage.isEmpty { Self.write("\n") }
        state = State(stage: stage, startedAt: now, doneAtStart: done)
      }
      let interval = isTerminal ? 0.2 : Self.lineInterval
      guard done == total ? !state.isDone : now - state.shownAt >= interval else { return nil }
      state.shownAt = now
      state.isDone = done == total
      return Self.line(state, done: done, total: total, now: now, hasBar: isTerminal)
    }
    if let line { Self.write(line) }
  }

  /// Ends the last line.
  func finish() { if isTerminal { Self.write("\n") } }

  private static func line(
    _ state: State, done: Int, total: Int, now: Double, hasBar: Bool
  ) -> String {
    let share = total > 0 ? Double(done) / Double(total) : 1
    let percent = String(Int(share * 100))
    let name = state.stage + String(repeating: " ", count: max(0, 10 - state.stage.count))
    var estimate = ""
    if done > state.doneAtStart, done < total {
      let rate = Double(done - state.doneAtStart) / max(0.001, now - state.startedAt)
      estimate = ", \(clock(Double(total - done) / rate)) left"
    }
    let tail = "\(percent) % (\(done) of \(total))\(estimate)"
    guard hasBar else { return "\(name) \(tail)\n" }
    let filled = Int(share * Double(barWidth))
    let bar =
      String(repeating: "#", count: filled) + String(repeating: ".", count: barWidth - filled)
    return "\r\(name) [\(bar)] \(tail)\u{1B}[K"
  }

  private static func clock(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded())
    return whole < 60 ? "\(whole) s" : "\(whole / 60) min \(whole % 60) s"
  }

  private static func write(_ text: String) {
    let bytes = Array(text.utf8)
    // A progress bar that can't be shown is no reason to stop the work.
    _ = Glibc.write(STDERR_FILENO, bytes, bytes.count)
  }
}
