public import ArenaTypes

/// What an odd-one-out round chooses from.
///
/// Which excerpts those are is the shell's to say; it never takes held-out ones.
public struct OddOneOutMaterial: Hashable, Sendable, Codable {
  /// How many firing excerpts a round needs, for all four may fire.
  public static let firingCountMin = OddOneOutRound.excerptCount

  /// Excerpts that fire the unit.
  public let firing: [FocusedExcerpt]
  /// Excerpts that leave it silent.
  public let silent: [SilentExcerpt]

  /// The material of these parts.
  public init(firing: [FocusedExcerpt], silent: [SilentExcerpt]) {
    self.firing = firing
    self.silent = silent
  }

  /// Whether there is enough for a round whose four are all the same and for one with an odd one, and
  /// no excerpt stands in it twice.
  var isAskable: Bool {
    let names = firing.map(\.excerpt) + silent.map(\.excerpt)
    return firing.count >= Self.firingCountMin && !silent.isEmpty
      && firing.allSatisfy { $0.tokenCount > 0 } && silent.allSatisfy { $0.tokenCount > 0 }
      && Set(names).count == names.count
  }
}

/// An excerpt that fires the unit, with the token near which it is cut.
public struct FocusedExcerpt: Hashable, Sendable, Codable {
  /// The excerpt.
  public let excerpt: ExcerptID
  /// How many tokens it has.
  public let tokenCount: Int
  /// The position of its strongest activation.
  public let focus: Int

  /// An excerpt of `tokenCount` tokens.
  public init(excerpt: ExcerptID, tokenCount: Int, focus: Int) {
    self.excerpt = excerpt
    self.tokenCount = tokenCount
    self.focus = focus
  }
}

/// An excerpt that leaves the unit silent.
public struct SilentExcerpt: Hashable, Sendable, Codable {
  /// The excerpt.
  public let excerpt: ExcerptID
  /// How many tokens it has.
  public let tokenCount: Int

  /// An excerpt of `tokenCount` tokens.
  public init(excerpt: ExcerptID, tokenCount: Int) {
    self.excerpt = excerpt
    self.tokenCount = tokenCount
  }
}

/// What a predict round chooses from.
public struct PredictMaterial: Hashable, Sendable, Codable {
  /// The explanation that is shown.
  public let explanation: ExplanationID
  /// Reveal excerpts, which nobody has seen in this duel.
  public let excerpts: [MarkableExcerpt]

  /// The material of these parts.
  public init(explanation: ExplanationID, excerpts: [MarkableExcerpt]) {
    self.explanation = explanation
    self.excerpts = excerpts
  }
}

/// An excerpt with the tokens on which the unit fires.
public struct MarkableExcerpt: Hashable, Sendable, Codable {
  /// The excerpt.
  public let excerpt: ExcerptID
  /// How many tokens it has.
  public let tokenCount: Int
  /// The positions of the tokens that fire, ascending.
  public let firing: [Int]

  /// An excerpt of `tokenCount` tokens, of which those at `firing` fire.
  public init(excerpt: ExcerptID, tokenCount: Int, firing: [Int]) {
    self.excerpt = excerpt
    self.tokenCount = tokenCount
    self.firing = firing
  }

  /// An excerpt of which each token with at least half the peak's activation fires; none does where
  /// there is no peak above 0.
  public init(excerpt: ExcerptID, activations: [Float]) {
    let peak = activations.max() ?? 0
    self.init(
      excerpt: excerpt, tokenCount: activations.count,
      firing: activations.indices.filter { peak > 0 && activations[$0] >= peak / 2 })
  }

  /// Whether it has a firing and a silent token; only then can marks be right and wrong.
  var hasBoth: Bool { !firing.isEmpty && firing.count < tokenCount }
}
