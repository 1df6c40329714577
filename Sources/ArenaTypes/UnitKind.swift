/// What sort of thing a unit is.
///
/// Its text stands in `UnitID`: `mlp`, `head`, `residual:NAME` or `feature:NAME`.
public enum UnitKind: Hashable, Sendable {
  /// One neuron of a feed-forward layer, after its activation function and before the down
  /// projection: `silu(gate) * up` in a Llama, `gelu(up)` in a GPT-2.
  case mlp
  /// One attention head; its activation is the length of what it adds to the residual stream.
  case head
  /// A direction of the residual stream before the layer's block, of the named set of directions;
  /// its activation is the dot product.
  case residual(directions: String)
  /// A feature of the named sparse autoencoder or transcoder.
  case feature(dictionary: String)

  /// The most characters of a set's or dictionary's name.
  public static let nameCharacterCountMax = 48

  /// Whether `text` can name a model, a set of directions or a dictionary: 1 to 48 of
  /// `A-Z a-z 0-9 _ . -`.
  public static func isName(_ text: some StringProtocol) -> Bool {
    (1...nameCharacterCountMax).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
          UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"), UInt8(ascii: "."),
          UInt8(ascii: "-"):
          true
        default: false
        }
      }
  }

  /// Whether activations are never below zero, so that firing can only be positive.
  public var isNonNegative: Bool {
    switch self {
    case .head, .feature: true
    case .mlp, .residual: false
    }
  }

  /// Whether units of this kind do something on every token, so that only what exceeds their usual level
  /// is firing.
  public var isNeverSilent: Bool { self == .head }

  /// The name of the set of directions or of the dictionary; nil for parts of the model itself.
  public var collection: String? {
    switch self {
    case .mlp, .head: nil
    case .residual(let name), .feature(let name): name
    }
  }
}

extension UnitKind: RawRepresentable {
  /// The kind as it stands in a unit's name.
  public var rawValue: String {
    switch self {
    case .mlp: "mlp"
    case .head: "head"
    case .residual(let name): "residual:\(name)"
    case .feature(let name): "feature:\(name)"
    }
  }

  /// The kind that `rawValue` says; nil where it says none.
  public init?(rawValue: String) {
    let fields = rawValue.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    switch (fields[0], fields.count) {
    case ("mlp", 1): self = .mlp
    case ("head", 1): self = .head
    case ("residual", 2) where Self.isName(fields[1]):
      self = .residual(directions: String(fields[1]))
    case ("feature", 2) where Self.isName(fields[1]):
      self = .feature(dictionary: String(fields[1]))
    default: return nil
    }
  }
}

/// Which sign of a unit's activation counts as firing.
///
/// SwiGLU neurons and directions are signed; activations in excerpts are already multiplied by it.
/// Units that are never negative (`UnitKind.isNonNegative`) are positive.
public enum Polarity: Int, Sendable, Codable {
  /// The unit fires when its raw activation is large.
  case positive = 1
  /// The unit fires when its raw activation is very negative.
  case negative = -1
}
