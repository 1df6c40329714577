import ArenaProtocol
import ArenaStorage
import ArenaTypes
import Interpretation
import Logging

/// What all shards share: values and things that are safe to use from every queue.
struct ArenaServices: Sendable {
  let configuration: ServerConfiguration
  let campaign: Campaign
  /// What every client is told of it.
  let campaignSummary: Wire.CampaignSummary
  let store: any DurableStore
  let engine: EngineDesk
  let files: StaticFiles
  let directory: ShardDirectory
  /// Names this run of the server; topics number their events anew under it.
  let epoch: String
  let metrics: ServerMetrics
  let log: Logger
}
