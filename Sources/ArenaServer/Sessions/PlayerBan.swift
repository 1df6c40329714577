import ArenaStorage
import ArenaTypes

/// Why a player may not come in for now, as the player is told.
struct PlayerBan: Sendable, Equatable {
  /// When it ends; nil for never.
  let endsAt: Timestamp?
  let why: String

  /// The ban of a record.
  init(_ record: BanRecord) {
    self.init(endsAt: record.endsAt, why: record.why)
  }

  /// A ban that has just been pronounced.
  init(endsAt: Timestamp?, why: String) {
    self.endsAt = endsAt
    self.why = why
  }

  func isInForce(at moment: Timestamp) -> Bool {
    guard let endsAt else { return true }
    return moment < endsAt
  }

  /// The reason, with the minutes that are left.
  func detail(at moment: Timestamp) -> String {
    guard let endsAt else { return why }
    return "\(why) (for another \(max(1, Int((endsAt - moment).inSeconds / 60 + 1))) min)"
  }
}
