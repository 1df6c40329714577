import ArenaTypes

/// Makes one gold unit: draws its texts, and pairs what it is with what it is not.
struct GoldUnitMaker {
  let rule: SyntheticRule
  let number: Int
  let counts: GoldSet.Counts
  let dress: GoldDress

  func unit(from texts: [SyntheticExcerpt], seed: SeededGenerator) -> CampaignUnit? {
    var generator = seed.forked(for: "gold/\(rule.explanation)")
    let firing = texts.indices.filter { rule.pattern.matches(in: texts[$0].text) }
      .shuffled(using: &generator)
    guard firing.count >= counts.firingMin else { return nil }
    let rivals = rule.clearRivals(on: texts)
    let near = texts.indices.filter { index in
      !rule.pattern.matches(in: texts[index].text)
        && rivals.contains { $0.pattern.matches(in: texts[index].text) }
    }.shuffled(using: &generator)
    guard near.count >= counts.nearMissMin else { return nil }
    let explanations = explanations(against: rivals)
    let pairs = pairs(of: explanations)
    guard !pairs.isEmpty else { return nil }
    let scale = dress.scale(using: &generator)
    // The strongest first, as in a built campaign; the weakest of the visible ones are the quantiles.
    let shown = firing.prefix(counts.topClues + counts.quantileClues)
    var clues: [Excerpt] = []
    for (place, index) in shown.enumerated() {
      let isTop = place < counts.topClues
      clues.append(
        excerpt(
          texts[index], "c\(place)", isTop ? .top : .quantile,
          strength: scale * (isTop ? dress.peak(place, of: counts.topClues) : 0.5), scale,
          using: &generator))
    }
    for index in near.prefix(counts.silentClues) {
      clues.append(
        excerpt(
          texts[index], "c\(clues.count)", .random, strength: 0, scale, using: &generator))
    }
    let reveals = firing.dropFirst(shown.count).prefix(counts.reveals).enumerated().map {
      place, index in
      excerpt(
        texts[index], "r\(place)", .top, strength: scale * dress.peak(place, of: counts.reveals),
        scale, using: &generator)
    }
    let clueExcerpts = clues.map { ClueExcerpt($0) }
    return CampaignUnit(
      id: unitID, polarity: generator.next() % 2 == 0 ? .positive : .negative,
      density: density(on: texts), top20MeanPeak: scale, isLexical: rule.isLexical,
      clues: clueExcerpts, heldOut: [], reveals: reveals.map { RevealExcerpt($0) },
      peakWords: UnitAssembly.peakWords(of: clueExcerpts), promoted: [], suppressed: [],
      neighbours: [], explanations: explanations, pairs: pairs,
      scoring: ScoringProfile(windows: [], meanWindow: []))
  }

  private var unitID: UnitID {
    UnitID(model: GoldSet.model, layer: 0, kind: .mlp, index: number)
  }

  // MARK: Texts

  private func density(on texts: [SyntheticExcerpt]) -> Double {
    var (firing, all) = (0, 0)
    for excerpt in texts {
      firing += excerpt.text.items.indices.count { rule.pattern.matches(excerpt.text, $0) }
      all += excerpt.tokens.count
    }
    return Double(firing) / Double(max(1, all))
  }

  private func excerpt(
    _ text: SyntheticExcerpt, _ name: String, _ kind: Excerpt.Kind, strength: Float,
    _ scale: Float, using generator: inout SeededGenerator
  ) -> Excerpt {
    let items = text.text.items.indices.filter { rule.pattern.matches(text.text, $0) }
    return Excerpt(
      id: ExcerptID(rawValue: "gold\(number)\(name)"), kind: kind, source: text.source,
      tokenIDs: text.tokenIDs, tokens: text.tokens,
      activations: dress.activations(
        tokenCount: text.tokens.count, firing: items.map { text.text.items[$0].tokens },
        strength: strength, scale: scale, using: &generator),
      isExplicit: false)
  }

  // MARK: Explanations

  /// What the unit is, twice, and what it is not.
  private func explanations(against rivals: [SyntheticRule.Rival]) -> [CampaignExplanation] {
    let texts =
      [(rule.explanation, CampaignExplanation.Role.intended), (rule.paraphrase, .intended)]
      + rivals.map { ($0.text, role(of: $0.kind)) }
    return texts.enumerated().compactMap { index, entry in
      guard let text = try? ExplanationText(entry.0) else { return nil }
      return CampaignExplanation(
        explanation: Explanation(
          id: ExplanationID(rawValue: "gold\(number)-\(index)"), unit: unitID, text: text,
          author: .house), role: entry.1, score: nil)
    }
  }

  private func role(of kind: String) -> CampaignExplanation.Role {
    switch kind {
    case "too_broad": .tooBroad
    case "too_narrow": .halfRight
    default: .wrongTempting
    }
  }

  private func pairs(of explanations: [CampaignExplanation]) -> [ReadPair] {
    let (right, wrong) = (
      explanations.filter { $0.role == .intended }, explanations.filter { $0.role != .intended }
    )
    return right.flatMap { better in
      wrong.map { worse in
        ReadPair(
          a: better.explanation.id, b: worse.explanation.id, verdicts: [],
          better: better.explanation.id, isInPlay: false)
      }
    }
  }
}
