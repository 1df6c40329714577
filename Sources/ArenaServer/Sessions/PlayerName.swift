import Interpretation

/// The rules for a player's name, and names for guests.
enum PlayerName {
  /// The most characters of a name.
  static let characterCountMax = 24

  private static let adjectives = [
    "Curious", "Quick", "Quiet", "Bright", "Brave", "Patient", "Clever", "Keen", "Merry", "Bold",
    "Gentle", "Lucky", "Nimble", "Sharp", "Steady", "Witty",
  ]
  private static let animals = [
    "Otter", "Heron", "Fox", "Badger", "Owl", "Lynx", "Hare", "Raven", "Newt", "Robin", "Seal",
    "Stoat", "Swift", "Toad", "Vole", "Wren",
  ]

  /// The name as it is kept; nil where it is empty, too long, explicit or does not show.
  static func cleaned(_ name: String) -> String? {
    let folded = name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard !folded.isEmpty, folded.count <= characterCountMax,
      folded.utf8.count <= 4 * characterCountMax, !TextChecks().isExplicit(folded),
      folded.unicodeScalars.allSatisfy({ !isInvisible($0) })
    else { return nil }
    return folded
  }

  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .privateUse, .unassigned, .surrogate: true
    default: false
    }
  }

  /// A name for a guest who gave none.
  static func guest(from entropy: Entropy) -> String {
    var generator = entropy
    let adjective = adjectives.randomElement(using: &generator) ?? "Curious"
    let animal = animals.randomElement(using: &generator) ?? "Otter"
    return "\(adjective) \(animal) \(Int.random(in: 10...99, using: &generator))"
  }
}
