import ArenaRules
import ArenaStorage
import ArenaTypes
import FoundationEssentials

/// What moderators have decided, as it is on the disk.
struct DurableModeration {
  /// A decision on a text.
  struct Decision: Decodable {
    let text: String
    let author: PlayerID?
    let isHidden: Bool
  }

  /// Bans and mutes, those that have ended included.
  private(set) var bans: [String: BanRecord] = [:]
  /// The names of the audit log's entries.
  private(set) var audits: Set<String> = []
  private(set) var decisions: [TextReference: Decision] = [:]

  mutating func apply(_ write: StoreWrite) {
    switch write {
    case .putBan(let ban): bans[ban.id] = ban
    case .audit(let record): audits.insert(record.id)
    case .putCase(let one):
      guard one.kind == .text, let reference = TextReference(one.id),
        let decision = try? JSONDecoder().decode(Decision.self, from: Data(one.content))
      else { return }
      decisions[reference] = decision
    default: break
    }
  }
}

/// Voiding duels that are over.
extension DurableWorld {
  /// A result is kept anew as void: once, with its audit entry, and exactly its own steps are taken
  /// back from the ratings, while neither of the two is in a duel that began from them.
  func checkVoid(_ record: DuelResultRecord, _ writes: [StoreWrite]) throws(BrokenPromise) {
    guard let before = standings.result(record.duel) else {
      throw BrokenPromise("\(record.duel) is voided and has no result")
    }
    if before == record { return }
    var plain = record
    plain.voidedBecause = nil
    guard before == plain, before.outcome != .void else {
      throw BrokenPromise("\(before) is voided as \(record)")
    }
    guard writes.contains(where: { if case .audit = $0 { true } else { false } }) else {
      throw BrokenPromise("\(record.duel) is voided by nobody")
    }
    var kept: [PlayerID: RatingRecord] = [:]
    for case .putRating(let rating) in writes { kept[rating.player] = rating }
    for seat in before.seats {
      guard let from = seat.ratingBefore, let to = seat.ratingAfter, !seat.isBot else { continue }
      let key = RatingKey(player: seat.player, format: record.format)
      guard let row = kept.removeValue(forKey: seat.player), let old = ratings[key],
        row.rating == old.value - (to - from), row.deviation == old.deviation,
        row.volatility == old.volatility
      else {
        throw BrokenPromise("voiding \(record) leaves \(seat.player) at \(kept), not a step back")
      }
      guard openDuels[seat.player] == nil else {
        throw BrokenPromise("\(record.duel) is voided while \(seat.player) is in a duel")
      }
      ratings[key] = Rating(
        value: row.rating, deviation: row.deviation, volatility: row.volatility,
        ratedAt: row.updatedAt)
    }
    guard kept.isEmpty else { throw BrokenPromise("voiding \(record.duel) moves \(kept)") }
  }
}
