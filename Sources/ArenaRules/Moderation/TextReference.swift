public import ArenaTypes

/// Names a text that moderators can hide: an excerpt, an explanation, or what a player wrote in a duel.
public enum TextReference: Hashable, Sendable, Codable, CustomStringConvertible {
  /// An excerpt of the campaign.
  case excerpt(id: ExcerptID)
  /// An explanation, of the campaign's or a player's.
  case explanation(id: ExplanationID)
  /// What a seat wrote in a round of a duel; the round, the seat and the attempt count from 0.
  case duel(id: DuelID, round: Int, seat: Int, attempt: Int)

  /// The most bytes of a reference's text.
  public static let byteCountMax = 160

  /// Reads what `description` wrote; nil for anything else.
  public init?(_ text: String) {
    guard text.utf8.count <= Self.byteCountMax else { return nil }
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[1].isEmpty else { return nil }
    let name = String(parts[1])
    switch parts[0] {
    case "excerpt": self = .excerpt(id: ExcerptID(rawValue: name))
    case "explanation": self = .explanation(id: ExplanationID(rawValue: name))
    case "duel":
      let places = name.split(separator: "/", omittingEmptySubsequences: false)
      let numbers = places.dropFirst().compactMap { place in
        place.utf8.count <= 3 && place.utf8.allSatisfy { (48...57).contains($0) } ? Int(place) : nil
      }
      guard places.count == 4, numbers.count == 3, !places[0].isEmpty else { return nil }
      self = .duel(
        id: DuelID(rawValue: String(places[0])), round: numbers[0], seat: numbers[1],
        attempt: numbers[2])
    default: return nil
    }
  }

  /// The text on the wire, such as `excerpt/e17` or `duel/d_51c0/0/1/0`.
  public var description: String {
    switch self {
    case .excerpt(let id): "excerpt/\(id)"
    case .explanation(let id): "explanation/\(id)"
    case .duel(let id, let round, let seat, let attempt): "duel/\(id)/\(round)/\(seat)/\(attempt)"
    }
  }
}
