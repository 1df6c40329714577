public import ArenaTypes

/// What to import.
public struct ImportPlan: Sendable {
  /// In which order units are taken, where a file has more than are wanted.
  public enum Order: String, Sendable, CaseIterable {
    /// Those with explanations first, the best by the source's own score before others.
    case score
    /// Those with explanations first, else as the seed draws them.
    case random
  }

  /// Files and folders.
  public var paths: [String]
  /// The model's name where records leave it out, as in `UnitID`.
  public var model: String
  /// The campaign's name on the wire.
  public var id: CampaignID
  /// Its name for people.
  public var title: String
  /// The terms under which the records are used.
  public var licence = "not stated"
  /// The most units to take.
  public var unitCountMax = 400
  /// In which order.
  public var order = Order.score
  /// The layers to take units of; nil for all.
  public var layers: Set<Int>?
  /// Units to leave out.
  public var reserved: Set<UnitID> = []
  /// The seed of all drawing.
  public var seed: UInt64 = 1
  /// When the import was started.
  public var startedAt: Timestamp
  /// Whether bad records are skipped; otherwise one ends the import.
  public var skipsBadRecords = false
  /// Whether each unit gets another one's explanation beside its own, so that pick rounds can ask.
  public var makesPairs = true

  /// A plan to import `paths`.
  public init(
    paths: [String], model: String, id: CampaignID, title: String, startedAt: Timestamp
  ) {
    self.paths = paths
    self.model = model
    self.id = id
    self.title = title
    self.startedAt = startedAt
  }
}

/// What an import has done.
public struct ImportReport: Sendable {
  /// The most faults that are kept in full.
  public static let faultCountMax = 200

  /// Files read.
  public var fileCount = 0
  /// Records read.
  public var recordCount = 0
  /// Units with texts that the files speak of.
  public var foundUnitCount = 0
  /// Units in the campaign.
  public var unitCount = 0
  /// Units left out since they are reserved.
  public var reservedCount = 0
  /// Units left out since too few of their texts make them fire.
  public var poorCount = 0
  /// Units without silent texts in the held-out pool: the sources show only where they fire.
  public var oneSidedCount = 0
  /// Explanations kept.
  public var explanationCount = 0
  /// Of these, such of which only the first clauses fit.
  public var shortenedExplanationCount = 0
  /// Explanations that fit in no part, or hold explicit words.
  public var droppedExplanationCount = 0
  /// Pairs of explanations in play.
  public var pairCount = 0
  /// All bad records.
  public internal(set) var faultCount = 0
  /// The first of them.
  public private(set) var faults: [ImportFault] = []

  mutating func note(_ fault: ImportFault) {
    faultCount += 1
    if faults.count < Self.faultCountMax { faults.append(fault) }
  }
}
