/// Names and secrets that can't be guessed.
enum RandomName {
  private static let alphabet = Array("0123456789abcdefghijklmnopqrstuvwxyz")
  /// Without letters and digits that are mistaken for each other when read aloud.
  private static let readable = Array("23456789abcdefghjkmnpqrstuvwxyz")

  /// A name such as `d_4k2m…`: unique, and with 82 bits too long to guess.
  static func make(_ prefix: String, from entropy: Entropy) -> String {
    "\(prefix)_\(draw(16, of: alphabet, from: entropy))"
  }

  /// A secret of 165 bits.
  static func secret(from entropy: Entropy) -> String { draw(32, of: alphabet, from: entropy) }

  /// A code that people pass on: 39 bits, good for half an hour.
  static func inviteCode(from entropy: Entropy) -> String { draw(8, of: readable, from: entropy) }

  private static func draw(
    _ count: Int, of letters: [Character], from entropy: Entropy
  ) -> String {
    var generator = entropy
    return String(
      (0..<count).map { _ in letters[Int.random(in: letters.indices, using: &generator)] })
  }
}
