/// What a text may spell in disguise: `sh1t`, `f u c k`, `f*ck`, `fuuuck`, `cu nt`.
///
/// Look-alike letters of other alphabets are `Words`' matter.
struct DisguisedWords {
  /// The whole text with signs and digits read as the letters that they look like, if it has such.
  private(set) var readings: [[String]] = []
  /// Single words that come out of a disguise.
  private(set) var unmasked: Set<String> = []

  /// Looks through `text`.
  ///
  /// - Parameters:
  ///   - blocked: Whether pieces together are a word that they may stand for.
  ///   - wordBehind: The word that a mask, with `*` for each letter that is hidden, may stand for.
  init(
    in text: some StringProtocol, blocked: (String) -> Bool, wordBehind: ([Character]) -> String?
  ) {
    let chunks = text.split(whereSeparator: \.isWhitespace).map { String($0) }
    let plain = Words.of(text)
    readSigns(chunks)
    readSpelt(chunks)
    readRepeats(plain)
    readMasks(chunks, wordBehind)
    readPieces(chunks, blocked)
  }

  /// Letters that signs and digits are put for; `1` and `!` also for l.
  private static let letters: [Character: Character] = [
    "@": "a", "4": "a", "3": "e", "€": "e", "1": "i", "!": "i", "0": "o", "5": "s", "$": "s",
    "7": "t", "+": "t", "9": "g", "8": "b", "2": "z",
  ]

  private mutating func readSigns(_ chunks: [String]) {
    for variant: [Character: Character] in [[:], ["1": "l", "!": "l"]] {
      var words: [String] = []
      var hasChanged = false
      for chunk in chunks {
        let bare = Self.bare(chunk)
        let read = String(bare.map { variant[$0] ?? Self.letters[$0] ?? $0 })
        guard read != bare, bare.contains(where: \.isLetter) else {
          words += Words.of(chunk)
          continue
        }
        hasChanged = true
        words += Words.of(read)
        unmasked.formUnion(Words.of(read))
        readRepeats(Words.of(read))
      }
      if hasChanged { readings.append(words) }
    }
    for word in chunks.flatMap({ Words.of($0) }) {
      // Alone they prove nothing: the list has to know the outcome.
      if word.contains("v") { unmasked.insert(word.replacing("v", with: "u")) }
      if word.hasPrefix("ph") { unmasked.insert("f" + word.dropFirst(2)) }
    }
  }

  /// Words spelt letter by letter, with spaces or dots.
  private mutating func readSpelt(_ chunks: [String]) {
    let signs = chunks.flatMap { chunk in
      let parts = chunk.split { ".-_·,".contains($0) }.map(String.init)
      return parts.allSatisfy { $0.count == 1 } ? parts : [chunk]
    }
    var run = ""
    for sign in signs + [""] {
      if sign.count == 1 {
        run += String(sign.map { Self.letters[$0] ?? $0 })
      } else {
        if run.count >= 3 { unmasked.formUnion(Self.spans(of: Words.of(run).joined())) }
        run = ""
      }
    }
  }

  /// All parts of a spelt word, for what stands before or after it spelt too.
  private static func spans(of run: String) -> Set<String> {
    let letters = Array(run.prefix(40))
    guard letters.count >= 3 else { return [run] }
    var spans: Set<String> = [run]
    for length in 4...max(4, min(12, letters.count)) where length <= letters.count {
      for start in 0...(letters.count - length) {
        spans.insert(String(letters[start..<(start + length)]))
      }
    }
    return spans
  }

  /// `fuuuck`: a letter three times or more counts once, or twice.
  private mutating func readRepeats(_ words: [String]) {
    for word in words where word.count > 3 {
      var once = ""
      var twice = ""
      var rest = Substring(word)
      while let letter = rest.first {
        let count = rest.prefix { $0 == letter }.count
        once += String(repeating: letter, count: count >= 3 ? 1 : count)
        twice += String(repeating: letter, count: count >= 3 ? 2 : count)
        rest = rest.dropFirst(count)
      }
      if once != word { unmasked.formUnion([once, twice]) }
    }
  }

  /// `f*ck`, `f#ck`: signs for letters, at least two of which are left, the first among them.
  private mutating func readMasks(_ chunks: [String], _ wordBehind: ([Character]) -> String?) {
    for chunk in chunks {
      let mask = Array(Self.bare(chunk).replacing("#", with: "*"))
      let letterCount = mask.count { $0.isLetter }
      let gapCount = mask.count { $0 == "*" }
      guard (1...2).contains(gapCount), letterCount >= 2, mask.first?.isLetter == true,
        mask.last != "*", (4...8).contains(mask.count), letterCount + gapCount == mask.count
      else { continue }
      if let word = wordBehind(mask) { unmasked.insert(word) }
    }
  }

  /// `cu nt`: neighbours of which one is no word for want of a vowel.
  private mutating func readPieces(_ chunks: [String], _ blocked: (String) -> Bool) {
    let words = chunks.map { chunk in
      chunk.allSatisfy(\.isLetter) ? chunk.lowercased() : ""
    }
    for start in words.indices {
      for end in (start + 1)..<max(start + 2, min(start + 3, words.count)) where end < words.count {
        let pieces = words[start...end]
        guard !pieces.contains(""), pieces.contains(where: Self.isVowelless) else { continue }
        let word = pieces.joined()
        if blocked(word) { unmasked.insert(word) }
      }
    }
  }

  private static func isVowelless(_ piece: String) -> Bool {
    !piece.contains { "aeiou".contains($0) }
  }

  /// A chunk in lower case without the marks around it; a sign that may stand for a letter stays.
  private static func bare(_ chunk: String) -> String {
    let opening = chunk.drop { "\"'“”‘’(".contains($0) }
    var rest = opening
    while let last = rest.last, "\"'“”‘’.,;:?!)".contains(last) { rest = rest.dropLast() }
    return rest.lowercased()
  }
}
