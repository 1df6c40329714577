public import ArenaTypes

/// What to build.
public struct CampaignPlan: Sendable {
  /// The campaign's name on the wire.
  public var id: CampaignID
  /// Its name for people.
  public var title: String
  /// The folder with the texts.
  public var corpusFolder: String
  /// Where checkpoints are kept until the build is done.
  public var workFolder: String
  /// The layers to look for units in.
  public var layers: [Int]
  /// The kinds of units to look for in each of them.
  public var kinds: [UnitKind] = [.mlp]
  /// The seed of all sampling.
  public var seed: UInt64
  /// How many units to choose.
  public var unitCount: Int
  /// Neurons that must not be chosen.
  public var reserved: [Neuron]
  /// The neurons to take, all that have enough texts; nil for the best that there are.
  public var only: [Neuron]?
  /// When the build was started; a build that is taken up again keeps its first moment.
  public var startedAt: Timestamp
  /// How many tokens the survey samples.
  public var surveyTokenCount = 120_000
  /// How many candidates are recorded; a multiple of the units wanted.
  public var candidateCount: Int
  /// How many excerpts are run between two checkpoints.
  public var shardExcerptCount = 256

  /// Where a neuron is.
  public struct Neuron: Hashable, Sendable {
    /// Its layer.
    public let layer: Int
    /// Its index in the layer.
    public let neuron: Int
    /// The neuron at these positions.
    public init(layer: Int, neuron: Int) {
      self.layer = layer
      self.neuron = neuron
    }
  }

  /// A plan; the corpus, the folders and the wanted number of units have no defaults.
  public init(
    id: CampaignID, title: String, corpusFolder: String, workFolder: String, layers: [Int],
    seed: UInt64, unitCount: Int, reserved: [Neuron], startedAt: Timestamp
  ) {
    self.id = id
    self.title = title
    self.corpusFolder = corpusFolder
    self.workFolder = workFolder
    self.layers = layers.sorted()
    self.seed = seed
    self.unitCount = unitCount
    self.reserved = reserved
    self.startedAt = startedAt
    candidateCount = unitCount * 5 / 2
  }
}
