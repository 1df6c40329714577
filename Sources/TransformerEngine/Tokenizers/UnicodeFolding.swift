/// Lower case, and letters without their accents, as BERT's normaliser has them.
enum UnicodeFolding {
  /// The lower case of each scalar that has another one; of U+0130, the first of its two scalars.
  static let lowered: [Int: UInt32] = {
    var lowered = [0x130: UInt32(0x69)]
    var last = 0
    UnicodeTables.forEachWord(of: UnicodeTables.lowerCase) { numbers in
      last += numbers[0]
      for index in 0...numbers[2] {
        lowered[last + index * numbers[1]] = UInt32(numbers[3] + index * numbers[1])
      }
    }
    return lowered
  }()

  /// What is left of each scalar's canonical decomposition without marks; Hangul is computed.
  static let plain: [Int: [UInt32]] = {
    var plain: [Int: [UInt32]] = [:]
    var last = 0
    UnicodeTables.forEachWord(of: UnicodeTables.withoutAccents) { numbers in
      last += numbers[0]
      plain[last] = numbers.dropFirst().map(UInt32.init)
    }
    return plain
  }()

  /// The combining classes of scalars that canonical ordering moves and BERT keeps.
  static let moved: [Int: UInt8] = {
    var moved: [Int: UInt8] = [:]
    var last = 0
    UnicodeTables.forEachWord(of: UnicodeTables.movedMarks) { numbers in
      last += numbers[0]
      moved[last] = UInt8(numbers[1])
    }
    return moved
  }()

  /// Calls `body` with what is left of the canonical decomposition of an accented scalar.
  static func forEachPart(of scalar: UInt32, _ body: (UInt32) -> Void) {
    if let parts = plain[Int(scalar)] {
      for part in parts { body(part) }
      return
    }
    guard (0xAC00...0xD7A3).contains(scalar) else { return body(scalar) }
    // Hangul syllables (The Unicode Standard, 3.12).
    let syllable = scalar - 0xAC00
    body(0x1100 + syllable / 588)
    body(0x1161 + syllable % 588 / 28)
    if syllable % 28 > 0 { body(0x11A7 + syllable % 28) }
  }
}
