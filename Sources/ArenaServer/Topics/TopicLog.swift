import DequeModule
import DispatchTransport

/// The last events of one topic, so that a client that comes back gets exactly what it missed.
///
/// Every event has an offset, one more than the event before. The epoch names one life of the log: a
/// server that starts again numbers anew under another epoch, so an offset of the life before can
/// never be mistaken for one of this.
struct TopicLog {
  /// Names this life of the log.
  let epoch: String
  /// The most events that are kept; a client that missed more gets a snapshot.
  let capacity: Int
  /// The offset of the last event; 0 before the first.
  private(set) var offset: Int = 0
  private var frames: Deque<SharedFrame> = []

  init(epoch: String, capacity: Int) {
    self.epoch = epoch
    self.capacity = capacity
  }

  /// Keeps the frame of the event after the last one.
  mutating func append(_ frame: SharedFrame) {
    offset += 1
    frames.append(frame)
    if frames.count > capacity { frames.removeFirst() }
  }

  /// Lets all events go; who missed one of them gets a snapshot.
  mutating func forget() { frames = [] }

  /// What a client has missed that has seen everything up to `position`; nil where that can't be told
  /// and it needs a snapshot.
  func frames(since position: TopicPosition?) -> [SharedFrame]? {
    guard let position, position.epoch == epoch, position.offset <= offset else { return nil }
    let missed = offset - position.offset
    guard missed <= frames.count else { return nil }
    return Array(frames.suffix(missed))
  }
}

/// How far a client has followed a topic.
struct TopicPosition: Hashable, Sendable {
  let epoch: String
  let offset: Int
}
