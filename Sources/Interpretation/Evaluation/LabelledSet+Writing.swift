import ArenaTypes
public import FoundationEssentials

extension LabelledSet {
  /// The set as one JSON object a line, the same for the same set.
  public func encoded() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var lines = Data()
    for unit in units {
      lines += try encoder.encode(UnitRecord(unit))
      lines.append(UInt8(ascii: "\n"))
    }
    return lines
  }
}

/// A unit as its line has it.
private struct UnitRecord: Encodable {
  struct RivalRecord: Encodable {
    let text: ExplanationText
    let kind: String?
  }

  struct ExcerptRecord: Encodable {
    let kind: String
    let hidden: Bool
    let src: String
    let text: String
    let ids: [Int32]
    let tokens: [String]
    let acts: [Float]
  }

  private enum CodingKeys: String, CodingKey {
    case model, layer, neuron, sign, explanation, kind, group, lexical, paraphrase, rivals, excerpts
    case halfRight = "half_right"
    case tooBroad = "too_broad"
    case top20MeanPeak = "top20_mean_peak"
  }

  let model: String
  let layer: Int
  let neuron: Int
  let sign: Int
  let explanation: ExplanationText
  let kind: LabelledUnit.Kind?
  let group: String?
  let lexical: Bool
  let paraphrase: ExplanationText?
  let halfRight: ExplanationText?
  let tooBroad: ExplanationText?
  let rivals: [RivalRecord]
  let top20MeanPeak: Float?
  let excerpts: [ExcerptRecord]

  init(_ unit: LabelledUnit) {
    let parts = unit.id.parts
    model = parts?.model ?? LabelledSet.defaultModel
    layer = parts?.layer ?? 0
    neuron = parts?.index ?? 0
    sign = unit.polarity.rawValue
    explanation = unit.explanation
    kind = unit.kind
    group = unit.group
    lexical = unit.isLexical
    paraphrase = unit.paraphrase
    halfRight = unit.halfRight
    tooBroad = unit.tooBroad
    rivals = unit.rivals.map { RivalRecord(text: $0.text, kind: $0.kind) }
    top20MeanPeak = unit.top20MeanPeak
    excerpts = unit.excerpts.map { excerpt in
      ExcerptRecord(
        kind: excerpt.kind == .nearMiss ? "near_miss" : excerpt.kind.rawValue,
        hidden: excerpt.isHidden, src: excerpt.source, text: excerpt.tokens.joined(),
        ids: excerpt.tokenIDs, tokens: excerpt.tokens, acts: excerpt.activations)
    }
  }
}
