import ArenaTypes

/// Makes a labelled set of units whose truth is known: each is a function of the text.
///
/// For scorers, which must tell such a truth from what is nearly it; `GoldSet` makes gold questions of
/// the same rules.
public struct SyntheticSet {
  /// The model's name in the units' names.
  public static let model = "synthetic"

  /// How many excerpts of a kind a unit gets.
  struct Counts: Hashable {
    var visibleTop = 10
    var visibleSilent = 3
    var hiddenPerKind = 10
    /// With fewer excerpts that fire it, a unit is left out.
    var topMin = 12
    /// With fewer near misses, a unit is left out.
    var nearMissMin = 4
  }

  /// What was made.
  public struct Made: Sendable {
    /// The units.
    public let set: LabelledSet
    /// The explanations of units for which the corpus had too few texts.
    public let missing: [String]
    /// The rivals that were left out, since on these texts they say what the truth says.
    public let droppedRivals: [String]
  }

  let model: any SubjectModel
  let seed: UInt64
  var counts = Counts()
  var rules = SyntheticRule.all
  let progress: BuildProgress

  /// A maker of sets in the tokens of `model`.
  public init(model: any SubjectModel, seed: UInt64, progress: BuildProgress = .silent) {
    self.model = model
    self.seed = seed
    self.progress = progress
  }

  /// The set that the texts in `folder` allow.
  ///
  /// - Parameter excerptCountMax: How many excerpts are looked at, evenly spread.
  /// - Throws: `corpus`, `model`.
  public func make(corpus folder: String, excerptCountMax: Int = 20_000) throws(CampaignError)
    -> Made
  {
    let corpus = try Corpus(folder: folder)
    var cutter = ExcerptCutter(model: model)
    var excerpts: [(source: String, tokenIDs: [Int32])] = []
    do throws(InterpretationError) {
      for (index, document) in corpus.documents.enumerated() {
        let source = corpus.sources[document.source].title
        for cut in try cutter.cut(document, index: index) {
          excerpts.append((source: source, tokenIDs: cut.tokenIDs))
        }
        progress.report(.cutting, index + 1, corpus.documents.count)
      }
    } catch {
      throw .model(error)
    }
    let count = min(excerptCountMax, excerpts.count)
    let chosen = (0..<count).map { excerpts[$0 * excerpts.count / count] }
    return make(
      from: chosen.map { source, tokenIDs in
        SyntheticExcerpt(source: source, tokenIDs: tokenIDs, tokens: model.pieces(of: tokenIDs))
      })
  }

  /// The set that these excerpts allow.
  func make(from excerpts: [SyntheticExcerpt]) -> Made {
    var units: [LabelledUnit] = []
    var missing: [String] = []
    var dropped: [String] = []
    for (index, rule) in rules.enumerated() {
      let unit = SyntheticUnitMaker(rule: rule, index: index, counts: counts).unit(
        from: excerpts, seed: SeededGenerator(seed: seed), dropped: &dropped)
      if let unit { units.append(unit) } else { missing.append(rule.explanation) }
      progress.report(.drawing, index + 1, rules.count)
    }
    return Made(
      set: LabelledSet(name: Self.model, units: units), missing: missing, droppedRivals: dropped)
  }
}

/// An excerpt that synthetic units are computed on.
struct SyntheticExcerpt {
  let source: String
  let tokenIDs: [Int32]
  let tokens: [String]
  let text: SyntheticText

  init(source: String, tokenIDs: [Int32], tokens: [String]) {
    self.source = source
    self.tokenIDs = tokenIDs
    self.tokens = tokens
    text = SyntheticText(tokens: tokens)
  }
}

/// Draws the excerpts of one synthetic unit.
private struct SyntheticUnitMaker {
  let rule: SyntheticRule
  let index: Int
  let counts: SyntheticSet.Counts

  func unit(
    from excerpts: [SyntheticExcerpt], seed: SeededGenerator, dropped: inout [String]
  ) -> LabelledUnit? {
    guard let truth = try? ExplanationText(rule.explanation) else { return nil }
    var generator = seed.forked(for: "synthetic/\(rule.explanation)")
    let firing = excerpts.indices.filter { rule.pattern.matches(in: excerpts[$0].text) }
      .shuffled(using: &generator)
    guard firing.count >= counts.topMin else { return nil }
    let rivals = rule.clearRivals(on: excerpts)
    let near = nearMisses(of: rivals, in: excerpts, using: &generator)
    guard near.count >= counts.nearMissMin, !rivals.isEmpty else { return nil }
    dropped += rule.rivals.filter { rival in !rivals.contains { $0.text == rival.text } }
      .map { "\(rule.explanation): \($0.text)" }
    // A scarce unit shares its texts out evenly.
    let visibleCount = min(counts.visibleTop, firing.count / 2)
    let hidden = firing.dropFirst(visibleCount).prefix(counts.hiddenPerKind)
    let hiddenNear = near.prefix(counts.hiddenPerKind)
    let used = Set(firing.prefix(visibleCount)).union(hidden).union(near)
    let random = excerpts.indices.filter { !used.contains($0) }.shuffled(using: &generator)
      .prefix(counts.hiddenPerKind)
    func drawn(
      _ indices: some Sequence<Int>, _ kind: Excerpt.Kind, isHidden: Bool
    ) -> [LabelledUnit.LabelledExcerpt] {
      indices.map { excerpt(excerpts[$0], kind, isHidden: isHidden) }
    }
    var chosen = drawn(firing.prefix(visibleCount), .top, isHidden: false)
    chosen += drawn(
      near.dropFirst(counts.hiddenPerKind).prefix(counts.visibleSilent), .nearMiss,
      isHidden: false)
    chosen += drawn(hidden, .top, isHidden: true)
    chosen += drawn(hiddenNear, .nearMiss, isHidden: true)
    chosen += drawn(random, .random, isHidden: true)
    return LabelledUnit(
      id: UnitID(model: SyntheticSet.model, layer: 0, kind: .mlp, index: index),
      polarity: .positive, explanation: truth, kind: rule.kind, group: rule.group?.rawValue,
      isLexical: rule.isLexical,
      paraphrase: try? ExplanationText(rule.paraphrase), halfRight: nil,
      tooBroad: text(of: "too_broad", among: rivals),
      rivals: rivals.compactMap { rival in
        (try? ExplanationText(rival.text)).map { LabelledUnit.Rival(text: $0, kind: rival.kind) }
      }, top20MeanPeak: SyntheticRule.strength, excerpts: chosen)
  }

  private func text(of kind: String, among rivals: [SyntheticRule.Rival]) -> ExplanationText? {
    rivals.first { $0.kind == kind }.flatMap { try? ExplanationText($0.text) }
  }

  /// Texts in which a rival promises what does not come; each rival's in turn.
  private func nearMisses(
    of rivals: [SyntheticRule.Rival], in excerpts: [SyntheticExcerpt],
    using generator: inout SeededGenerator
  ) -> [Int] {
    let wanted = counts.hiddenPerKind + counts.visibleSilent
    let silent = excerpts.indices.filter { !rule.pattern.matches(in: excerpts[$0].text) }
      .shuffled(using: &generator)
    let promising = rivals.map { rival in
      Array(silent.lazy.filter { rival.pattern.matches(in: excerpts[$0].text) }.prefix(wanted))
    }
    var chosen: [Int] = []
    for turn in 0..<wanted {
      for list in promising where turn < list.count && !chosen.contains(list[turn]) {
        chosen.append(list[turn])
      }
    }
    return Array(chosen.prefix(wanted)).shuffled(using: &generator)
  }

  private func excerpt(
    _ excerpt: SyntheticExcerpt, _ kind: Excerpt.Kind, isHidden: Bool
  ) -> LabelledUnit.LabelledExcerpt {
    LabelledUnit.LabelledExcerpt(
      kind: kind, isHidden: isHidden, source: excerpt.source, tokenIDs: excerpt.tokenIDs,
      tokens: excerpt.tokens,
      activations: SyntheticRule.activations(
        of: rule.pattern, on: excerpt.text, tokenCount: excerpt.tokens.count))
  }
}
