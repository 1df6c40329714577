/// A text that says what makes a unit fire: one to three meanings joined by `|`.
///
/// White space is folded and trimmed; a value of this type keeps to the limits.
public struct ExplanationText: Hashable, Sendable, Codable, CustomStringConvertible {
  /// The most meanings of one explanation.
  public static let meaningCountMax = 3
  /// The most words of one meaning.
  public static let wordCountMax = 12
  /// The most characters of one meaning.
  public static let characterCountMax = 80

  /// The meanings, each of 1 to 12 words and at most 80 characters.
  public let meanings: [String]

  /// The meanings joined by ` | `.
  public var description: String { meanings.joined(separator: " | ") }

  /// Reads what somebody wrote.
  ///
  /// - Throws: The first limit that `text` breaks.
  public init(_ text: String) throws(ExplanationTextRejection) {
    let meanings = text.split(separator: "|", omittingEmptySubsequences: false).map { part in
      part.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
    if meanings.allSatisfy(\.isEmpty) { throw .empty }
    if meanings.contains(where: \.isEmpty) { throw .emptyMeaning }
    if meanings.count > Self.meaningCountMax { throw .tooManyMeanings(meanings.count) }
    for meaning in meanings {
      let words = meaning.split(separator: " ").count
      if words > Self.wordCountMax { throw .tooManyWords(words) }
      if meaning.count > Self.characterCountMax { throw .tooLong(meaning.count) }
      // A grapheme can hold any number of scalars, so characters alone bound nothing.
      if meaning.utf8.count > 4 * Self.characterCountMax { throw .tooLong(meaning.utf8.count) }
      if meaning.unicodeScalars.contains(where: { $0.properties.isControlOrInvisible }) {
        throw .invisibleCharacters
      }
    }
    self.meanings = meanings
  }

  /// Decodes from a plain string, which must keep to the limits.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    do {
      try self.init(try container.decode(String.self))
    } catch let rejection as ExplanationTextRejection {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "not an explanation: \(rejection)")
    }
  }

  /// Encodes as a plain string.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

extension Unicode.Scalar.Properties {
  /// Whether a scalar of these properties shows nothing of its own: controls, format characters,
  /// private use, unassigned.
  fileprivate var isControlOrInvisible: Bool {
    switch generalCategory {
    case .control, .format, .privateUse, .unassigned, .surrogate: true
    default: false
    }
  }
}

/// Why a text is not an explanation.
public enum ExplanationTextRejection: Error, Hashable, Sendable {
  /// There is nothing but white space.
  case empty
  /// A part between two `|` is empty.
  case emptyMeaning
  /// There are more than three meanings; carries how many.
  case tooManyMeanings(Int)
  /// A meaning has more than twelve words; carries how many.
  case tooManyWords(Int)
  /// A meaning has more than 80 characters; carries how many.
  case tooLong(Int)
  /// There are control or invisible characters.
  case invisibleCharacters
}

/// Who wrote an explanation.
public enum Author: Hashable, Sendable, Codable {
  /// A person.
  case player(PlayerID)
  /// The makers of the campaign, by reading its visible clues.
  case house
  /// A program; carries its name and version.
  case machine(String)
}

/// One explanation of one unit.
public struct Explanation: Hashable, Sendable, Codable {
  /// Its name.
  public let id: ExplanationID
  /// What it explains.
  public let unit: UnitID
  /// What it says.
  public let text: ExplanationText
  /// Who wrote it.
  public let author: Author

  /// An explanation of these parts.
  public init(id: ExplanationID, unit: UnitID, text: ExplanationText, author: Author) {
    self.id = id
    self.unit = unit
    self.text = text
    self.author = author
  }
}
