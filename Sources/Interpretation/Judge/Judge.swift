import TransformerEngine

/// Reads an explanation and an excerpt together and says how strongly it expects each token to fire.
///
/// Trained by `Tests/Training/judge`, whose README tells what is computed.
public struct Judge: Sendable {
  /// What the judge was trained with.
  struct Configuration: Sendable, Hashable {
    /// Where each feature's rows begin in the table; the first `JudgeText.ownFeatureCount` are of the
    /// piece itself, then how the explanation names its word, the word before and the word after.
    var tables: [Int32]
    /// How many layers of MiniLM read apart.
    var layersApart = 3
    /// Pieces of a window before its center's last and behind it.
    var piecesBefore = 20
    var piecesAfter = 6
    /// Pieces of an explanation that are read.
    var explanationPieceCountMax = 30
  }

  /// How expectations become a number.
  struct Readout: Sendable, Hashable {
    /// What is added to each expected activation before its logarithm is taken.
    var floor = 0.02
    /// The correlation that gives the judge by itself 50 points.
    var center = 0.22
    /// How far the correlation must rise for the odds of that score to grow e-fold.
    var width = 0.07

    /// How strongly a logit makes one expect an activation.
    func expectation(_ logit: Float) -> Double { logOf(logistic(Double(logit)) + floor) }

    /// The judge by itself.
    var alone: Mixture { Mixture(judge: 1 / width, formula: 0, constant: -center / width) }
  }

  /// How a score is made of what the judge and the formula say.
  struct Mixture: Sendable, Hashable {
    /// What a correlation of 1 of the judge's expectations adds to the log-odds of a score.
    var judge: Double
    /// What a standard deviation of `GenWindowScorer`'s features adds.
    var formula: Double
    /// Above this the formula tells nothing more: whatever has the topic has it.
    var formulaMax = Double.infinity
    /// The log-odds where both are 0.
    var constant: Double

    /// The score, 0 to 100.
    func score(correlation: Double, formula: Double) -> Double {
      100
        * logistic(
          judge * correlation + self.formula * min(formula, formulaMax) + constant)
    }
  }

  let encoder: CrossEncoder
  let configuration: Configuration
  /// Which training it comes from.
  var version = 0
  var readout = Readout()
  /// With the formula; nil where it was not fitted.
  var mixture: Mixture?
  /// How often readers agree with its scores; nil where nobody has looked.
  public internal(set) var agreement: PairAgreement?

  var tokenizer: WordPiece { encoder.base.tokenizer }

  /// An excerpt's part around one of its tokens; nil for an excerpt without a piece.
  func window(of tokens: [String], around center: Int) -> JudgeWindow? {
    let excerpt = JudgeExcerpt(tokens, tokenizer: tokenizer)
    guard !excerpt.text.pieces.isEmpty else { return nil }
    return JudgeWindow(
      excerpt, around: center, piecesBefore: configuration.piecesBefore,
      piecesAfter: configuration.piecesAfter)
  }

  /// Windows with what doesn't depend on the explanation computed.
  func read(_ windows: [JudgeWindow]) throws(EngineError) -> [ReadWindow] {
    let readings = try encoder.read(
      windows.map { framed($0.excerpt.text.pieces[$0.pieces].map(\.token)) })
    return zip(windows, readings).map { ReadWindow(window: $0, reading: $1) }
  }

  /// Meanings of explanations, each read by itself.
  func questions(_ meanings: [String]) throws(EngineError) -> [JudgeQuestion] {
    let texts = meanings.map { JudgeText($0, tokenizer: tokenizer) }
    let counts = texts.map { min($0.pieces.count, configuration.explanationPieceCountMax) }
    let readings = try encoder.read(
      zip(texts, counts).map { text, count in framed(text.pieces.prefix(count).map(\.token)) })
    return meanings.indices.map { index in
      JudgeQuestion(
        input: CrossEncoder.Input(
          readings[index], features: framed(texts[index].rows.prefix(counts[index]))),
        tokenCount: readings[index].tokenCount,
        naming: JudgeNaming(meanings[index]))
    }
  }

  /// The logit of each token of each window under an explanation; of several meanings the largest.
  func logits(of questions: [JudgeQuestion], on windows: [ReadWindow]) throws(EngineError)
    -> [[Float]]
  {
    var largest: [[Float]] = []
    for question in questions {
      let logits = try logits(of: question, on: windows)
      largest =
        largest.isEmpty ? logits : zip(largest, logits).map { zip($0, $1).map { max($0, $1) } }
    }
    return largest
  }

  private func logits(of question: JudgeQuestion, on windows: [ReadWindow]) throws(EngineError)
    -> [[Float]]
  {
    let naming = question.naming
    let pieces = try encoder.logits(
      question: question.input,
      texts: windows.map { read in
        CrossEncoder.Input(
          read.reading, features: framed(Self.rows(of: read.window, named: naming)[...]))
      })
    return zip(windows, pieces).map { read, logits in
      read.window.tokenValues(logits, outputCount: encoder.outputCount)
    }
  }

  /// All features of a window's pieces in the light of an explanation.
  static func rows(of window: JudgeWindow, named naming: JudgeNaming) -> [JudgeText.Row] {
    let text = window.excerpt.text
    guard let first = window.pieces.first.map({ text.owners[$0] }),
      let last = window.pieces.last.map({ text.owners[$0] })
    else { return [] }
    // Each word once, though its pieces and its neighbours' all ask.
    let matches = (first - 1...max(first, last) + 1).map { word in
      text.words.indices.contains(word) ? naming.match(text.words[word].key).rawValue + 1 : 1
    }
    return window.pieces.map { piece in
      let place = text.owners[piece] - first + 1
      return text.rows[piece] + [matches[place], matches[place - 1], matches[place + 1]]
    }
  }

  private func framed(_ pieces: [Int32]) -> [Int32] {
    [tokenizer.classify] + pieces + [tokenizer.separator]
  }

  /// Rows of the adapter's table, those of [CLS] and [SEP] around the pieces' own.
  private func framed(_ rows: ArraySlice<JudgeText.Row>) -> [Int32] {
    let count = rows.first?.count ?? JudgeText.ownFeatureCount
    let outside = Array(configuration.tables.prefix(count))
    let inside = rows.flatMap { row in zip(row, configuration.tables).map { Int32($0) + $1 } }
    return outside + inside + outside
  }
}

/// A meaning that the lower layers have read.
struct JudgeQuestion: Sendable {
  let input: CrossEncoder.Input
  /// Its pieces with [CLS] and [SEP].
  let tokenCount: Int
  let naming: JudgeNaming
}

/// A window that the lower layers have read.
struct ReadWindow: Sendable {
  let window: JudgeWindow
  let reading: CrossEncoder.Reading
}

extension JudgeWindow {
  /// Of each token the largest output of its pieces for the token's place.
  ///
  /// - Parameter outputs: [pieces + 2, outputCount], those of [CLS] and [SEP] included.
  func tokenValues(_ outputs: [Float], outputCount: Int) -> [Float] {
    let first = pieces.lowerBound
    return tokens.map { token in
      let place = excerpt.places[token].rawValue
      return excerpt.spans[token].reduce(-.infinity) { largest, piece in
        max(largest, outputs[(piece - first + 1) * outputCount + place])
      }
    }
  }
}
