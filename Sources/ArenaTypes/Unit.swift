/// Names a unit: the one thing inside a model that an explanation explains.
///
/// Its text is `model/layer/kind/index`, such as `smollm2-135m/12/mlp/703`.
public struct UnitID: Identifier {
  /// The text of the identifier.
  public let rawValue: String
  /// Wraps `rawValue` unchecked; `parts` tells whether it has the form.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// The identifier of a unit from its parts.
  public init(model: String, layer: Int, kind: UnitKind, index: Int) {
    rawValue = "\(model)/\(layer)/\(kind.rawValue)/\(index)"
  }

  /// Model, layer, kind and index; nil where the text has not this form.
  public var parts: (model: String, layer: Int, kind: UnitKind, index: Int)? {
    let fields = rawValue.split(separator: "/", omittingEmptySubsequences: false)
    guard fields.count == 4, !fields[0].isEmpty, let layer = Int(fields[1]), layer >= 0,
      let kind = UnitKind(rawValue: String(fields[2])), let index = Int(fields[3]), index >= 0
    else { return nil }
    return (String(fields[0]), layer, kind, index)
  }
}

/// What sort of thing a unit is.
public enum UnitKind: String, Sendable, Codable, CaseIterable {
  /// One neuron of a feed-forward layer: `silu(gate) * up`, before the down projection.
  case mlp
}

/// Which sign of a unit's activation counts as firing.
///
/// SwiGLU neurons are signed; activations in excerpts are already multiplied by it.
public enum Polarity: Int, Sendable, Codable {
  /// The unit fires when its raw activation is large.
  case positive = 1
  /// The unit fires when its raw activation is very negative.
  case negative = -1
}
