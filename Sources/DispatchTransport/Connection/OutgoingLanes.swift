/// What a connection has to send and the kernel has not taken: both lanes in one queue.
///
/// ```
///   head                                              back
///   ┌───────────────┬──────────┬──────────────┬──────────┐
///   │ lossless      │ latest 7 │ lossless     │ latest 2 │   put(latest, 7) replaces in place
///   └───────────────┴──────────┴──────────────┴──────────┘
///    ▲ sent so far: a frame that has begun must end, so it is no longer replaced
/// ```
///
/// Only a connection that is behind has one; a connection that is not sends its one frame directly.
final class OutgoingLanes {
  enum Lane: Equatable {
    /// Bounded by bytes.
    case lossless
    /// At most one entry a channel.
    case latest(channel: UInt32)
    /// HTTP responses, pings and close frames: one at a time by what they belong to.
    case uncounted
  }

  private struct Entry {
    var frame: SharedFrame
    let lane: Lane
  }

  private var entries: [Entry] = []
  private var head = 0
  /// How many entries were compacted away; an entry's position is this plus its index, for ever.
  private var compacted = 0
  private var headSentByteCount = 0
  private var waitingChannels: [(channel: UInt32, position: Int)] = []
  /// Bytes of the lossless lane that wait; a frame counts whole until it is gone.
  private(set) var losslessByteCount = 0
  /// All bytes that wait.
  private(set) var byteCount = 0

  var isEmpty: Bool { head == entries.count }

  /// How many frames wait.
  ///
  /// - Complexity: O(entries).
  var frameCount: Int { entries[head...].reduce(0) { $0 + Int($1.frame.frameCount) } }

  /// How many channels of the latest-wins lane wait.
  var channelCount: Int { waitingChannels.count }

  /// Puts a frame at the back; the caller has looked at the bound.
  func append(_ frame: SharedFrame, _ lane: Lane) {
    if case .latest(let channel) = lane {
      waitingChannels.append((channel, compacted + entries.count))
    }
    if lane == .lossless { losslessByteCount += frame.byteCount }
    byteCount += frame.byteCount
    entries.append(Entry(frame: frame, lane: lane))
  }

  /// Whether a frame of the channel waits, which may be replaced.
  ///
  /// - Complexity: O(channels).
  func hasFrame(of channel: UInt32) -> Bool {
    waitingChannels.contains { $0.channel == channel }
  }

  /// Replaces the channel's frame that waits, in its place.
  ///
  /// - Returns: Whether there was one.
  /// - Complexity: O(channels).
  @discardableResult
  func replace(channel: UInt32, with frame: SharedFrame) -> Bool {
    guard let waiting = waitingChannels.first(where: { $0.channel == channel }) else {
      return false
    }
    let index = waiting.position - compacted
    byteCount += frame.byteCount - entries[index].frame.byteCount
    entries[index].frame = frame
    return true
  }

  /// Drops all that waits but a frame that has begun.
  func dropUnsent() {
    let begun = headSentByteCount > 0 ? entries[head] : nil
    entries = begun.map { [$0] } ?? []
    head = 0
    compacted = 0
    waitingChannels = []
    byteCount = begun.map { $0.frame.byteCount - headSentByteCount } ?? 0
    losslessByteCount = begun.map { $0.lane == .lossless ? $0.frame.byteCount : 0 } ?? 0
  }

  /// Shows `body` the next bytes to send: a large frame where it lies, small ones gathered in
  /// `scratch`, which must not be empty.
  func withNextBytes<Result>(
    gatheringIn scratch: UnsafeMutableRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Result
  ) -> Result {
    let first = entries[head].frame.bytes
    if entries.count - head == 1 || first.count - headSentByteCount >= scratch.count {
      return first.withUnsafeBytes {
        body(UnsafeRawBufferPointer(rebasing: $0[headSentByteCount...]))
      }
    }
    var filled = 0
    var index = head
    var skipped = headSentByteCount
    while index < entries.count, filled < scratch.count {
      entries[index].frame.bytes.withUnsafeBytes { bytes in
        let piece = bytes[skipped...].prefix(scratch.count - filled)
        UnsafeMutableRawBufferPointer(rebasing: scratch[filled...])
          .copyMemory(from: UnsafeRawBufferPointer(rebasing: piece))
        filled += piece.count
      }
      skipped = 0
      index += 1
    }
    return body(UnsafeRawBufferPointer(rebasing: scratch[..<filled]))
  }

  /// Takes `count` bytes off the front, which the kernel has taken.
  func consume(_ count: Int) {
    byteCount -= count
    var left = headSentByteCount + count
    while head < entries.count, left >= entries[head].frame.byteCount {
      left -= entries[head].frame.byteCount
      forgetChannel(at: head)
      if entries[head].lane == .lossless { losslessByteCount -= entries[head].frame.byteCount }
      head += 1
    }
    headSentByteCount = left
    if left > 0 { forgetChannel(at: head) }
    compact()
  }

  private func forgetChannel(at index: Int) {
    guard case .latest = entries[index].lane else { return }
    waitingChannels.removeAll { $0.position == compacted + index }
  }

  private func compact() {
    guard head == entries.count || head >= 64 && head * 2 >= entries.count else { return }
    entries.removeFirst(head)
    compacted += head
    head = 0
  }
}
