/// Which requests wait, and whose sequences make up the next pass: pure, on its owner's clock.
///
/// ```
///            full: busy                        nothing else to do, and patient
///               ▲                                    ┌────────────┐
///               │                                    ▼            │
///  submit ──▶ lanes by priority ──▶ turn ──▶ pass of one kind and priority ──▶ took
///               │      ▲              │                                         │
///    cancel ◀───┴──────┼──────────────┴─▶ late                                  │
///                      └──────────── sequences that are left ◀──────────────────┘
/// ```
///
/// **Order.** The highest priority goes first. Within it, callers get equal shares by weighted fair
/// queueing (Demers, Keshav, Shenker 1989): a lane's virtual time grows by a pass's work, divided by
/// the requests that wait; a request's tag is that time or the end of its caller's last request, and
/// grows by the work that is taken of it; the smallest tag leads. So a long request and a stream of
/// short ones take turns.
///
/// **Company.** A pass takes sequences of its leader's kind and priority, one of each request in turn,
/// until its rows, its buffers or its results would be
/// too many. A lower priority never fills up a pass: each row
/// would make the leader later.
struct BatchSchedule {
  /// Time since the queue's start.
  typealias Moment = Duration
  /// Names a request.
  typealias RequestID = Int

  /// What may share a pass.
  enum Kind: Hashable, Sendable {
    case capture, embedding
    /// Units of each sequence, and the logits of the token to come.
    case captureWithLogits
    /// Units of sequences that go on from beginnings, all as deep, and are themselves kept to go on from
    /// or not.
    case goingOn(depth: Int, keepsPrefixes: Bool)
    /// Probabilities of a few tokens, or of all.
    case someTokens, allTokens
  }

  /// What the schedule needs to know of a request's work.
  struct Work: Sendable {
    let kind: Kind
    /// The layers that it needs.
    let depth: Int
    /// One for each sequence.
    let sizes: [Size]

    /// What a sequence takes.
    struct Size: Sendable, Hashable {
      let rowCount: Int
      /// Buffers of the pass.
      let bufferByteCount: Int
      let resultByteCount: Int
    }
  }

  /// Sequences that are computed together.
  struct Pass: Sendable, Equatable {
    var parts: [Part] = []
    var rowCount = 0
    var depth = 0
    let priority: InferencePriority

    /// The sequences of one request.
    struct Part: Sendable, Equatable {
      let id: RequestID
      var range: Range<Int>
    }
  }

  /// What is to be done now.
  enum Turn: Equatable {
    case run(Pass)
    /// A pass could go, but has time to wait for company.
    case wait(until: Moment)
    case idle
  }

  /// A waiting request.
  private struct Entry {
    let id: RequestID
    let work: Work
    let terms: InferenceTerms
    let arrival: Moment
    /// The first sequence that no pass has taken.
    var next = 0
    var tag: Int

    var remainingRowCount: Int { work.sizes[next...].reduce(0) { $0 + $1.rowCount } }
    /// When it has waited for company long enough; what has begun doesn't wait.
    var companyEnd: Moment { next > 0 ? .zero : arrival + terms.patience }
    /// When its turn is too late.
    var end: Moment? { next > 0 ? nil : terms.timeLimit.map { arrival + $0 } }
  }

  /// The requests of one priority.
  private struct Lane {
    /// In the order in which they came.
    var entries: [Entry] = []
    var virtualTime = 0
    /// By caller: where its next request begins.
    var callerTags: [UInt64: Int] = [:]
  }

  let limits: InferenceLimits
  private var lanes = InferencePriority.allCases.map { _ in Lane() }
  private(set) var waitingRequestCount = 0
  private(set) var waitingRowCount = 0
  /// A moving average over the passes: what one row costs in one layer.
  private(set) var secondsPerRowAndLayer = 4e-5

  /// What a pass costs beside its rows, in rows: expanding the weights, waking threads.
  static let passCostRowCount = 16

  init(limits: InferenceLimits) { self.limits = limits }
}

// MARK: Coming and going

extension BatchSchedule {
  /// Lets a request wait.
  ///
  /// A full queue takes one in exchange for the youngest ones of the lowest priorities below its own
  /// that have not begun.
  ///
  /// - Returns: Those that lost their places.
  mutating func submit(
    _ id: RequestID, _ work: Work, terms: InferenceTerms, now: Moment
  ) throws(InferenceRefusal) -> [RequestID] {
    let rowCount = work.sizes.reduce(0) { $0 + $1.rowCount }
    try check(work, rowCount: rowCount)
    let displaced = try placesTaken(by: rowCount, below: terms.priority)
    for other in displaced { _ = remove(other) }
    let lane = terms.priority.rawValue
    let tag = max(
      lanes[lane].virtualTime, terms.caller.flatMap { lanes[lane].callerTags[$0] } ?? 0)
    if let caller = terms.caller {
      lanes[lane].callerTags[caller] = tag + rowCount * work.depth
      forgetOldCallers(lane)
    }
    lanes[lane].entries.append(
      Entry(id: id, work: work, terms: terms, arrival: now, tag: tag))
    waitingRequestCount += 1
    waitingRowCount += rowCount
    return displaced
  }

  /// Refuses what no queue with these limits could ever compute.
  private func check(_ work: Work, rowCount: Int) throws(InferenceRefusal) {
    guard rowCount <= limits.waitingTokenCountMax else {
      throw .tooLarge(
        "\(rowCount) tokens, and \(limits.waitingTokenCountMax) may wait; ask in several requests")
    }
    for size in work.sizes {
      guard size.bufferByteCount <= limits.passByteCountMax else {
        throw .tooLarge(
          "a sequence of \(size.rowCount) tokens needs \(size.bufferByteCount) bytes of buffers, "
            + "and a pass may use \(limits.passByteCountMax); shorten it")
      }
      guard size.resultByteCount <= limits.resultByteCountMax else {
        throw .tooLarge(
          "a sequence's result has \(size.resultByteCount) bytes, and a pass may give "
            + "\(limits.resultByteCountMax); ask for fewer neurons, layers or tokens of it")
      }
    }
  }

  /// Whose places a request of so many rows needs.
  private func placesTaken(
    by rowCount: Int, below priority: InferencePriority
  ) throws(InferenceRefusal) -> [RequestID] {
    var requests = waitingRequestCount + 1 - limits.requestCountMax
    var rows = waitingRowCount + rowCount - limits.waitingTokenCountMax
    var displaced: [RequestID] = []
    if requests <= 0, rows <= 0 { return [] }
    for lane in lanes[..<priority.rawValue] {
      for entry in lane.entries.reversed() where entry.next == 0 {
        displaced.append(entry.id)
        requests -= 1
        rows -= entry.remainingRowCount
        if requests <= 0, rows <= 0 { return displaced }
      }
    }
    throw .busy(retryAfter: timeToEmpty)
  }

  /// Callers whose share is in the past are as good as new ones.
  private mutating func forgetOldCallers(_ lane: Int) {
    guard lanes[lane].callerTags.count > 2 * limits.requestCountMax else { return }
    let time = lanes[lane].virtualTime
    lanes[lane].callerTags = lanes[lane].callerTags.filter { $0.value > time }
  }

  /// Forgets what still waits of a request; whether anything did.
  mutating func remove(_ id: RequestID) -> Bool {
    for lane in lanes.indices {
      guard let place = lanes[lane].entries.firstIndex(where: { $0.id == id }) else { continue }
      let entry = lanes[lane].entries.remove(at: place)
      waitingRequestCount -= 1
      waitingRowCount -= entry.remainingRowCount
      return true
    }
    return false
  }

  /// Forgets the requests whose time limit has passed before they began.
  mutating func removeLate(now: Moment) -> [RequestID] {
    let late = lanes.flatMap { lane in
      lane.entries.compactMap { entry in entry.end.map { $0 < now } ?? false ? entry.id : nil }
    }
    for id in late { _ = remove(id) }
    return late
  }

  /// How long what waits is likely to take.
  var timeToEmpty: Duration {
    let work = lanes.reduce(0) { sum, lane in
      lane.entries.reduce(sum) { $0 + $1.remainingRowCount * $1.work.depth }
    }
    return .seconds(max(0.01, Double(work) * secondsPerRowAndLayer))
  }

  /// Takes note of what a pass took.
  mutating func took(_ time: Duration, _ pass: Pass) {
    let work = Double((pass.rowCount + Self.passCostRowCount) * max(1, pass.depth))
    let seconds = time / .seconds(1) / work
    secondsPerRowAndLayer = 0.9 * secondsPerRowAndLayer + 0.1 * seconds
  }
}

// MARK: The next pass

extension BatchSchedule {
  /// What is to be done now; the sequences of a pass that runs wait no more.
  ///
  /// - Parameter floor: Only what is more urgent than this, and that without waiting for company.
  mutating func turn(now: Moment, above floor: InferencePriority? = nil) -> Turn {
    for lane in lanes.indices.reversed() where lane > floor?.rawValue ?? -1 {
      guard !lanes[lane].entries.isEmpty, let priority = InferencePriority(rawValue: lane) else {
        continue
      }
      let (pass, isFull, companyEnd) = gather(lane, priority)
      guard isFull || floor != nil || companyEnd <= now else { return .wait(until: companyEnd) }
      take(pass, from: lane)
      return .run(pass)
    }
    return .idle
  }

  /// Whether something more urgent than `floor` waits.
  func hasMoreUrgent(than floor: InferencePriority) -> Bool {
    lanes[(floor.rawValue + 1)...].contains { !$0.entries.isEmpty }
  }

  /// The pass that a lane's requests make up, whether more would wait for its place, and when the
  /// first of them has waited for company long enough.
  private func gather(
    _ lane: Int, _ priority: InferencePriority
  ) -> (pass: Pass, isFull: Bool, companyEnd: Moment) {
    let entries = lanes[lane].entries.enumerated().sorted {
      ($0.element.tag, $0.offset) < ($1.element.tag, $1.offset)
    }.map(\.element)
    var pass = Pass(priority: priority)
    pass.depth = entries[0].work.depth
    var bytes = (buffers: 0, results: 0)
    var companyEnd = entries[0].companyEnd
    var isFull = false
    // Where in `pass.parts` a request's sequences are; nil before its first one.
    var candidates: [(entry: Entry, part: Int?)] =
      entries.filter { $0.work.kind == entries[0].work.kind }.map { ($0, nil) }
    while !candidates.isEmpty {
      var left: [(entry: Entry, part: Int?)] = []
      for (entry, part) in candidates {
        let index = part.map { pass.parts[$0].range.upperBound } ?? entry.next
        let size = entry.work.sizes[index]
        if !pass.parts.isEmpty {
          let isTooMuch =
            pass.rowCount + size.rowCount > limits.passRowCountMax
            || bytes.buffers + size.bufferByteCount > limits.passByteCountMax
            || bytes.results + size.resultByteCount > limits.resultByteCountMax
          isFull = isFull || isTooMuch
          if isTooMuch || part == nil && !pays(size, depth: entry.work.depth, in: pass) {
            continue
          }
        }
        pass.rowCount += size.rowCount
        pass.depth = max(pass.depth, entry.work.depth)
        bytes.buffers += size.bufferByteCount
        bytes.results += size.resultByteCount
        companyEnd = min(companyEnd, entry.companyEnd)
        let place = part ?? pass.parts.count
        if part == nil {
          pass.parts.append(Pass.Part(id: entry.id, range: index..<index + 1))
        } else {
          pass.parts[place].range = pass.parts[place].range.lowerBound..<index + 1
        }
        if index + 1 < entry.work.sizes.count { left.append((entry, place)) }
      }
      candidates = left
    }
    return (pass, isFull, companyEnd)
  }

  /// Whether a sequence that needs `depth` layers is cheaper in the pass than in one of its own.
  ///
  /// All rows of a pass go through all of its layers: sharing costs the rows of the shallow side the
  /// layers that they don't need, and saves what a pass costs beside its rows.
  private func pays(_ size: Work.Size, depth: Int, in pass: Pass) -> Bool {
    let rows = depth < pass.depth ? size.rowCount : pass.rowCount
    return rows * abs(pass.depth - depth) <= Self.passCostRowCount * min(depth, pass.depth)
  }

  private mutating func take(_ pass: Pass, from lane: Int) {
    let ranges = Dictionary(uniqueKeysWithValues: pass.parts.map { ($0.id, $0.range) })
    lanes[lane].virtualTime += pass.rowCount * pass.depth / max(1, lanes[lane].entries.count)
    for place in lanes[lane].entries.indices.reversed() {
      guard let range = ranges[lanes[lane].entries[place].id] else { continue }
      let work = lanes[lane].entries[place].work
      lanes[lane].entries[place].next = range.upperBound
      lanes[lane].entries[place].tag +=
        work.sizes[range].reduce(0) { $0 + $1.rowCount } * work.depth
      if range.upperBound == work.sizes.count {
        lanes[lane].entries.remove(at: place)
        waitingRequestCount -= 1
      }
    }
    waitingRowCount -= pass.rowCount
  }
}
