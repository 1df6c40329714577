import ArenaTypes

/// A piece of the corpus, of up to `Excerpt.tokenCountMax` tokens.
struct CorpusExcerpt: Hashable {
  /// The position of its document in the corpus.
  let document: Int
  /// Its tokens.
  let tokenIDs: [Int32]
}

/// Cuts documents into excerpts at the ends of sentences.
struct ExcerptCutter {
  /// An excerpt is closed once it has this many tokens and the next sentence would not fit.
  static let tokenCountAim = 32
  /// Shorter pieces are dropped: a neuron says little without context.
  static let tokenCountMin = 16
  /// Excerpts that share as many tokens in a row with an earlier one are dropped.
  static let sharedTokenCount = 16

  let model: any SubjectModel
  private var seenRuns: Set<UInt64> = []

  init(model: any SubjectModel) { self.model = model }

  /// The excerpts of `document`, none of which shares sixteen tokens in a row with another or with
  /// one that was cut before.
  mutating func cut(_ document: Corpus.Document, index: Int) throws(InterpretationError)
    -> [CorpusExcerpt]
  {
    var excerpts: [CorpusExcerpt] = []
    var text = ""
    var count = 0
    for sentence in document.paragraphs.flatMap(Self.sentences) {
      for part in try fitting(sentence) {
        let length = try model.tokenIDs(of: " " + part).count
        if count + length > Excerpt.tokenCountMax {
          try close(text, document: index, into: &excerpts)
          text = ""
          count = 0
        }
        text += text.isEmpty ? part : " " + part
        count += length
        // A short sentence more would make an excerpt of two halves; stop at a good length.
        if count >= Excerpt.tokenCountMax - 12 {
          try close(text, document: index, into: &excerpts)
          text = ""
          count = 0
        }
      }
    }
    try close(text, document: index, into: &excerpts)
    return excerpts
  }

  private mutating func close(
    _ text: String, document: Int, into excerpts: inout [CorpusExcerpt]
  ) throws(InterpretationError) {
    guard !text.isEmpty else { return }
    let tokenIDs = Array(try model.tokenIDs(of: text).prefix(Excerpt.tokenCountMax))
    guard tokenIDs.count >= Self.tokenCountMin else { return }
    let runs = Self.runs(of: tokenIDs)
    guard seenRuns.isDisjoint(with: runs) else { return }
    seenRuns.formUnion(runs)
    excerpts.append(CorpusExcerpt(document: document, tokenIDs: tokenIDs))
  }

  /// Hashes of all runs of sixteen tokens.
  static func runs(of tokenIDs: [Int32]) -> [UInt64] {
    guard tokenIDs.count >= sharedTokenCount else { return [] }
    return (0...(tokenIDs.count - sharedTokenCount)).map { start in
      var hash: UInt64 = 0xCBF2_9CE4_8422_2325
      for token in tokenIDs[start..<(start + sharedTokenCount)] {
        hash = (hash ^ UInt64(UInt32(bitPattern: token))) &* 0x0000_0100_0000_01B3
      }
      return hash
    }
  }

  /// The sentences of a paragraph: they end with `.`, `!` or `?`, perhaps a closing quote, before a
  /// space and anything but a lower-case letter.
  static func sentences(of paragraph: String) -> [String] {
    var sentences: [String] = []
    var sentence = ""
    let characters = Array(paragraph)
    for (index, character) in characters.enumerated() {
      sentence.append(character)
      guard character == " ", index + 1 < characters.count, !characters[index + 1].isLowercase
      else { continue }
      let ending = characters[..<index].last { !"\"'”’)".contains($0) }
      guard let ending, ".!?".contains(ending), !Self.endsInAbbreviation(sentence) else { continue }
      sentences.append(String(sentence.dropLast()))
      sentence = ""
    }
    if !sentence.isEmpty { sentences.append(sentence) }
    return sentences
  }

  private static func endsInAbbreviation(_ sentence: String) -> Bool {
    guard let word = sentence.split(separator: " ").last, word.hasSuffix(".") else { return false }
    let bare = word.dropLast().drop { "(\"“".contains($0) }
    return bare.count == 1
      || ["Mr", "Mrs", "Dr", "St", "e.g", "i.e", "cf", "n", "v", "adj", "vs", "Exper", "Fig"]
        .contains(String(bare))
  }

  /// `sentence` itself, or its pieces where it is too long: cut at clauses, else between words.
  private func fitting(_ sentence: String) throws(InterpretationError) -> [String] {
    let limit = Excerpt.tokenCountMax
    if try model.tokenIDs(of: " " + sentence).count <= limit { return [sentence] }
    var parts: [String] = []
    var words: [Substring] = []
    var count = 0
    for word in sentence.split(separator: " ") {
      let length = try model.tokenIDs(of: " " + word).count
      let atClause = words.last.map { ",;:".contains($0.last ?? " ") } ?? false
      let isFull = count + length > limit || (atClause && count >= limit - 16)
      if isFull, !words.isEmpty {
        parts.append(words.joined(separator: " "))
        words = []
        count = 0
      }
      words.append(word)
      count += length
    }
    if !words.isEmpty { parts.append(words.joined(separator: " ")) }
    return parts
  }
}
