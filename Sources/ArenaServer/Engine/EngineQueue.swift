import DequeModule
import TransformerEngine

/// The jobs that wait for the engine: bounded, by priority, and first come first served within one.
///
/// Urgent is a live round, in which two people look at a clock; in the background is what nobody waits
/// for, such as predictions for a heat map that is shown later.
struct EngineQueue<Job> {
  /// The most jobs that may wait.
  let capacity: Int
  private var lanes: [Deque<Job>]
  private(set) var count = 0

  init(capacity: Int) {
    self.capacity = capacity
    lanes = InferencePriority.allCases.map { _ in Deque() }
  }

  /// Appends a job, or says no where the queue is full.
  ///
  /// A full queue still takes an urgent job in exchange for the youngest waiting job of a lower
  /// priority, which comes back as `displaced`: somebody looks at a clock.
  mutating func enqueue(_ job: Job, priority: InferencePriority) -> Admission {
    if count < capacity {
      lanes[priority.rawValue].append(job)
      count += 1
      return .admitted(displaced: nil)
    }
    guard priority == .urgent else { return .full }
    for lane in 0..<priority.rawValue {
      if let displaced = lanes[lane].popLast() {
        lanes[priority.rawValue].append(job)
        return .admitted(displaced: displaced)
      }
    }
    return .full
  }

  /// Takes the job that is next, if there is one of this priority or a higher one.
  mutating func dequeue(from lowest: InferencePriority = .background) -> Job? {
    for lane in lanes.indices.reversed() where lane >= lowest.rawValue {
      if let job = lanes[lane].popFirst() {
        count -= 1
        return job
      }
    }
    return nil
  }

  /// Takes out the first job that is meant, wherever it waits.
  mutating func remove(where isMeant: (Job) -> Bool) -> Job? {
    for lane in lanes.indices {
      guard let place = lanes[lane].firstIndex(where: isMeant) else { continue }
      count -= 1
      return lanes[lane].remove(at: place)
    }
    return nil
  }

  /// What became of a job.
  enum Admission {
    case admitted(displaced: Job?)
    case full
  }
}
