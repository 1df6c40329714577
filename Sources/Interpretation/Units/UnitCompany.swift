public import TransformerEngine

/// Which units of a layer fire together with one of them, over some texts.
public struct UnitCompany: Sendable {
  /// Another unit, and how its activations go with this unit's.
  public struct Companion: Sendable, Hashable {
    /// The other unit.
    public let index: Int
    /// Pearson's correlation over all tokens, -1 to 1; 0 for a unit that never changes.
    public let correlation: Double
  }

  /// Texts that go through the model in one call.
  private static let batchCount = 16

  /// The tokens that were read.
  public let tokenCount: Int
  /// The units with the highest correlation, the highest first; equal ones by index.
  public let companions: [Companion]

  /// The company of `unit` over `texts`, tokens of each, among all of its kind and layer.
  ///
  /// Activations count as they are, so two neurons that fire to opposite sides are no company.
  ///
  /// - Throws: `engine` where the model has no such unit, or a text is too long.
  /// - Complexity: O(tokens x units of the layer) beside the passes.
  public init(
    of unit: ModelUnit, in model: LanguageModel, texts: [[Int32]], count: Int = 10
  ) throws(InterpretationError) {
    let siblings = unit.siblings(in: model)
    // A unit that doesn't exist is refused even where there is no text.
    _ = try unit.activations(on: [], in: model)
    var moments = Moments(unitCount: siblings.count)
    for start in stride(from: 0, to: texts.count, by: Self.batchCount) {
      let batch = Array(texts[start..<min(start + Self.batchCount, texts.count)])
      let captures = try InterpretationError.wrap { () throws(EngineError) in
        try model.capture(siblings.request, of: batch)
      }
      for capture in captures {
        siblings.values(in: capture).withUnsafeBufferPointer {
          moments.add($0, own: siblings.own)
        }
      }
    }
    tokenCount = moments.count
    let all = (0..<siblings.count).filter { $0 != siblings.own }.map { place in
      Companion(index: place, correlation: moments.correlation(of: place, with: siblings.own))
    }
    companions = Array(
      all.sorted { ($0.correlation, $1.index) > ($1.correlation, $0.index) }.prefix(count))
  }

  /// Sums of each unit's activations, of their squares, and of their products with one unit's.
  private struct Moments {
    var count = 0
    var sums: [Double]
    var squares: [Double]
    var products: [Double]

    init(unitCount: Int) {
      sums = Array(repeating: 0, count: unitCount)
      squares = sums
      products = sums
    }

    mutating func add(_ activations: UnsafeBufferPointer<Float>, own: Int) {
      let width = sums.count
      for start in stride(from: 0, to: activations.count, by: width) {
        let ownValue = Double(activations[start + own])
        for unit in 0..<width {
          let value = Double(activations[start + unit])
          sums[unit] += value
          squares[unit] += value * value
          products[unit] += value * ownValue
        }
        count += 1
      }
    }

    func correlation(of unit: Int, with own: Int) -> Double {
      let number = Double(max(count, 1))
      func variance(_ unit: Int) -> Double {
        squares[unit] / number - sums[unit] / number * (sums[unit] / number)
      }
      let covariance = products[unit] / number - sums[unit] / number * (sums[own] / number)
      let scale = (max(variance(unit), 0) * max(variance(own), 0)).squareRoot()
      // What is left of a constant's variance after rounding is no variance.
      let isConstant = scale <= 1e-12 * (squares[unit] * squares[own]).squareRoot() / number
      return isConstant ? 0 : max(-1, min(1, covariance / scale))
    }
  }
}
