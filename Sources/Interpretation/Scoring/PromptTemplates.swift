import ArenaTypes

/// The texts that make the subject model write what an explanation describes.
enum PromptTemplates {
  /// The number of templates.
  static let count = 2

  /// What each template has before the meaning, and so every prompt of it.
  private static let heads = ["Examples of", "The following word matches the description ("]

  /// The prompts for one meaning.
  static func prompts(for meaning: String) -> [String] {
    ["\(heads[0]) \(meaning): \"", "\(heads[1])\(meaning)):"]
  }

  /// The mean over the templates of the log-probability of either form of each token.
  ///
  /// - Returns: `[meanings][vocabulary]`, in nats.
  static func logProbabilities(of meanings: [String], model: any SubjectModel, forms: TokenForms)
    throws(InterpretationError) -> [[Float]]
  {
    var prompts: [[Int32]] = []
    for meaning in meanings {
      for prompt in Self.prompts(for: meaning) { prompts.append(try model.tokenIDs(of: prompt)) }
    }
    var beginnings: [[Int32]] = []
    for head in heads { beginnings.append(try model.tokenIDs(of: head)) }
    let rows = try model.nextTokenLogProbabilities(after: prompts, beginnings: beginnings)
    return meanings.indices.map { index in
      let ofMeaning = rows[(index * count)..<((index + 1) * count)].map(forms.combined)
      return Vectors.mean(ofMeaning, dimension: model.vocabularyCount)
    }
  }

  /// What is expected of each token whatever an explanation says: the mean over a bank of
  /// explanations that have nothing to do with each other.
  static func baseline(model: any SubjectModel) throws(InterpretationError) -> ScoringBaseline {
    let forms = TokenForms(model: model)
    let rows = try logProbabilities(of: ExplanationBank.texts, model: model, forms: forms)
    let mean = Vectors.mean(rows, dimension: model.vocabularyCount)
    // A hundredth of a nat is far below what a score can tell, and compresses to half the bytes.
    return ScoringBaseline(meanLogProbabilities: [mean.map { ($0 * 128).rounded() / 128 }])
  }
}
