import CLinux
import Glibc

/// What it costs to send a board to players who stand on it and watch it, each with its own place.
///
/// A whole server with one shard runs in a process of its own, the watchers in others. In every version
/// some of the last overtake all others, so that everybody's own place changes each time; a delivery is
/// a version with the watcher's own place behind it, sent to one connection.
struct BoardWatching {
  /// What was measured.
  struct Result: Encodable {
    /// Players who watch.
    let watchers: Int
    /// Versions that were asked for a second.
    let versionsPerSecond: Double
    /// Versions that reached watchers.
    var deliveries = 0
    /// Own places that reached watchers.
    var ownPlaces = 0
    /// Server CPU microseconds a delivery.
    var microsecondsPerDelivery = 0.0
    /// Bytes a delivery, both messages with their frames.
    var bytesPerDelivery = 0.0
    /// Whether every watcher's last version was the last.
    var allEndedOnLastVersion = false
  }

  let watcherCount: Int
  let versionCount: Int
  let versionsPerSecond: Double

  func measure() throws -> Result {
    let server = try BenchServer([], subcommand: "watch-server")
    guard let line = server.process.readLine(), line.hasPrefix("contest ") else {
      throw BenchError.noServer
    }
    let contest = String(line.dropFirst(8))
    var crowds: [ChildProcess] = []
    for first in stride(from: 0, to: watcherCount, by: 5_000) {
      let count = min(5_000, watcherCount - first)
      let arguments = [
        "bench", "watch", "--port", "\(server.port)", "--count", "\(count)", "--contest", contest,
      ]
      guard let crowd = ChildProcess(arguments), crowd.readLine() == "ready" else {
        throw BenchError.noServer
      }
      crowds.append(crowd)
    }
    var result = Result(watchers: watcherCount, versionsPerSecond: versionsPerSecond)
    let before = server.cpuSeconds
    let start = ca_monotonic_nanoseconds()
    for version in 1...versionCount {
      server.process.writeLine("3")
      let due = start + Int64(Double(version) / versionsPerSecond * 1e9)
      usleep(UInt32(max(0, due - ca_monotonic_nanoseconds()) / 1_000))
    }
    var (lowest, highest, byteCount) = (Int.max, 0, 0)
    for crowd in crowds {
      let numbers = (crowd.readLine() ?? "").split(separator: " ").compactMap { Int($0) }
      guard numbers.count == 5 else { throw BenchError.serverEnded }
      result.deliveries += numbers[0]
      result.ownPlaces += numbers[1]
      byteCount += numbers[2]
      lowest = min(lowest, numbers[3])
      highest = max(highest, numbers[4])
    }
    let cpu = server.cpuSeconds - before
    result.microsecondsPerDelivery = cpu * 1e6 / Double(max(1, result.deliveries))
    result.bytesPerDelivery = Double(byteCount) / Double(max(1, result.deliveries))
    result.allEndedOnLastVersion = lowest == highest
    for crowd in crowds { crowd.end() }
    return result
  }
}
