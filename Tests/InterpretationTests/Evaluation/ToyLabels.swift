import ArenaTypes
import Interpretation

/// Labelled units of invented text: each fires on one word of `ToyModel`'s topics.
enum ToyLabels {
  /// Units of both kinds with every variant and four rivals.
  static func set(unitCount: Int = 12, seed: UInt64 = 3) -> LabelledSet {
    let words = Array(ToyModel.topics.joined())
    let units = (0..<unitCount).map { index in
      unit(index, word: words[index * words.count / unitCount], words: words, seed: seed)
    }
    return LabelledSet(name: "toy", units: units)
  }

  private static func unit(_ index: Int, word: String, words: [String], seed: UInt64)
    -> LabelledUnit
  {
    var generator = SeededGenerator(seed: seed).forked(for: word)
    let others = words.filter { $0 != word }
    let excerpts =
      (0..<12).map { excerpt(word, .top, isHidden: $0 >= 6, using: &generator) }
      + (0..<8).map { _ in
        excerpt(
          others.randomElement(using: &generator) ?? "the", .random, isHidden: true, fires: false,
          using: &generator)
      }
    func text(_ text: String) -> ExplanationText {
      (try? ExplanationText(text)) ?? ToyLabels.fallback
    }
    return LabelledUnit(
      id: UnitID(model: "toy", layer: index % 3, kind: .mlp, index: index), polarity: .positive,
      explanation: text("the \(word)"), kind: index.isMultiple(of: 3) ? .form : .meaning,
      group: index.isMultiple(of: 3) ? "thirds" : nil,
      isLexical: index.isMultiple(of: 4), paraphrase: text("speaking of \(word)"),
      halfRight: text("\(word) or \(others[0])"), tooBroad: text("anything that people say"),
      rivals: ["list", "too_broad", "too_narrow", "neighbour"].enumerated().map { place, kind in
        LabelledUnit.Rival(text: text("\(others[place + 3]) and \(others[place])"), kind: kind)
      }, top20MeanPeak: 8, excerpts: excerpts)
  }

  private static func excerpt(
    _ word: String, _ kind: Excerpt.Kind, isHidden: Bool, fires: Bool = true,
    using generator: inout SeededGenerator
  ) -> LabelledUnit.LabelledExcerpt {
    var texts = (0..<18).map { _ in ToyModel.fillers.randomElement(using: &generator) ?? "the" }
    let place = Int.random(in: 3..<16, using: &generator)
    texts[place] = word
    let activations = texts.indices.map { index -> Float in
      fires && index == place ? 7 + Float(index) / 32 : Float(index % 4) / 16
    }
    let tokens = texts.map { " " + $0 }
    let model = ToyModel()
    return LabelledUnit.LabelledExcerpt(
      kind: kind, isHidden: isHidden, source: "invented",
      tokenIDs: (try? model.tokenIDs(of: tokens.joined())) ?? [], tokens: tokens,
      activations: activations)
  }

  private static let fallback: ExplanationText = {
    guard let text = try? ExplanationText("x") else { preconditionFailure("x is a text") }
    return text
  }()
}
