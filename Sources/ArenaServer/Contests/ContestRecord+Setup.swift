import ArenaRules
import ArenaStorage
import ArenaTypes
import FoundationEssentials

/// A contest with its journal replayed.
struct RestoredContest: Sendable {
  let contest: Contest
  let entryCount: Int
  let lastEntryAt: Timestamp
  /// The events of the entries that nobody has been told of.
  let unseen: [ContestEvent]

  /// Reads a contest from a store's reader; nil if there is no such room.
  ///
  /// - Parameter performedCount: How many entries everybody has been told of; nil: all.
  /// - Throws: A `StorageError`, or what makes the journal unreadable.
  init?(
    _ key: RoomKey, reader: any StoreReader, performedCount: Int? = nil
  ) throws(StorageError) {
    guard let room = try reader.room(key) else { return nil }
    let entries = try reader.journal(of: key, from: 0)
    do {
      let decoder = JSONDecoder()
      let setup = try decoder.decode(ContestSetup.self, from: Data(room.setup))
      let commands = try entries.map { entry in
        Timed(at: entry.at, try decoder.decode(ContestCommand.self, from: Data(entry.payload)))
      }
      let seen = commands.prefix(performedCount ?? commands.count)
      var contest = try Contest.replay(setup, commands: Array(seen)).contest
      unseen = try commands.dropFirst(seen.count).flatMap { timed in
        try contest.apply(timed.command, now: timed.at)
      }
      self.contest = contest
    } catch {
      throw .unusable(path: "the journal of \(key)", reason: "\(error)")
    }
    entryCount = entries.count
    lastEntryAt = entries.last?.at ?? room.openedAt
  }
}

extension ContestSetup {
  /// The room in the store.
  func room(at now: Timestamp) throws -> RoomRecord {
    RoomRecord(
      key: .contest(id), openedAt: now, closedAt: nil,
      setup: [UInt8](try JSONEncoder().encode(self)))
  }
}
