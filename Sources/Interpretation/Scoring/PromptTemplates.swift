import ArenaTypes

/// The texts that make the subject model write what an explanation describes.
struct PromptTemplates: Sendable {
  /// What stands before and behind the meaning in each prompt.
  let frames: [(head: String, tail: String)]

  /// Those that scores are made with.
  static let standard = PromptTemplates(frames: [examples, description])
  /// The first of them alone.
  static let examplesAlone = PromptTemplates(frames: [examples])
  /// The second of them alone.
  static let descriptionAlone = PromptTemplates(frames: [description])
  /// Both and four more, for comparison.
  static let six = PromptTemplates(frames: [
    examples, description, ("A list of", ":"),
    ("Words that fit the description \"", "\" include \""),
    ("This text is about", "."), ("In this text the next word is an example of", ": \""),
  ])

  /// Whether these are the ones that campaigns keep a baseline of.
  var isStandard: Bool { frames.map(\.head) == Self.standard.frames.map(\.head) }

  private static let examples = (head: "Examples of", tail: ": \"")
  private static let description = (
    head: "The following word matches the description (", tail: "):"
  )

  /// The prompts for one meaning.
  func prompts(for meaning: String) -> [String] {
    frames.map { frame in
      let joint = frame.head.hasSuffix("(") || frame.head.hasSuffix("\"") ? "" : " "
      return frame.head + joint + meaning + frame.tail
    }
  }

  /// The mean over the templates of the log-probability of either form of each token.
  ///
  /// - Returns: `[meanings][vocabulary]`, in nats.
  func logProbabilities(of meanings: [String], model: any SubjectModel, forms: TokenForms)
    throws(InterpretationError) -> [[Float]]
  {
    var prompts: [[Int32]] = []
    for meaning in meanings {
      for prompt in self.prompts(for: meaning) { prompts.append(try model.tokenIDs(of: prompt)) }
    }
    // Every prompt of a template begins with its head.
    var beginnings: [[Int32]] = []
    for frame in frames { beginnings.append(try model.tokenIDs(of: frame.head)) }
    let rows = try model.nextTokenLogProbabilities(after: prompts, beginnings: beginnings)
    return meanings.indices.map { index in
      let ofMeaning = rows[(index * frames.count)..<((index + 1) * frames.count)]
      return Vectors.mean(ofMeaning.map(forms.combined), dimension: model.vocabularyCount)
    }
  }

  /// What is expected of each token whatever an explanation says: the mean over a bank of
  /// explanations that have nothing to do with each other.
  func baseline(model: any SubjectModel) throws(InterpretationError) -> ScoringBaseline {
    let forms = TokenForms(model: model)
    let rows = try logProbabilities(of: ExplanationBank.texts, model: model, forms: forms)
    let mean = Vectors.mean(rows, dimension: model.vocabularyCount)
    // A hundredth of a nat is far below what a score can tell, and compresses to half the bytes.
    return ScoringBaseline(meanLogProbabilities: [mean.map { ($0 * 128).rounded() / 128 }])
  }
}
