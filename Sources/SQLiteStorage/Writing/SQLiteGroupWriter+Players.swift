import ArenaStorage
import ArenaTypes

extension SQLiteGroupWriter {
  func put(_ player: PlayerRecord) throws(StorageError) {
    try database.run(
      """
      INSERT INTO player (id, name, secret_hash, created_at, last_seen_at, shows_explicit,
        rounds_played, extra, territory)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
      ON CONFLICT (id) DO UPDATE SET name = ?2, secret_hash = ?3, created_at = ?4,
        last_seen_at = ?5, shows_explicit = ?6, rounds_played = ?7, extra = ?8, territory = ?9
      """,
      player.id, player.name, player.secretHash, player.createdAt, player.lastSeenAt,
      player.showsExplicit, player.roundsPlayed, player.extra, player.territory?.description)
  }

  func put(_ rating: RatingRecord) throws(StorageError) {
    try database.run(
      """
      INSERT INTO rating (player, format, rating, deviation, volatility, updated_at)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6)
      ON CONFLICT (player, format) DO UPDATE SET rating = ?3, deviation = ?4, volatility = ?5,
        updated_at = ?6
      """,
      rating.player, rating.format, rating.rating, rating.deviation, rating.volatility,
      rating.updatedAt)
  }
}
