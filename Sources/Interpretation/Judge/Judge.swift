import TransformerEngine

/// Reads an explanation and an excerpt together and says how strongly it expects each token to fire.
///
/// Trained by `Tests/Training/judge`, whose README tells what is computed.
struct Judge: Sendable {
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

  let encoder: CrossEncoder
  let configuration: Configuration

  private var tokenizer: WordPiece { encoder.base.tokenizer }

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

  /// The logit of each token of each window under an explanation of one meaning.
  func logits(of meaning: String, on windows: [ReadWindow]) throws(EngineError) -> [[Float]] {
    let text = JudgeText(meaning, tokenizer: tokenizer)
    let count = min(text.pieces.count, configuration.explanationPieceCountMax)
    let tokens = framed(text.pieces.prefix(count).map(\.token))
    guard let reading = try encoder.read([tokens]).first else { return [] }
    let question = CrossEncoder.Input(reading, features: framed(text.rows.prefix(count)))
    let naming = JudgeNaming(meaning)
    let pieces = try encoder.logits(
      question: question,
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
    func match(_ word: Int) -> Int {
      text.words.indices.contains(word) ? naming.match(text.words[word].key).rawValue + 1 : 1
    }
    return window.pieces.map { piece in
      let word = text.owners[piece]
      return text.rows[piece] + [match(word), match(word - 1), match(word + 1)]
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
