public import ArenaTypes
public import TransformerEngine

/// What a unit's own weights tell of it: what it looks for, what it does, and which units are like it.
///
/// This needs no text. It is exact for what the unit itself reads and writes, and silent about all
/// that other units do with it on the way.
public struct UnitPortrait: Sendable {
  /// The tokens whose embeddings point the way of what the unit reads.
  public struct Reading: Sendable {
    /// `gate` or `up` of a neuron, `encoder` of a feature, `direction` of a direction.
    public let name: String
    /// The tokens, the nearest first.
    public let tokens: [TokenSimilarity]
  }

  /// Another unit of the same kind and layer, and the cosine of its weights with this unit's.
  public struct Neighbour: Sendable, Hashable {
    /// The other unit.
    public let index: Int
    /// -1 to 1.
    public let cosine: Float
  }

  /// What the unit reads; none for heads.
  public let readings: [Reading]
  /// The tokens whose embeddings point the way of what the unit writes, the nearest first.
  public let written: [TokenSimilarity]
  /// What the unit does to the next token through the final norm; nil where it writes no one
  /// direction of the stream.
  public let effects: TokenEffects?
  /// The most similar units of the same kind and layer by what they read and write, the nearest first.
  public let neighbours: [Neighbour]

  /// The portrait of `unit`, `count` entries in each list, of the side where it fires.
  ///
  /// - Parameter polarity: Which sign of its activation counts as firing.
  /// - Throws: `engine` where the model has no such unit.
  /// - Complexity: O((units of the layer + vocabulary) x hidden size).
  public init(
    of unit: ModelUnit, in model: LanguageModel, polarity: Polarity = .positive, count: Int = 10
  ) throws(InterpretationError) {
    func nearest(_ direction: [Float]) throws(InterpretationError) -> [TokenSimilarity] {
      try InterpretationError.wrap { () throws(EngineError) in
        try model.tokens(nearest: direction, among: .embeddings, count: count)
      }
    }
    var readings: [Reading] = []
    for input in try unit.inputs(in: model) {
      readings.append(Reading(name: input.name, tokens: try nearest(input.direction)))
    }
    self.readings = readings
    if let direction = try unit.output(in: model) {
      let signed = direction.map { $0 * Float(polarity.rawValue) }
      written = try nearest(signed)
      effects = try InterpretationError.wrap { () throws(EngineError) in
        try model.tokenEffects(of: signed, count: count)
      }
    } else {
      written = []
      effects = nil
    }
    neighbours = try Self.neighbours(of: unit, in: model, count: count)
  }

  private static func neighbours(
    of unit: ModelUnit, in model: LanguageModel, count: Int
  ) throws(InterpretationError) -> [Neighbour] {
    let own = try unit.weights(in: model)
    guard !own.isEmpty else { return [] }
    let siblings = unit.siblings(in: model)
    var all: [Neighbour] = []
    for place in 0..<siblings.count where place != siblings.own {
      let weights = try unit.sibling(place).weights(in: model)
      all.append(Neighbour(index: place, cosine: Vectors.dot(own, weights)))
    }
    let sorted = all.sorted { ($0.cosine, $1.index) > ($1.cosine, $0.index) }
    return Array(sorted.prefix(count))
  }
}
