/// Cleans a text and cuts it into words as BERT's normaliser and pre-tokenizer do.
///
/// ```
/// clean: controls dropped | spaces around ideographs | canonical decomposition, marks dropped
///   | lower case | cut at white space and around punctuation
/// ```
///
/// All of that is done a scalar at a time. Only where canonical ordering moves a mark that BERT
/// keeps do scalars wait for others.
struct BERTWords {
  /// What is done to a text (`BertNormalizer` of tokenizer.json).
  struct Options: Sendable, Hashable {
    var cleans = true
    var cutsIdeographs = true
    var stripsAccents = true
    var lowersCase = true
  }

  /// A word's place in ``written``.
  struct Word {
    var range: Range<Int>
    var scalarCount: Int
  }

  private let options: Options
  private let bytes: UnsafeBufferPointer<UInt8>
  private let table: ScalarTable.View
  private var index = 0
  /// Where the scalar that is taken begins.
  private var scalarStart = 0
  /// The words found so far, as UTF-8, since the last time that all were taken.
  private(set) var written: [UInt8] = []
  /// For each byte of `written`, where the scalar that it comes from begins in the text; only where
  /// that was asked for.
  private(set) var origins: [Int] = []
  private let keepsOrigins: Bool
  private var words: [Word] = []
  private var takenCount = 0
  /// Where the present word begins in `written`, and its scalars.
  private var wordStart = 0
  private var scalarCount = 0
  /// Marks that wait for canonical ordering, by class.
  private var moved: [(order: UInt8, place: Int, scalar: UInt32)] = []

  /// The words of `bytes`, well-formed UTF-8; `table` is a view of `UnicodeClasses.table`.
  init(
    _ bytes: UnsafeBufferPointer<UInt8>, _ options: Options, _ table: ScalarTable.View,
    keepsOrigins: Bool = false
  ) {
    self.bytes = bytes
    self.keepsOrigins = keepsOrigins
    self.options = options
    self.table = table
  }

  /// The next word, whose bytes are in ``written`` until the next call; nil when there are no more.
  ///
  /// - Complexity: O(n) for a word of n bytes, O(n log n) for one of moved marks.
  mutating func next() -> Word? {
    if takenCount == words.count {
      words.removeAll(keepingCapacity: true)
      takenCount = 0
      written.removeSubrange(..<wordStart)
      if keepsOrigins { origins.removeSubrange(..<wordStart) }
      wordStart = 0
      while words.isEmpty, index < bytes.count { step() }
      if words.isEmpty {
        flushMoved()
        endWord()
      }
    }
    guard takenCount < words.count else { return nil }
    defer { takenCount += 1 }
    return words[takenCount]
  }

  private mutating func endWord() {
    guard written.count > wordStart else { return }
    words.append(Word(range: wordStart..<written.count, scalarCount: scalarCount))
    wordStart = written.count
    scalarCount = 0
  }

  /// What makes a scalar take the long way.
  private static let special =
    UnicodeClasses.control | UnicodeClasses.ideograph | UnicodeClasses.mark
    | UnicodeClasses.movedMark | UnicodeClasses.accented | UnicodeClasses.upperCase

  /// Takes one scalar.
  @inline(__always)
  private mutating func step() {
    let scalar = UTF8Scalar(bytes, index)
    scalarStart = index
    index = scalar.end
    let bits = table[scalar.value]
    if bits & Self.special == 0, moved.isEmpty {
      place(scalar.value, bits)
    } else {
      clean(scalar.value, bits)
    }
  }

  private mutating func clean(_ scalar: UInt32, _ bits: UInt16) {
    if options.cleans, bits & UnicodeClasses.control != 0 { return }
    let isAlone = options.cutsIdeographs && bits & UnicodeClasses.ideograph != 0
    if isAlone {
      flushMoved()
      endWord()
    }
    strip(scalar, bits)
    if isAlone {
      flushMoved()
      endWord()
    }
  }

  private mutating func strip(_ scalar: UInt32, _ bits: UInt16) {
    guard options.stripsAccents else { return lower(scalar, bits) }
    if bits & UnicodeClasses.mark != 0 {
      if bits & UnicodeClasses.startingMark != 0 { flushMoved() }
    } else if bits & UnicodeClasses.accented != 0 {
      UnicodeFolding.forEachPart(of: scalar) { order($0, table[$0]) }
    } else {
      order(scalar, bits)
    }
  }

  /// Marks go behind those of a lower or their own class, up to whatever isn't moved.
  private mutating func order(_ scalar: UInt32, _ bits: UInt16) {
    guard bits & UnicodeClasses.movedMark != 0 else {
      flushMoved()
      return lower(scalar, bits)
    }
    moved.append((UnicodeFolding.moved[Int(scalar)] ?? 0, moved.count, scalar))
  }

  private mutating func flushMoved() {
    if moved.isEmpty { return }
    if moved.count > 1 { moved.sort { ($0.order, $0.place) < ($1.order, $1.place) } }
    for mark in moved { lower(mark.scalar, table[mark.scalar]) }
    moved.removeAll(keepingCapacity: true)
  }

  private mutating func lower(_ scalar: UInt32, _ bits: UInt16) {
    guard options.lowersCase, bits & UnicodeClasses.upperCase != 0 else {
      return place(scalar, bits)
    }
    if scalar < 0x80 { return place(scalar | 0x20, UnicodeClasses.Kind.letter.rawValue) }
    let lowered = UnicodeFolding.lowered[Int(scalar)] ?? scalar
    place(lowered, table[lowered])
    if scalar == 0x130 { place(0x307, table[0x307]) }
  }

  @inline(__always)
  private mutating func place(_ scalar: UInt32, _ bits: UInt16) {
    if bits & UnicodeClasses.kindMask == UnicodeClasses.Kind.space.rawValue { return endWord() }
    let isPunctuation = bits & UnicodeClasses.punctuation != 0
    if isPunctuation { endWord() }
    UTF8Scalar.append(scalar, to: &written)
    if keepsOrigins {
      origins += repeatElement(scalarStart, count: written.count - origins.count)
    }
    scalarCount += 1
    if isPunctuation { endWord() }
  }
}
