import ArenaTypes
import CLinux

/// The server's clock: real time that never goes back and never stands still.
///
/// It follows CLOCK_REALTIME when that jumps forward. When the wall clock is set back, it goes on at
/// the pace of CLOCK_MONOTONIC until the wall clock has caught up, so no timer waits for that.
struct ShardClock {
  /// CLOCK_REALTIME in milliseconds, or what a test puts in its place.
  typealias WallClock = @Sendable () -> Int64

  private let wallClock: WallClock
  private(set) var now: Timestamp
  /// Milliseconds of CLOCK_MONOTONIC.
  private(set) var monotonic: Int64
  /// The monotonic clock, as it was read last.
  private(set) var nanoseconds: Int64

  init(wallClock: @escaping WallClock = { ca_realtime_milliseconds() }) {
    self.wallClock = wallClock
    now = Timestamp(millisecondsSinceEpoch: wallClock())
    nanoseconds = ca_monotonic_nanoseconds()
    monotonic = nanoseconds / 1_000_000
  }

  /// Reads the clocks of the system.
  ///
  /// The wall clock is read once a millisecond, since nothing finer is told from it.
  mutating func update() {
    nanoseconds = ca_monotonic_nanoseconds()
    let elapsed = nanoseconds / 1_000_000
    if elapsed != monotonic { update(realtime: wallClock(), monotonic: elapsed) }
  }

  /// Moves the clock by what the system's clocks say, both in milliseconds.
  mutating func update(realtime: Int64, monotonic newMonotonic: Int64) {
    let paced = now.millisecondsSinceEpoch + max(0, newMonotonic - monotonic)
    monotonic = newMonotonic
    now = Timestamp(millisecondsSinceEpoch: max(realtime, paced))
  }
}
