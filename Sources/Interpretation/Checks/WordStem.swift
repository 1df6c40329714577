/// English suffix stripping: one form for a word's inflections.
///
/// The first steps of Porter's stemmer (M. F. Porter, "An algorithm for suffix stripping", Program
/// 14, 1980): plurals, -ed, -ing, final y and e, and the commonest derivations. It is for finding
/// disguised copies, so it would rather join two words than miss one.
enum WordStem {
  /// The stem of a word of lower-case letters; other words come back unchanged.
  static func of(_ word: String) -> String {
    var letters = Array(word.utf8)
    guard letters.count > 3, letters.allSatisfy({ $0 >= 0x61 && $0 <= 0x7A }) else { return word }
    stripPlural(&letters)
    stripPastAndProgressive(&letters)
    stripDerivation(&letters)
    stripFinalVowel(&letters)
    return String(decoding: letters, as: UTF8.self)
  }

  /// The word without plural, -ed and -ing alone: `teachers` and `teacher` are one.
  static func withoutInflection(_ word: String) -> String {
    var letters = Array(word.utf8)
    guard letters.count > 3, letters.allSatisfy({ $0 >= 0x61 && $0 <= 0x7A }) else { return word }
    stripPlural(&letters)
    stripPastAndProgressive(&letters)
    stripFinalVowel(&letters)
    return String(decoding: letters, as: UTF8.self)
  }

  private static func ends(_ letters: [UInt8], _ suffix: StaticString) -> Bool {
    letters.count >= suffix.utf8CodeUnitCount
      && letters.suffix(suffix.utf8CodeUnitCount).elementsEqual(
        UnsafeBufferPointer(start: suffix.utf8Start, count: suffix.utf8CodeUnitCount))
  }

  private static func isVowel(_ letters: [UInt8], _ index: Int) -> Bool {
    switch letters[index] {
    case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"),
      UInt8(ascii: "u"):
      true
    case UInt8(ascii: "y"): index > 0 && !isVowel(letters, index - 1)
    default: false
    }
  }

  private static func hasVowel(_ letters: [UInt8], before end: Int) -> Bool {
    (0..<max(0, end)).contains { isVowel(letters, $0) }
  }

  private static func stripPlural(_ letters: inout [UInt8]) {
    if ends(letters, "sses") || ends(letters, "ies") {
      letters.removeLast(2)
    } else if ends(letters, "shes") || ends(letters, "ches") || ends(letters, "xes")
      || ends(letters, "zes")
    {
      letters.removeLast(2)
    } else if ends(letters, "s") && !ends(letters, "ss") && !ends(letters, "us") {
      letters.removeLast()
    }
  }

  private static func stripPastAndProgressive(_ letters: inout [UInt8]) {
    let suffixLength: Int
    if ends(letters, "ing") {
      suffixLength = 3
    } else if ends(letters, "ed") && !ends(letters, "eed") {
      suffixLength = 2
    } else {
      return
    }
    guard letters.count - suffixLength >= 2, hasVowel(letters, before: letters.count - suffixLength)
    else { return }
    letters.removeLast(suffixLength)
    guard let last = letters.last, letters.count >= 3 else { return }
    // `running` -> `run`, but `falling` -> `fall`.
    let doubled = letters[letters.count - 2] == last && !isVowel(letters, letters.count - 1)
    if doubled && !"lsz".utf8.contains(last) { letters.removeLast() }
  }

  private static func stripDerivation(_ letters: inout [UInt8]) {
    let suffixes: [StaticString] = ["fulness", "ousness", "ness", "ment", "ful", "ly", "er", "or"]
    for suffix in suffixes where ends(letters, suffix) {
      let length = suffix.utf8CodeUnitCount
      guard letters.count - length >= 4 else { return }
      letters.removeLast(length)
      return
    }
  }

  private static func stripFinalVowel(_ letters: inout [UInt8]) {
    guard letters.count > 3, let last = letters.last else { return }
    if last == UInt8(ascii: "e") || last == UInt8(ascii: "y") || last == UInt8(ascii: "i") {
      letters.removeLast()
    }
  }
}
