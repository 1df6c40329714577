public import ArenaTypes

/// An explanation that a campaign carries, with what it was written as and how it scores.
public struct CampaignExplanation: Hashable, Sendable {
  /// What its author wanted it to be.
  ///
  /// Players see it, if at all, after a round.
  public enum Role: String, Sendable, Codable, CaseIterable {
    /// What the author took for the truth.
    case intended = "true"
    /// Holds, but for much else too.
    case tooBroad
    /// Catches a part of it.
    case halfRight
    /// Plausible from a glance at the clues, and wrong.
    case wrongTempting
    /// Proposed by a program.
    case machine
  }

  /// The text, its author and its name.
  public let explanation: Explanation
  /// What it was written as.
  public let role: Role
  /// Its score, once there is one.
  public var score: Score?
  /// What other scorers, or other versions, gave it before, the latest last; one of each.
  public private(set) var earlierScores: [Score]
  /// What it scored where it was imported from, on a scale of its own.
  public let sourceScore: SourceScore?

  /// An explanation with its role.
  public init(
    explanation: Explanation, role: Role, score: Score?, sourceScore: SourceScore? = nil,
    earlierScores: [Score] = []
  ) {
    self.explanation = explanation
    self.role = role
    self.score = score
    self.sourceScore = sourceScore
    self.earlierScores = earlierScores
  }

  /// Takes a score; what another scorer gave before is kept among the earlier ones.
  public mutating func adopt(_ new: Score) {
    earlierScores.removeAll { $0.scorer == new.scorer }
    if let score, score.scorer != new.scorer {
      earlierScores.removeAll { $0.scorer == score.scorer }
      earlierScores.append(score)
    }
    score = new
  }
}

/// One reader's blind judgement of a pair, on held-out excerpts and without knowing the authors.
public struct ReaderVerdict: Hashable, Sendable, Codable {
  /// Which of the two fits the excerpts better.
  public enum Choice: String, Sendable, Codable {
    /// The first.
    case a
    /// The second.
    case b
    /// Neither is better.
    case undecided
  }

  /// Names the reader within the campaign.
  public let reader: String
  /// What the reader chose.
  public let choice: Choice
  /// How sure the reader was, 0 to 1.
  public let confidence: Double
  /// The reader's reason.
  public let note: String

  /// A verdict of these parts.
  public init(reader: String, choice: Choice, confidence: Double, note: String) {
    self.reader = reader
    self.choice = choice
    self.confidence = confidence
    self.note = note
  }
}

/// Two explanations of one unit that readers judged blind.
public struct ReadPair: Hashable, Sendable {
  /// The explanation that the verdicts call `a`.
  public let a: ExplanationID
  /// The explanation that the verdicts call `b`.
  public let b: ExplanationID
  /// All judgements, kept as data.
  public let verdicts: [ReaderVerdict]
  /// The better one, where the verdicts decide the pair.
  public let better: ExplanationID?
  /// Whether pick rounds may ask it: decided, and chosen so that the campaign's pairs can't be
  /// solved from their texts alone.
  public internal(set) var isInPlay: Bool

  /// The worse one, where the verdicts decide the pair.
  public var worse: ExplanationID? { better.map { $0 == a ? b : a } }

  /// A pair of these parts.
  public init(
    a: ExplanationID, b: ExplanationID, verdicts: [ReaderVerdict], better: ExplanationID?,
    isInPlay: Bool
  ) {
    self.a = a
    self.b = b
    self.verdicts = verdicts
    self.better = better
    self.isInPlay = isInPlay
  }
}
