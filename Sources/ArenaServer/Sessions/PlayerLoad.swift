/// A player that is being read from the store, by one greeting or by several.
struct PlayerLoad {
  /// How many are reading.
  var readerCount = 0
  /// How many of the player's duels have ended since the first began.
  var endedCount = 0
}
