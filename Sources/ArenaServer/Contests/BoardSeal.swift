import ArenaCrypto
import ArenaProtocol
import ArenaRules
import ArenaTypes
import FoundationEssentials

/// What a final board is sealed with, as it is stored beside the board.
struct BoardSeal: Hashable, Sendable, Codable {
  var hash: String
  var rules: String
  var seed: UInt64
  var settledAt: Timestamp
  var lostCount: Int
  var unsettledCount: Int
  var amends: String?

  /// Seals a board.
  ///
  /// - Throws: Where nothing can be hashed.
  init(_ board: SealedBoard) throws {
    hash = Hex.encode(try SHA256.hash(Array(board.canonicalText.utf8)))
    rules = board.rules
    seed = board.seed
    settledAt = board.settledAt
    lostCount = board.lostCount
    unsettledCount = board.unsettledCount
    amends = board.amends
  }

  /// Reads a stored seal; nil for a board of old.
  init?(stored bytes: [UInt8]) {
    guard !bytes.isEmpty, let seal = try? JSONDecoder().decode(Self.self, from: Data(bytes)) else {
      return nil
    }
    self = seal
  }

  /// The bytes that are stored; empty where it can't be encoded.
  var stored: [UInt8] { (try? JSONEncoder().encode(self)).map { [UInt8]($0) } ?? [] }

  var wire: Wire.ContestSeal {
    Wire.ContestSeal(
      hash: hash, rules: rules, seed: String(seed), settledAt: settledAt, lost: lostCount,
      unsettled: unsettledCount, amends: amends)
  }
}
