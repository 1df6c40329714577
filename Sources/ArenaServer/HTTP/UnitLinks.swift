import ArenaCrypto
package import ArenaProtocol
package import ArenaTypes
package import Interpretation

/// The addresses at which a unit's public data lies for those who were shown its page.
///
/// A request over HTTP doesn't say which player makes it, so it can't be refused to one who plays the
/// unit just now. Hence an address has a key that nobody can guess, and the page, which is sealed
/// during a round, is the only place that tells it. The key follows from what is never sent to any
/// client, the unit's held-out excerpts: it stays the same over restarts, and nothing has to be kept.
package struct UnitLinks: Sendable {
  /// What addresses of data begin with.
  package static let dataPath = "/v1/units/"
  /// What addresses of cards begin with.
  package static let cardPath = "/embed/unit/"

  private let campaign: Campaign

  /// The addresses of a campaign's units.
  package init(campaign: Campaign) { self.campaign = campaign }

  /// The addresses of a unit's data and card; nil where the campaign doesn't have it.
  package func links(of id: UnitID) -> Wire.UnitLinks? {
    guard let key = key(of: id) else { return nil }
    return Wire.UnitLinks(
      data: "\(Self.dataPath)\(id).json?key=\(key)", card: "\(Self.cardPath)\(id)?key=\(key)")
  }

  /// The unit whose data or card a request with the right key asks for; nil for every other one.
  package func unit(path: String, query: String?) -> UnitID? {
    let name: Substring
    if path.hasPrefix(Self.dataPath), path.hasSuffix(".json") {
      name = path.dropFirst(Self.dataPath.count).dropLast(".json".count)
    } else if path.hasPrefix(Self.cardPath) {
      name = path.dropFirst(Self.cardPath.count)
    } else {
      return nil
    }
    let id = UnitID(rawValue: String(name))
    let given = query?.split(separator: "&").first { $0.hasPrefix("key=") }?.dropFirst(4)
    guard let given, let key = key(of: id),
      constantTimeEquals(Array(given.utf8), Array(key.utf8))
    else { return nil }
    return id
  }

  private func key(of id: UnitID) -> String? {
    guard let unit = campaign.unit(id) else { return nil }
    var secret = Array(campaign.contentHash.utf8)
    for excerpt in unit.heldOut.map(\.excerpt) {
      for (token, activation) in zip(excerpt.tokenIDs, excerpt.activations) {
        withUnsafeBytes(of: (token.littleEndian, activation.bitPattern.littleEndian)) {
          secret += $0
        }
      }
    }
    guard let hash = try? SHA256.hash(secret),
      let code = try? HMACSHA256.code(of: Array("unit \(id)".utf8), key: hash)
    else { return nil }
    return Hex.encode(Array(code.prefix(16)))
  }
}
