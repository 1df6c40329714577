/// What units do at one token, with the whole text before it and with each earlier token left out.
public struct LeaveOut: Sendable, Hashable {
  /// The units' values with the whole text, in the order neurons, heads, directions, features.
  public let whole: [Float]
  /// The same without token 0, without token 1, and so on to the last before the one looked at.
  public let without: [[Float]]
}

extension LanguageModel {
  /// Reads units at token `target` of `tokens`, with the text up to it as it is and with each earlier
  /// token left out.
  ///
  /// A token is taken out of the text, not replaced: any token in its place would say something of
  /// its own, and models have none that says nothing. What stands before it is computed once, and all
  /// the rest in one go; n tokens cost n * n / 2 rows.
  ///
  /// - Throws: `EngineError.outOfRange` for an unknown token or unit, a text too long, or a place that
  ///   it doesn't have; `EngineError.outOfRange` for requests of more than single units.
  public func leaveOut(
    _ request: CaptureRequest, of tokens: [Int32], at target: Int
  ) throws(EngineError) -> LeaveOut {
    guard tokens.indices.contains(target) else {
      throw .outOfRange("token \(target) of a text of \(tokens.count)")
    }
    guard request.mlpLayers.isEmpty, request.residualLayers.isEmpty, request.patterns.isEmpty,
      request.dictionaries.isEmpty
    else { throw .outOfRange("only single units can be attributed") }
    let text = Array(tokens[...target])
    let whole = try capture(request, of: [text])[0]
    let beginning = try prefix(Array(text.dropLast()))
    let captures = try capture(
      request, of: (0..<target).map { Array(text[($0 + 1)...]) },
      prefixes: (0..<target).map { beginning.first($0) })
    return LeaveOut(
      whole: whole.lastValues, without: captures.map(\.lastValues))
  }
}

extension Capture {
  /// All single units at the last token.
  fileprivate var lastValues: [Float] {
    [neurons, heads, directions, features].flatMap {
      tokenCount == 0 ? [] : Array($0.row(tokenCount - 1))
    }
  }
}
