import ArenaStorage
import ArenaTypes
import DispatchTransport

/// A disk that writes in groups, takes its time, and may fail, refuse, or lose power.
///
/// It keeps the contract of `DurableStore` and does everything that the contract allows: a failed
/// commit may be on disk or not, a refusal overtakes what waits, and a crash loses all that has not
/// been acknowledged, but for as much of the group under way as had arrived.
final class SimulatedDisk {
  /// How well it is.
  struct Health {
    /// How long a group takes, in milliseconds.
    var writeMilliseconds: ClosedRange<Int64> = 0...4
    /// How long a question takes, in milliseconds.
    var readMilliseconds: ClosedRange<Int64> = 0...4
    /// The share of groups that fail.
    var failures = 0.0
    /// The share of questions that fail.
    var readFailures = 0.0
    /// The share of commits that are refused at once, since too much waits.
    var refusals = 0.0
  }

  private struct Commit {
    let writes: [StoreWrite]
    let completion: @Sendable (Result<Void, StorageError>) -> Void
  }

  private static let groupCountMax: UInt64 = 64

  /// What is durable.
  private(set) var state = InMemoryState()
  var health = Health()
  /// Its health while it is well.
  let usualHealth: Health
  /// Told of each batch when it has become durable.
  var whenDurable: ([StoreWrite]) -> Void = { _ in }
  /// Asked before a group is written; whoever lets the power fail there says so.
  var failsPower: ([[StoreWrite]]) -> Bool = { _ in false }
  /// Told what became of a group.
  var whenWritten: (String) -> Void = { _ in }
  private(set) var commitsFailed = 0
  private(set) var readsFailed = 0
  private let clock: ManualScheduler
  private var chance: SeededGenerator
  /// The life that has the disk; what comes from one before is dropped.
  private var mount = 0
  private var isClosed = false
  private var waiting: [Commit] = []
  private var writing: [Commit] = []
  private var toldUntil: Timestamp
  private var closings: [@Sendable () -> Void] = []

  /// A disk that takes up to so many milliseconds for a group and for a question.
  init(
    clock: ManualScheduler, chance: SeededGenerator, writeMilliseconds: Int64 = 4,
    readMilliseconds: Int64 = 4
  ) {
    self.clock = clock
    self.chance = chance
    usualHealth = Health(
      writeMilliseconds: 0...writeMilliseconds, readMilliseconds: 0...readMilliseconds)
    health = usualHealth
    toldUntil = clock.now
  }

  /// Whether nothing is on its way.
  var isIdle: Bool { waiting.isEmpty && writing.isEmpty && toldUntil < clock.now }

  /// Whether commits are on their way to it.
  var isWriting: Bool { !writing.isEmpty }

  /// Gives the disk to a new life of the server.
  func mounted() -> DiskMount {
    mount += 1
    isClosed = false
    return DiskMount(disk: Confined(self, to: .driver), number: mount)
  }

  /// Loses power: what was not acknowledged is lost; returns how many commits.
  ///
  /// - Parameter survives: Whether the group under way had arrived; nil for chance.
  func crash(survives: Bool? = nil) -> Int {
    mount += 1
    let arrived =
      survives.map { $0 ? writing.count : 0 }
      ?? (chance.next() % 2 == 0 ? Int(chance.next() % UInt64(writing.count + 1)) : 0)
    for commit in writing.prefix(arrived) { _ = apply(commit) }
    let lost = writing.count - arrived + waiting.count
    writing = []
    waiting = []
    closings = []
    return lost
  }

  /// Puts records there before the first server starts.
  func install(_ writes: [StoreWrite]) throws(StorageError) { try state.apply(writes) }

  // MARK: Commits

  func commit(
    _ writes: [StoreWrite], mount: Int,
    completion: @escaping @Sendable (Result<Void, StorageError>) -> Void
  ) {
    guard mount == self.mount else { return }
    if isClosed { return refuse(.closed, completion) }
    if health.refusals > 0, chance.nextUnit() < health.refusals {
      return refuse(.overloaded(retryAfter: .milliseconds(500)), completion)
    }
    waiting.append(Commit(writes: writes, completion: completion))
    writeNext()
  }

  private func refuse(
    _ error: StorageError, _ completion: @escaping @Sendable (Result<Void, StorageError>) -> Void
  ) {
    commitsFailed += 1
    later(0...1) { completion(.failure(error)) }
  }

  private func writeNext() {
    guard writing.isEmpty, !waiting.isEmpty else { return }
    let count = min(waiting.count, 1 + Int(chance.next() % Self.groupCountMax))
    writing = Array(waiting.prefix(count))
    waiting.removeFirst(count)
    later(health.writeMilliseconds) { [weak self] in self?.written() }
  }

  private func written() {
    if failsPower(writing.map(\.writes)) { return }
    let group = writing
    writing = []
    let results: [Result<Void, StorageError>]
    if health.failures > 0, chance.nextUnit() < health.failures {
      let error = StorageError.inputOutput(doing: "writing", reason: "simulated")
      // Nothing, all, or the first of the group may have reached the disk.
      let arrived = min(group.count, Int(chance.next() % UInt64(group.count + 2)))
      for commit in group.prefix(arrived) { _ = apply(commit) }
      results = group.map { _ in .failure(error) }
      commitsFailed += group.count
      whenWritten("failed \(group.count), \(arrived) written\(Self.journals(in: group))")
    } else {
      results = group.map(apply)
      whenWritten("wrote \(group.count)\(Self.journals(in: group))")
    }
    tell(zip(group, results).map { commit, result in { commit.completion(result) } })
    writeNext()
    if waiting.isEmpty, writing.isEmpty {
      tell(closings.map { closing in { closing() } })
      closings = []
    }
  }

  /// The entries of journals in a group, each as its room and number.
  private static func journals(in group: [Commit]) -> String {
    group.flatMap(\.writes).map { write in
      if case .appendJournal(let entry) = write { " \(entry.room) \(entry.sequence)" } else { "" }
    }.joined()
  }

  private func apply(_ commit: Commit) -> Result<Void, StorageError> {
    do throws(StorageError) {
      try state.apply(commit.writes)
    } catch {
      commitsFailed += 1
      return .failure(error)
    }
    whenDurable(commit.writes)
    return .success(())
  }

  /// Calls completions in their order, a little later.
  private func tell(_ completions: [() -> Void]) {
    guard !completions.isEmpty else { return }
    let mount = mount
    toldUntil = max(toldUntil, clock.now + .milliseconds(Int64(chance.next() % 2)))
    clock.schedule(at: toldUntil) { [weak self] in
      guard self?.mount == mount else { return }
      for completion in completions { completion() }
    }
  }

  // MARK: Questions

  func read<Answer: Sendable>(
    _ question: @escaping @Sendable (any StoreReader) throws(StorageError) -> Answer, mount: Int,
    completion: @escaping @Sendable (Result<Answer, StorageError>) -> Void
  ) {
    guard mount == self.mount else { return }
    if isClosed {
      return later(0...1) { completion(.failure(.closed)) }
    }
    if health.readFailures > 0, chance.nextUnit() < health.readFailures {
      readsFailed += 1
      return later(health.readMilliseconds) {
        completion(.failure(.inputOutput(doing: "reading", reason: "simulated")))
      }
    }
    // The moment of the answer lies anywhere between asking and hearing it.
    later(health.readMilliseconds) { [weak self] in
      guard let self else { return }
      let reader = state.reader()
      let answer = Result { () throws(StorageError) in try question(reader) }
      later(0...3) { completion(answer) }
    }
  }

  func close(mount: Int, completion: @escaping @Sendable () -> Void) {
    guard mount == self.mount else { return }
    isClosed = true
    if waiting.isEmpty, writing.isEmpty { tell([completion]) } else { closings.append(completion) }
  }

  private func later(_ milliseconds: ClosedRange<Int64>, _ action: @escaping () -> Void) {
    let mount = mount
    let delay = Int64.random(in: milliseconds, using: &chance)
    clock.schedule(after: .milliseconds(delay)) { [weak self] in
      guard self?.mount == mount else { return }
      action()
    }
  }
}
