public import ArenaTypes
import TransformerEngine

extension GenWindowScorer {
  /// Where on the scale of summed z values a token is as likely as not to be shown as firing.
  private static let predictionMidpoint = 2.0
  private static let predictionSlope = 1.2

  /// How strongly `text` makes one expect `unit` to fire on each token, 0 to 1.
  ///
  /// The sum of the z values of gen and window against all tokens of other units' texts, squashed.
  /// Embeds each token's window: some 60 ms an excerpt.
  public func predict(_ text: ExplanationText, unit: UnitID, on excerpts: [Excerpt])
    throws(InterpretationError) -> [[Float]]
  {
    guard let index = campaign.index(of: unit) else { throw .unknownUnit(unit) }
    let expectation = try Expectation(of: text, scorer: self)
    var gen = Moments()
    var window = Moments()
    for other in bankIndices(without: index) {
      for part in samples[other].parts {
        for token in part.tokenIDs { gen.add(expectation.information(of: token)) }
        for vector in part.windows { window.add(Double(expectation.cosine(vector))) }
      }
    }
    var predictions: [[Float]] = []
    for excerpt in excerpts {
      let texts = excerpt.tokens.indices.map { TokenWindow.text(of: excerpt.tokens, around: $0) }
      let windows = !features.seesWindows ? [] : try models.embedder.embed(texts)
      predictions.append(
        tokens.ids(of: excerpt).enumerated().map { index, token in
          var parts: [Double] = []
          if features.writes { parts.append(gen.z(expectation.information(of: token))) }
          if features.seesWindows {
            parts.append(window.z(Double(expectation.cosine(windows[index]))))
          }
          let z = parts.reduce(0, +) / Double(parts.count)
          return Float(logistic(Self.predictionSlope * (z - Self.predictionMidpoint)))
        })
    }
    return predictions
  }

  /// The prompts' tokens and those that MiniLM reads; what is kept of excerpts costs none.
  public func tokenCount(of text: ExplanationText, unit: UnitID) throws(InterpretationError)
    -> Int?
  {
    var count = 0
    for meaning in text.meanings {
      if features.writes {
        for prompt in templates.prompts(for: meaning) {
          count += try models.subject.tokenIDs(of: prompt).count
        }
      }
      if features.seesWindows { count += models.embedder.tokenizer.encode(meaning).count + 2 }
    }
    return count
  }
}

/// Mean and deviation of a stream of numbers.
private struct Moments {
  private var count = 0.0
  private var sum = 0.0
  private var squareSum = 0.0

  mutating func add(_ value: Double) {
    count += 1
    sum += value
    squareSum += value * value
  }

  func z(_ value: Double) -> Double {
    guard count > 1 else { return 0 }
    let mean = sum / count
    return (value - mean) / (squareSum / count - mean * mean + 1e-12).squareRoot()
  }
}
