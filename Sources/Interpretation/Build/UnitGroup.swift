public import ArenaTypes

/// All units of one kind in one layer, which are captured together.
public struct UnitGroup: Hashable, Sendable {
  /// The layer.
  public let layer: Int
  /// What sort of units they are.
  public let kind: UnitKind
  /// How many there are; their indices count from 0.
  public let count: Int

  /// The `count` units of `kind` in `layer`.
  public init(layer: Int, kind: UnitKind, count: Int) {
    self.layer = layer
    self.kind = kind
    self.count = count
  }
}

/// A unit's place in its model.
struct UnitAddress: Hashable, Comparable {
  let layer: Int
  let kind: UnitKind
  let index: Int

  /// By layer, kind and index.
  static func < (left: UnitAddress, right: UnitAddress) -> Bool {
    left.layer != right.layer
      ? left.layer < right.layer
      : left.kind != right.kind
        ? left.kind.rawValue < right.kind.rawValue : left.index < right.index
  }

  /// The unit's name in `model`.
  func id(in model: String) -> UnitID {
    UnitID(model: model, layer: layer, kind: kind, index: index)
  }

  /// What forks a generator for the unit; of neurons just the index, as ever.
  var seedName: String {
    kind == .mlp ? "\(layer)/\(index)" : "\(layer)/\(kind.rawValue)/\(index)"
  }
}
