import DequeModule

/// How soon an engine job runs: every waiting job of a higher priority goes first.
public enum EnginePriority: Int, Sendable, CaseIterable, Comparable {
  /// Nobody waits for it: predictions for a heat map that is shown later.
  case background
  /// A player's draft or a text typed out of curiosity.
  case curiosity
  /// An explanation or a text of a contest.
  case contest
  /// A live round: two people look at a clock.
  case liveRound

  /// Whether `left` waits while `right` runs.
  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// The jobs that wait for the engine: bounded, by priority, and first come first served within one.
struct EngineQueue<Job> {
  /// The most jobs that may wait.
  let capacity: Int
  private var lanes: [Deque<Job>]
  private(set) var count = 0

  init(capacity: Int) {
    self.capacity = capacity
    lanes = EnginePriority.allCases.map { _ in Deque() }
  }

  /// Appends a job, or says no where the queue is full.
  ///
  /// A full queue still takes a live round's job in exchange for the youngest waiting job of a lower
  /// priority, which comes back as `displaced`: somebody looks at a clock.
  mutating func enqueue(_ job: Job, priority: EnginePriority) -> Admission {
    if count < capacity {
      lanes[priority.rawValue].append(job)
      count += 1
      return .admitted(displaced: nil)
    }
    guard priority == .liveRound else { return .full }
    for lane in 0..<priority.rawValue {
      if let displaced = lanes[lane].popLast() {
        lanes[priority.rawValue].append(job)
        return .admitted(displaced: displaced)
      }
    }
    return .full
  }

  /// Takes the job that is next, if there is one of this priority or a higher one.
  mutating func dequeue(from lowest: EnginePriority = .background) -> Job? {
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
