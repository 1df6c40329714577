import DequeModule
import TransformerEngine

/// The jobs that wait for the engine: bounded, by priority, and first come first served within one.
///
/// Urgent is a live round, in which two people look at a clock; in the background is what nobody waits
/// for, such as predictions for a heat map that is shown later. Quick jobs, which take a fraction of a
/// score's time, go before all of these.
struct EngineQueue<Job> {
  /// The lane above those of the priorities.
  private static var quickLane: Int { InferencePriority.allCases.count }

  /// The most jobs that may wait.
  let capacity: Int
  private var lanes: [Deque<Job>]
  private(set) var count = 0

  init(capacity: Int) {
    self.capacity = capacity
    lanes = Array(repeating: [], count: Self.quickLane + 1)
  }

  /// Appends a job, or says no where the queue is full.
  ///
  /// A full queue still takes an urgent job in exchange for the youngest waiting job of a lower
  /// priority, which comes back as `displaced`: somebody looks at a clock.
  ///
  /// - Parameter isQuick: Whether it goes before everything else that waits.
  mutating func enqueue(
    _ job: Job, priority: InferencePriority, isQuick: Bool = false
  ) -> Admission {
    let own = isQuick ? Self.quickLane : priority.rawValue
    if count < capacity {
      lanes[own].append(job)
      count += 1
      return .admitted(displaced: nil)
    }
    guard priority == .urgent else { return .full }
    for lane in 0..<priority.rawValue {
      if let displaced = lanes[lane].popLast() {
        lanes[own].append(job)
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
