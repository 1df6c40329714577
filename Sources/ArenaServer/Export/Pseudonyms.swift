import ArenaCrypto
import ArenaRules
import ArenaTypes

/// Names for what must not be found again, the same for the same thing within one export.
///
/// They are made with a key that is drawn for the export and thrown away with it (HMAC-SHA-256), so
/// that nobody, who has the database or another export, can tell whose they are.
struct Pseudonyms: Sendable {
  private let key: [UInt8]

  /// Names under a fresh key.
  init(from entropy: Entropy) {
    key = (0..<4).flatMap { _ in
      let bits = entropy.next()
      return (0..<8).map { UInt8(truncatingIfNeeded: bits >> (8 * $0)) }
    }
  }

  /// A player's.
  func player(_ id: PlayerID) -> String { name("p", id.rawValue) }

  /// That of an explanation by a player, whose name tells of a duel.
  func explanation(_ id: ExplanationID) -> String { name("x", id.rawValue) }

  private func name(_ kind: String, _ text: String) -> String {
    let code = (try? HMACSHA256.code(of: Array("\(kind)/\(text)".utf8), key: key)) ?? []
    return "\(kind)_\(Hex.encode(Array(code.prefix(8))))"
  }
}
