/// Joins frames that many connections are given one behind the other.
///
/// Ten thousand subscribers of a topic get the same frames in the same order. Where several wait for a
/// connection's next turn to be flushed, the first two connections queue them; from the second on the
/// two frames are made one, which all the others take by reference:
///
/// ```
///   waits   is given          waits        is given
///   A       B          ──▶    AB           C          ──▶   ABC    (one send, no queue, no copy)
/// ```
///
/// So a delivery costs one comparison and one reference, however many frames are outstanding, and the
/// kernel copies from the same few kilobytes again and again.
struct FrameJunction {
  /// Above it, frames are queued one by one: what is joined is copied once more for each frame.
  private static let byteCountMax = 32_768

  private let byteCountMax: Int
  private var first: SharedFrame?
  private var second: SharedFrame?
  private var joined: SharedFrame?

  /// - Parameter laneByteCountMax: The bound of what may wait; nothing is joined above it.
  init(laneByteCountMax: Int) { byteCountMax = min(Self.byteCountMax, laneByteCountMax) }

  /// The two as one, from the second time on that these two are asked for in a row.
  ///
  /// - Complexity: O(1), but O(*n*) in their bytes the second time.
  @inline(__always)
  mutating func join(_ waiting: SharedFrame, _ frame: SharedFrame) -> SharedFrame? {
    guard first === waiting, second === frame else {
      first = waiting
      second = frame
      joined = nil
      return nil
    }
    return joined ?? make(waiting, frame)
  }

  private mutating func make(_ waiting: SharedFrame, _ frame: SharedFrame) -> SharedFrame? {
    guard waiting.byteCount + frame.byteCount <= byteCountMax else { return nil }
    joined = SharedFrame(joining: waiting, frame)
    return joined
  }

  /// Lets go of the frames.
  mutating func clear() {
    guard first != nil else { return }
    first = nil
    second = nil
    joined = nil
  }
}
