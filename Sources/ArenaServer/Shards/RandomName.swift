import ArenaTypes

/// Names and secrets from the system's generator, which on Linux is `getrandom`.
enum RandomName {
  private static let alphabet = Array("0123456789abcdefghijklmnopqrstuvwxyz")
  /// Without letters and digits that are mistaken for each other when read aloud.
  private static let readable = Array("23456789abcdefghjkmnpqrstuvwxyz")

  /// A name such as `d_4k2m…`: unique, and with 82 bits too long to guess.
  static func make(_ prefix: String) -> String { "\(prefix)_\(draw(16, from: alphabet))" }

  /// A secret of 165 bits.
  static func secret() -> String { draw(32, from: alphabet) }

  /// A code that people pass on: 39 bits, good for half an hour.
  static func inviteCode() -> String { draw(8, from: readable) }

  private static func draw(_ count: Int, from letters: [Character]) -> String {
    var generator = SystemRandomNumberGenerator()
    return String(
      (0..<count).map { _ in letters[Int.random(in: letters.indices, using: &generator)] })
  }
}
