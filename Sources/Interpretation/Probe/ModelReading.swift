import TransformerEngine

/// A text that one of the engine's models reads some tokens at a time, each piece going on from what is
/// known of those before it.
struct ModelReading: TextReading {
  /// The tokens of a piece: few enough that the first are there soon and nobody waits long for a pass
  /// of another's, many enough that the weights' expansion is a small part of the work.
  static let pieceTokenCount = 32

  let tokens: [String]
  var target: TextTarget? { nil }
  private let tokenIDs: [Int32]
  private let unit: ModelUnit
  private let firing: Firing
  private let subject: LanguageSubject
  var isFinished: Bool { readCount == tokenIDs.count }
  private var readCount = 0
  private var prefix: SequencePrefix?

  init(_ tokenIDs: [Int32], unit: ModelUnit, firing: Firing, subject: LanguageSubject) {
    self.tokenIDs = tokenIDs
    self.unit = unit
    self.firing = firing
    self.subject = subject
    tokens = subject.pieces(of: tokenIDs)
  }

  mutating func next() throws(InterpretationError) -> TextPiece? {
    guard !isFinished else { return nil }
    let start = readCount
    let end = min(start + Self.pieceTokenCount, tokenIDs.count)
    let read = try subject.read(
      unit.request, of: Array(tokenIDs[start..<end]), after: prefix)
    readCount = end
    prefix = end < tokenIDs.count ? read.prefix : nil
    return TextPiece(
      start: start, values: ModelUnit.values(in: read.capture).map { firing($0) })
  }
}

/// What leaving out each earlier token changes, read by one of the engine's models.
///
/// The text up to the token is read once, and each shorter text goes on from where the token that it
/// lacks stood; those that fit into a pass are one. The nearest tokens come first: they are the
/// cheapest, and most often the ones that matter.
struct ModelAttribution: TextReading {
  let tokens: [String]
  private(set) var target: TextTarget?
  private let tokenIDs: [Int32]
  private let unit: ModelUnit
  private let firing: Firing
  private let subject: LanguageSubject
  private let token: Int
  private var whole: (activation: Float, prefix: SequencePrefix)?
  /// The tokens before this one are still to be left out.
  private var leftCount: Int

  var isFinished: Bool { whole != nil && leftCount == 0 }

  init(
    _ tokenIDs: [Int32], at token: Int, unit: ModelUnit, firing: Firing, subject: LanguageSubject
  ) throws(InterpretationError) {
    guard tokenIDs.indices.contains(token) else {
      throw .noSuchToken(token, count: tokenIDs.count)
    }
    self.tokenIDs = tokenIDs
    self.unit = unit
    self.firing = firing
    self.subject = subject
    self.token = token
    leftCount = token
    tokens = subject.pieces(of: tokenIDs)
    target = TextTarget(token: token, activation: 0)
  }

  mutating func next() throws(InterpretationError) -> TextPiece? {
    guard let whole else { return try readWhole() }
    guard leftCount > 0 else { return nil }
    let end = leftCount
    var rowCount = 0
    repeat {
      leftCount -= 1
      rowCount += token - leftCount
      // The next one is a row longer.
    } while leftCount > 0 && rowCount + token - leftCount + 1 <= LanguageModel.batchRowCount
    let places = Array(leftCount..<end)
    let captures = try subject.capture(
      unit.request, of: places.map { Array(tokenIDs[($0 + 1)...token]) },
      after: places.map { whole.prefix.first($0) })
    let values = captures.map { capture in
      whole.activation - firing(ModelUnit.values(in: capture).last ?? 0)
    }
    return TextPiece(start: leftCount, values: values)
  }

  /// Reads the text up to the token, which is a piece that tells of no other one.
  private mutating func readWhole() throws(InterpretationError) -> TextPiece {
    let read = try subject.read(unit.request, of: Array(tokenIDs[...token]), after: nil)
    let activation = firing(ModelUnit.values(in: read.capture).last ?? 0)
    whole = (activation, read.prefix)
    target?.activation = activation
    return TextPiece(start: token, values: [])
  }
}
