import ArenaStorage
import ArenaTypes

extension SQLiteGroupWriter {
  func open(_ room: RoomRecord) throws(StorageError) {
    let inserted = try database.run(
      """
      INSERT INTO room (kind, id, opened_at, setup) VALUES (?1, ?2, ?3, ?4)
      ON CONFLICT DO NOTHING
      """, room.key.kind.rawValue, room.key.id, room.openedAt, room.setup)
    if inserted == 1 { return }
    let isTheSame: Bool? = try database.row(
      "SELECT opened_at = ?3 AND setup = ?4 FROM room WHERE kind = ?1 AND id = ?2",
      room.key.kind.rawValue, room.key.id, room.openedAt, room.setup
    ) { $0[0] }
    guard isTheSame == true else {
      throw .conflict("room \(room.key) was opened before, with another setup")
    }
  }

  func append(_ entry: JournalEntry) throws(StorageError) {
    // One statement on the usual way: it finds the room, sees that it is open and that the number is
    // the next, and inserts.
    let inserted = try database.run(
      """
      INSERT INTO journal (room, sequence, at, payload)
      SELECT number, ?3, ?4, ?5 FROM room
      WHERE kind = ?1 AND id = ?2 AND closed_at IS NULL AND ?3 = (
        SELECT COALESCE(MAX(sequence) + 1, 0) FROM journal WHERE room = room.number)
      """,
      entry.room.kind.rawValue, entry.room.id, entry.sequence, entry.at, entry.payload)
    if inserted == 1 { return }
    let isTheSame: Bool? = try database.row(
      """
      SELECT at = ?4 AND payload = ?5 FROM journal
      WHERE room = (SELECT number FROM room WHERE kind = ?1 AND id = ?2) AND sequence = ?3
      """,
      entry.room.kind.rawValue, entry.room.id, entry.sequence, entry.at, entry.payload
    ) { $0[0] }
    if isTheSame == true { return }
    throw .conflict(
      "entry \(entry.sequence) of room \(entry.room) "
        + (isTheSame == nil ? "is not the next, or the room is not open" : "is another one"))
  }

  func close(_ key: RoomKey, at moment: Timestamp) throws(StorageError) {
    let found = try database.run(
      "UPDATE room SET closed_at = COALESCE(closed_at, ?3) WHERE kind = ?1 AND id = ?2",
      key.kind.rawValue, key.id, moment)
    guard found == 1 else { throw .conflict("room \(key) was never opened") }
  }
}
