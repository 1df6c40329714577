import ArenaTypes

/// Makes campaigns of invented text, for simulations and tests that need no model.
public enum ScriptedCampaign {
  private static let topics: [(name: String, words: [String])] = [
    ("weather", ["storm", "rain", "thunder", "snow", "wind", "hail"]),
    ("kinship", ["father", "sister", "uncle", "daughter", "cousin", "mother"]),
    ("tools", ["hammer", "chisel", "saw", "pliers", "wrench", "drill"]),
    ("cities", ["Rome", "Cairo", "Paris", "Lima", "Oslo", "Delhi"]),
    ("metals", ["iron", "copper", "silver", "lead", "nickel", "zinc"]),
    ("music", ["violin", "sonata", "drum", "chorus", "flute", "melody"]),
  ]
  private static let fillers = [
    "the", "old", "man", "saw", "a", "long", "road", "and", "then", "it", "was", "quiet", "near",
    "our", "house", "with", "many", "small", "things", "under", "every", "green", "tree",
  ]

  /// A campaign of `unitCount` units about everyday topics, the same for the same arguments.
  ///
  /// Each unit has 15 clues, the last three of which leave it silent, 24 held-out and 6 reveal
  /// excerpts, four explanations and two decided pairs.
  public static func make(
    unitCount: Int, seed: UInt64 = 1, id: String = "scripted", model: String = "scripted"
  ) -> Campaign {
    let units = (0..<unitCount).map { unit(ordinal: $0, seed: seed, model: model) }
    let info = CampaignInfo(
      id: CampaignID(rawValue: id), title: "Scripted campaign", model: model,
      modelDigest: String(repeating: "0", count: 64), architecture: "none",
      layers: [0, 1, 2], sources: [], seed: seed,
      builtAt: Timestamp(millisecondsSinceEpoch: 1_800_000_000_000))
    return Campaign(
      info: info, contentHash: String(repeating: "0", count: 64), units: units,
      baseline: ScoringBaseline(meanLogProbabilities: []))
  }

  private static func unit(ordinal: Int, seed: UInt64, model: String) -> CampaignUnit {
    let id = UnitID(
      model: model, layer: ordinal % 3, kind: .mlp, index: ordinal)
    var generator = SeededGenerator(seed: seed).forked(for: id.rawValue)
    let topic = topics[ordinal % topics.count]
    func excerpt(_ pool: String, _ index: Int, _ kind: Excerpt.Kind) -> Excerpt {
      Self.excerpt(
        id: "u\(ordinal)\(pool)\(index)", kind: kind, words: topic.words, using: &generator)
    }
    let clues = (0..<12).map { ClueExcerpt(excerpt("c", $0, $0 < 8 ? .top : .quantile)) }
    let heldOut = (0..<24).map {
      HeldOutExcerpt(
        excerpt("h", $0, Excerpt.Kind.allCases[$0 % 4]), settlesContests: $0 >= 12)
    }
    let reveals = (0..<6).map { RevealExcerpt(excerpt("r", $0, .top)) }
    let silent = (12..<15).map { ClueExcerpt(excerpt("c", $0, .random)) }
    let explanations = explanations(of: id, ordinal: ordinal)
    let pairs = [1, 2].map { worse in
      let verdict = ReaderVerdict(reader: "scripted", choice: .a, confidence: 1, note: "")
      let better = explanations[0].explanation.id
      return ReadPair(
        a: better, b: explanations[worse].explanation.id, verdicts: [verdict, verdict],
        better: better, isInPlay: true)
    }
    return CampaignUnit(
      id: id, polarity: ordinal.isMultiple(of: 2) ? .positive : .negative, density: 0.01,
      top20MeanPeak: 6, isLexical: ordinal.isMultiple(of: 5), clues: clues + silent,
      heldOut: heldOut, reveals: reveals, peakWords: topic.words.map { $0.lowercased() },
      promoted: topic.words.map { " " + $0 }, suppressed: [" the", " of"], neighbours: [],
      explanations: explanations, pairs: pairs,
      scoring: ScoringProfile(windows: [], meanWindow: []))
  }

  private static func explanations(of id: UnitID, ordinal: Int) -> [CampaignExplanation] {
    let name = topics[ordinal % topics.count].name
    let texts: [(String, CampaignExplanation.Role, Author)] = [
      ("words about \(name) number \(ordinal)", .intended, .house),
      ("anything that has a name \(ordinal)", .tooBroad, .house),
      ("short words before a comma \(ordinal)", .wrongTempting, .house),
      ("\(name)", .machine, .machine("scripted/1")),
    ]
    return texts.enumerated().compactMap { index, entry in
      guard let text = try? ExplanationText(entry.0) else { return nil }
      let explanation = Explanation(
        id: ExplanationID(rawValue: "x\(ordinal)-\(index)"), unit: id, text: text,
        author: entry.2)
      return CampaignExplanation(explanation: explanation, role: entry.1, score: nil)
    }
  }

  private static func excerpt(
    id: String, kind: Excerpt.Kind, words: [String], using generator: inout SeededGenerator
  ) -> Excerpt {
    var texts = (0..<20).map { _ in fillers.randomElement(using: &generator) ?? "the" }
    let peak = Int.random(in: 4..<18, using: &generator)
    let fires = kind == .top || kind == .quantile
    if fires { texts[peak] = words.randomElement(using: &generator) ?? "storm" }
    let strength: Float = kind == .top ? 7 : 3
    let activations: [Float] = texts.indices.map { position in
      let noise = Float(generator.nextUnit()) * 0.5
      return fires && position == peak ? strength + noise : noise - 0.2
    }
    let tokens = texts.enumerated().map { $0.offset == 0 ? $0.element : " " + $0.element }
    return Excerpt(
      id: ExcerptID(rawValue: id), kind: kind, source: "Invented text",
      tokenIDs: tokens.map { text in
        var hash = SeededGenerator(seed: 3).forked(for: text)
        return Int32(hash.next() % 49_152)
      },
      tokens: tokens,
      activations: activations, isExplicit: false)
  }
}
