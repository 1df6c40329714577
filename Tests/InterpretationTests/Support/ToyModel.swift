import ArenaTypes
import Interpretation
import Synchronization

/// A model small enough to be understood: each unit fires on the words of one topic.
///
/// Unless the word before is `not`. Every second neuron and direction fires downwards; heads and
/// features are never negative.
final class ToyModel: SubjectModel {
  static let topics: [[String]] = [
    ["storm", "rain", "thunder", "hail", "snow", "wind"],
    ["father", "mother", "sister", "uncle", "cousin", "aunt"],
    ["hammer", "chisel", "wrench", "drill", "pliers", "saw"],
    ["iron", "copper", "silver", "nickel", "zinc", "lead"],
  ]
  static let fillers = [
    "the", "old", "man", "went", "along", "a", "road", "and", "then", "it", "seemed", "quiet",
    "near", "our", "house", "with", "many", "small", "things", "under", "every", "green", "tree",
    "not", "while", "someone", "spoke", "of", "what", "they", "had", "seen", "before", "noon",
  ]

  let name = "toy"
  let digest = String(repeating: "a", count: 64)
  let architecture = "toy"
  let layerCount = 3
  let pieces: [String]
  private let ids: [String: Int32]
  /// How many captures succeed before the model fails; nil for all.
  private let captureCountMax: Int?
  private let captureCount = Atomic(0)

  var vocabularyCount: Int { pieces.count }

  init(captureCountMax: Int? = nil) {
    self.captureCountMax = captureCountMax
    let words = Self.topics.flatMap { $0 } + Self.fillers + ["."]
    pieces = words.map { $0 == "." ? "." : " " + $0 }
    ids = Dictionary(uniqueKeysWithValues: words.enumerated().map { ($1, Int32($0)) })
  }

  func tokenIDs(of text: String) throws(InterpretationError) -> [Int32] {
    text.replacing(".", with: " .").split(separator: " ").compactMap { ids[$0.lowercased()] }
  }

  func pieces(of tokenIDs: [Int32]) -> [String] { tokenIDs.map { pieces[Int($0)] } }

  func group(_ kind: UnitKind, layer: Int) -> UnitGroup? {
    let layers = kind == .residual(directions: "truth") ? 0...layerCount : 0...(layerCount - 1)
    guard layers.contains(layer) else { return nil }
    switch kind {
    case .mlp: return UnitGroup(layer: layer, kind: kind, count: 8)
    case .head: return UnitGroup(layer: layer, kind: kind, count: 4)
    case .residual(let name) where name == "truth":
      return UnitGroup(layer: layer, kind: kind, count: 4)
    case .feature(let name) where name == "toy" && layer == 1:
      return UnitGroup(layer: layer, kind: kind, count: 12)
    case .residual, .feature: return nil
    }
  }

  func captureActivations(
    of batch: [[Int32]], groups: [UnitGroup],
    _ body: (_ text: Int, _ group: Int, _ activations: UnsafeBufferPointer<Float>) -> Void
  ) throws(InterpretationError) {
    let count = captureCount.add(1, ordering: .relaxed).newValue
    if let captureCountMax, count > captureCountMax { throw .engine("out of order") }
    for (index, tokens) in batch.enumerated() {
      for (position, group) in groups.enumerated() {
        activations(of: tokens, group).withUnsafeBufferPointer { body(index, position, $0) }
      }
    }
  }

  /// `[tokens, count]`.
  private func activations(of tokens: [Int32], _ group: UnitGroup) -> [Float] {
    let negation = ids["not"] ?? 0
    var values: [Float] = []
    for (position, token) in tokens.enumerated() {
      for neuron in 0..<group.count {
        let topic = (neuron + group.layer) % Self.topics.count
        let isOfTopic = Int(token) / 6 == topic && Int(token) < 24
        let isNegated = position > 0 && tokens[position - 1] == negation
        // A hash of the place, so that peaks differ and have an order.
        let noise = Float((position * 31 + Int(token) * 17 + neuron * 7 + tokens.count) % 97) / 97
        let strength: Float = isOfTopic && !isNegated ? 4 + 4 * noise : 0.3 * noise
        // A head always adds something to the stream.
        let level: Float = group.kind == .head ? 3 : 0
        let isUpward = group.kind.isNonNegative || neuron.isMultiple(of: 2)
        // The last feature of a dictionary never fires.
        let isDead = group.kind.isNonNegative && neuron == 11
        values.append(isDead ? 0 : isUpward ? level + strength : -strength)
      }
    }
    return values
  }

  func nextTokenLogProbabilities(
    after prompts: [[Int32]], beginnings: [[Int32]]
  ) throws(InterpretationError) -> [[Float]] {
    prompts.map { _ in Array(repeating: -3, count: vocabularyCount) }
  }

  func tokenEffects(of index: Int, in group: UnitGroup, sign: Int, count: Int)
    throws(InterpretationError) -> (promoted: [Int32], suppressed: [Int32])
  {
    group.kind == .head ? ([], []) : (Array(0..<Int32(count)), Array(10..<Int32(10 + count)))
  }

  func weightRows(of group: UnitGroup) throws(InterpretationError) -> [Float] {
    if group.kind == .head { return [] }
    return (0..<group.count).flatMap { unit in
      (0..<16).map { $0 == (unit + group.layer) % 16 ? 1 : Float(0) }
    }
  }
}

/// Embeds a text as the share of each topic's words.
struct ToyEmbedder: SentenceEmbedder {
  let dimension = 8

  func embed(_ texts: [String]) throws(InterpretationError) -> [[Float]] {
    texts.map { text in
      var vector = [Float](repeating: 0.1, count: dimension)
      for word in text.split(separator: " ").map({ $0.lowercased() }) {
        for (topic, words) in ToyModel.topics.enumerated() where words.contains(word) {
          vector[topic] += 1
        }
      }
      let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return vector.map { $0 / length }
    }
  }
}
