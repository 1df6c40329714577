public import ArenaTypes

/// Where the texts of a campaign come from.
public struct CorpusSource: Hashable, Sendable, Codable {
  /// The title that people see, such as `King James Bible`.
  public let title: String
  /// The terms under which the text is used.
  public let licence: String
  /// Where the text was fetched, such as `Debian bible-kjv-text 4.38`.
  public let origin: String
  /// How many tokens of it the campaign was built from.
  public let tokenCount: Int

  /// A source of these parts.
  public init(title: String, licence: String, origin: String, tokenCount: Int) {
    self.title = title
    self.licence = licence
    self.origin = origin
    self.tokenCount = tokenCount
  }
}

/// What a campaign says of itself.
public struct CampaignInfo: Hashable, Sendable, Codable {
  /// Its name on the wire.
  public let id: CampaignID
  /// Its name for people.
  public let title: String
  /// The model whose units it holds, as in `UnitID`.
  public let model: String
  /// The SHA-256 of the model's file, in lower-case hexadecimal.
  ///
  /// Empty where activations were imported and the model's file is not known. Token ids are then the
  /// campaign's own numbers.
  public let modelDigest: String
  /// What sort of model that is.
  public let architecture: String
  /// The layers that units were taken from, ascending.
  public let layers: [Int]
  /// The texts it was built from, with their licences.
  public let sources: [CorpusSource]
  /// The seed of all sampling.
  public let seed: UInt64
  /// When the build was started.
  public let builtAt: Timestamp
  /// Whose records it was imported from; nil for a campaign that was built.
  public let importedFrom: String?

  /// Whether the file of the model is known, so that it can be run on other texts.
  public var knowsModelFile: Bool { !modelDigest.isEmpty }

  /// The number of tokens that the campaign was built from.
  public var tokenCount: Int { sources.reduce(0) { $0 + $1.tokenCount } }

  /// The facts of a campaign.
  public init(
    id: CampaignID, title: String, model: String, modelDigest: String, architecture: String,
    layers: [Int], sources: [CorpusSource], seed: UInt64, builtAt: Timestamp,
    importedFrom: String? = nil
  ) {
    self.id = id
    self.title = title
    self.model = model
    self.modelDigest = modelDigest
    self.architecture = architecture
    self.layers = layers
    self.sources = sources
    self.seed = seed
    self.builtAt = builtAt
    self.importedFrom = importedFrom
  }
}
