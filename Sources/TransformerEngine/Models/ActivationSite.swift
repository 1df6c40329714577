/// A place within a transformer block where values can be read.
///
/// The order is that of a forward pass.
public enum ActivationSite: Int, Sendable, Hashable, CaseIterable, Comparable {
  /// The residual stream that enters the block, [hiddenSize]; at `layerCount`, what leaves the last.
  case residual
  /// The heads' mixed values side by side, before attn_output, [headCount * headSize].
  case attentionHeads
  /// What attention adds to the stream, [hiddenSize].
  case attentionOutput
  /// The residual stream between attention and MLP, [hiddenSize].
  case residualMiddle
  /// What the MLP reads: the normalised stream, the norm's weights included, [hiddenSize].
  case mlpInput
  /// The activations of the MLP's neurons, [feedForwardSize].
  case neurons
  /// What the MLP adds to the stream, [hiddenSize].
  case mlpOutput
  /// The residual stream that leaves the block, [hiddenSize]: what enters the next.
  case residualOutput

  /// By place in the forward pass.
  public static func < (left: ActivationSite, right: ActivationSite) -> Bool {
    left.rawValue < right.rawValue
  }

  /// Floats of a position at this place.
  public func width(in sizes: DecoderConfiguration) -> Int {
    switch self {
    case .residual, .attentionOutput, .residualMiddle, .mlpInput, .mlpOutput, .residualOutput:
      sizes.hiddenSize
    case .attentionHeads: sizes.headCount * sizes.headSize
    case .neurons: sizes.feedForwardSize
    }
  }
}

/// A site of a certain block.
struct ActivationPlace: Hashable, Comparable {
  let layer: Int
  let site: ActivationSite

  /// A site of block `layer`; what leaves a block is what enters the next.
  init(layer: Int, site: ActivationSite) {
    self.layer = site == .residualOutput ? layer + 1 : layer
    self.site = site == .residualOutput ? .residual : site
  }

  static func < (left: ActivationPlace, right: ActivationPlace) -> Bool {
    (left.layer, left.site) < (right.layer, right.site)
  }
}
