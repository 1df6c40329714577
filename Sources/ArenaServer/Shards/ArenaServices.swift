import ArenaProtocol
import ArenaStorage
import ArenaTypes
import Interpretation
import Logging

/// What all shards share: values and things that are safe to use from every queue.
///
/// A class, since every message asks for it, and a copy of all that is in it would cost more than what
/// is done with it.
final class ArenaServices: Sendable {
  let configuration: ServerConfiguration
  let campaigns: CampaignLibrary
  /// What moderators have decided.
  let moderation: ModerationShelf
  /// What keeps the book of the campaigns' questions up to date.
  let keeper: BookKeeper
  let store: any DurableStore
  let worker: EngineWorker
  let search: UnitSearch
  let files: StaticFiles
  let directory: ShardDirectory
  /// Names this run of the server; topics number their events anew under it.
  let epoch: String
  let metrics: ServerMetrics
  let entropy: Entropy
  let log: Logger

  init(
    configuration: ServerConfiguration, campaigns: CampaignLibrary, moderation: ModerationShelf,
    keeper: BookKeeper, store: any DurableStore, worker: EngineWorker, search: UnitSearch,
    files: StaticFiles, directory: ShardDirectory, epoch: String, metrics: ServerMetrics,
    entropy: Entropy, log: Logger
  ) {
    self.configuration = configuration
    self.campaigns = campaigns
    self.moderation = moderation
    self.keeper = keeper
    self.store = store
    self.worker = worker
    self.search = search
    self.files = files
    self.directory = directory
    self.epoch = epoch
    self.metrics = metrics
    self.entropy = entropy
    self.log = log
  }

  /// The main campaign as it is played: without what moderators have hidden.
  var campaign: Campaign { moderation.shown(campaigns.main.id) }
  /// What every client is told of it.
  var campaignSummary: Wire.CampaignSummary { campaigns.main.summary }
  /// What asks about it and scores it.
  var engine: EngineDesk { campaigns.main.engine }
}
