import ArenaRules
import ArenaStorage
import ArenaTypes
import FoundationEssentials

/// What a duel's room is opened with, as its journal keeps it.
struct DuelRecord: Codable, Sendable {
  let setup: DuelSetup
  let startedAt: Timestamp
  let isPrivate: Bool
  let rematchOf: DuelID?
  /// What the ghost replays, where one sits here.
  var ghost: GhostRecording?

  /// The ghost with its seat.
  var seatedGhost: (seat: Int, recording: GhostRecording)? {
    guard let ghost, let seat = setup.seats.firstIndex(where: { $0.kind == .ghost }) else {
      return nil
    }
    return (seat, ghost)
  }

  /// The room in the store.
  var room: RoomRecord {
    get throws {
      RoomRecord(
        key: .duel(setup.id), openedAt: startedAt, closedAt: nil,
        setup: [UInt8](try JSONEncoder().encode(self)))
    }
  }
}

/// A duel as its journal keeps it.
struct RecordedDuel: Sendable {
  let record: DuelRecord
  let commands: [Timed<DuelCommand>]
  /// Whether it is over.
  let isClosed: Bool

  /// Reads a duel from a store's reader; nil if there is no such room.
  ///
  /// - Throws: A `StorageError`, or what makes the journal unreadable.
  init?(_ key: RoomKey, reader: any StoreReader) throws(StorageError) {
    guard let room = try reader.room(key) else { return nil }
    let entries = try reader.journal(of: key, from: 0)
    isClosed = room.closedAt != nil
    do {
      let decoder = JSONDecoder()
      record = try decoder.decode(DuelRecord.self, from: Data(room.setup))
      commands = try entries.map { entry in
        Timed(at: entry.at, try decoder.decode(DuelCommand.self, from: Data(entry.payload)))
      }
    } catch {
      throw .unusable(path: "the journal of \(key)", reason: "\(error)")
    }
  }
}

/// A duel with its journal replayed.
struct RestoredDuel: Sendable {
  let record: DuelRecord
  let duel: Duel
  let entryCount: Int
  let lastEntryAt: Timestamp
  /// What the entries meant that nobody has been told of: the state after each, and its events.
  let unseen: [(duel: Duel, events: [DuelEvent])]

  /// Reads a duel from a store's reader; nil if there is no such room.
  ///
  /// - Parameter performedCount: How many entries everybody has been told of; nil: all.
  /// - Throws: A `StorageError`, or what makes the journal unreadable.
  init?(
    _ key: RoomKey, reader: any StoreReader, performedCount: Int? = nil
  ) throws(StorageError) {
    guard let recorded = try RecordedDuel(key, reader: reader) else { return nil }
    record = recorded.record
    let commands = recorded.commands
    do {
      let seen = commands.prefix(performedCount ?? commands.count)
      var duel = try Duel.replay(
        record.setup, startedAt: record.startedAt, commands: Array(seen)
      ).duel
      unseen = try commands.dropFirst(seen.count).map { timed in
        let events = try duel.apply(timed.command, now: timed.at)
        return (duel, events)
      }
      self.duel = duel
    } catch {
      throw .unusable(path: "the journal of \(key)", reason: "\(error)")
    }
    entryCount = commands.count
    lastEntryAt = commands.last?.at ?? record.startedAt
  }
}
