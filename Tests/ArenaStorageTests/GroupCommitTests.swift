import ArenaTypes
import Dispatch
import Testing

@testable import ArenaStorage

@Suite("Group commit")
struct GroupCommitTests {
  /// A disk that writes a group when it is told to, and counts.
  private final class ManualDisk: Sendable {
    let groups = Locked<[Int]>([])
    let started = DispatchSemaphore(value: 0)
    let permits = DispatchSemaphore(value: 0)

    func write(_ group: [[StoreWrite]]) -> [Result<Void, StorageError>] {
      groups.withLock { $0.append(group.count) }
      started.signal()
      permits.wait()
      return group.map { writes in
        writes.isEmpty ? .failure(.conflict("empty")) : .success(())
      }
    }
  }

  private let write = StoreWrite.closeRoom(
    RoomKey(kind: .duel, id: "x"), at: Timestamp(millisecondsSinceEpoch: 0))

  @Test("What arrives while a group is written makes the next one, up to its limit")
  func groups() async {
    var limits = StoreLimits()
    limits.groupCommitCountMax = 3
    let disk = ManualDisk()
    let commits = GroupCommit(label: "test", limits: limits) { disk.write($0) }
    let ends = Locked<[Int]>([])
    commits.commit([write]) { _ in ends.withLock { $0.append(0) } }
    await wait(for: disk.started)
    for index in 1...5 { commits.commit([write]) { _ in ends.withLock { $0.append(index) } } }
    #expect(ends.withLock { $0 }.isEmpty)
    for _ in 0..<3 { disk.permits.signal() }
    await close(commits)
    #expect(disk.groups.withLock { $0 } == [1, 3, 2])
    #expect(commits.counts == .init(groups: 3, commits: 6, writes: 6))
    #expect(ends.withLock { $0 } == [0, 1, 2, 3, 4, 5])
  }

  @Test("Each commit is told its own end")
  func ownEnds() async {
    let disk = ManualDisk()
    // At most as many groups as commits.
    for _ in 0..<3 { disk.permits.signal() }
    let commits = GroupCommit(label: "test", limits: StoreLimits()) { disk.write($0) }
    let ends = Locked<[Bool]>([])
    for writes in [[write], [], [write]] {
      commits.commit(writes) { result in
        ends.withLock { $0.append((try? result.get()) != nil) }
      }
    }
    await close(commits)
    #expect(ends.withLock { $0 } == [true, false, true])
  }

  @Test("A full queue refuses at once and says when to try again", arguments: [true, false])
  func overload(byCount: Bool) async {
    var limits = StoreLimits()
    limits.retryAfter = .milliseconds(123)
    if byCount {
      limits.queuedCommitCountMax = 2
    } else {
      limits.queuedByteCountMax = 2 * write.byteCount
    }
    let disk = ManualDisk()
    let commits = GroupCommit(label: "test", limits: limits) { disk.write($0) }
    let ends = Locked<[Int]>([])
    commits.commit([write]) { _ in ends.withLock { $0.append(0) } }
    await wait(for: disk.started)
    for index in 1...2 { commits.commit([write]) { _ in ends.withLock { $0.append(index) } } }
    // The disk still holds the first commit back, so this answer can't have waited for it.
    let refused = await withCheckedContinuation { continuation in
      commits.commit([write]) { continuation.resume(returning: $0) }
    }
    #expect(throws: StorageError.overloaded(retryAfter: .milliseconds(123))) { try refused.get() }
    #expect(ends.withLock { $0 }.isEmpty)
    for _ in 0..<2 { disk.permits.signal() }
    await close(commits)
    #expect(ends.withLock { $0 } == [0, 1, 2])
  }

  @Test("A payload above the limit is refused, one at the limit is not")
  func tooLarge() async throws {
    var limits = StoreLimits()
    limits.payloadByteCountMax = 8
    let store = InMemoryStore(limits: limits)
    let room = RoomRecord(
      key: RoomKey(kind: .duel, id: "x"), openedAt: Timestamp(millisecondsSinceEpoch: 0),
      setup: Array(repeating: 0, count: 8))
    try await store.commit([.openRoom(room)])
    let entry = JournalEntry(
      room: room.key, sequence: 0, at: room.openedAt, payload: Array(repeating: 0, count: 9))
    await #expect(throws: StorageError.tooLarge(byteCount: 9, byteCountMax: 8)) {
      try await store.commit([.appendJournal(entry)])
    }
  }

  @Test("Closing finishes what was asked for and refuses the rest")
  func closing() async {
    let disk = ManualDisk()
    let commits = GroupCommit(label: "test", limits: StoreLimits()) { disk.write($0) }
    let ends = Locked<[String]>([])
    commits.commit([write]) { _ in ends.withLock { $0.append("first") } }
    await wait(for: disk.started)
    let closed = DispatchSemaphore(value: 0)
    commits.close(
      release: { ends.withLock { $0.append("released") } }, completion: { closed.signal() })
    let late = await withCheckedContinuation { continuation in
      commits.commit([write]) { continuation.resume(returning: $0) }
    }
    #expect(throws: StorageError.closed) { try late.get() }
    disk.permits.signal()
    await wait(for: closed)
    #expect(Set(ends.withLock { $0 }) == ["first", "released"])
    await close(commits)
  }

  /// Waits on a thread of its own, so that the pool of the tests stays free.
  private func wait(for semaphore: DispatchSemaphore) async {
    await withCheckedContinuation { continuation in
      DispatchQueue(label: "wait").async {
        semaphore.wait()
        continuation.resume()
      }
    }
  }

  private func close(_ commits: GroupCommit) async {
    await withCheckedContinuation { continuation in
      commits.close(release: {}, completion: { continuation.resume() })
    }
  }
}
