import ArenaRules
import ArenaTypes

/// The queue of each campaign; a player waits in one of them at most.
struct CampaignQueues {
  private let campaigns: [CampaignID]
  private var queues: [CampaignID: Matchmaking] = [:]

  /// Empty queues of these campaigns, of which there is at least one.
  init(_ campaigns: [CampaignID], limits: Matchmaking.Limits) {
    self.campaigns = campaigns
    for campaign in campaigns { queues[campaign] = Matchmaking(limits: limits) }
  }

  /// The constants of every queue.
  var limits: Matchmaking.Limits { queues[campaigns[0]]?.limits ?? Matchmaking.Limits() }

  /// How many wait for a format in a campaign.
  func waitingCount(_ format: ArenaRules.DuelFormat, in campaign: CampaignID) -> Int {
    queues[campaign]?.waitingCount(format) ?? 0
  }

  /// The campaign in whose queue a player waits, and the player's ticket.
  func place(of player: PlayerID) -> (campaign: CampaignID, ticket: Ticket)? {
    for campaign in campaigns {
      if let ticket = queues[campaign]?.ticket(of: player) { return (campaign, ticket) }
    }
    return nil
  }

  /// When any of them next wants a `tick`.
  var nextDeadline: Timestamp? { queues.values.compactMap(\.nextDeadline).min() }

  /// Takes a command; a player who joins, joins the queue of `campaign`.
  ///
  /// - Returns: What has happened, and in which campaign's queue.
  /// - Throws: As `Matchmaking.apply`.
  mutating func apply(
    _ command: MatchmakingCommand, in campaign: CampaignID?, now: Timestamp
  ) throws(MatchmakingRejection) -> [(campaign: CampaignID, event: MatchmakingEvent)] {
    switch command {
    case .join(let ticket):
      guard place(of: ticket.player) == nil else { throw .alreadyQueued }
      return try apply(command, to: campaign ?? campaigns[0], now: now)
    case .leave(let player), .acceptBot(let player):
      return try apply(command, to: place(of: player)?.campaign ?? campaigns[0], now: now)
    case .tick:
      var events: [(campaign: CampaignID, event: MatchmakingEvent)] = []
      for campaign in campaigns { events += try apply(command, to: campaign, now: now) }
      return events
    }
  }

  private mutating func apply(
    _ command: MatchmakingCommand, to campaign: CampaignID, now: Timestamp
  ) throws(MatchmakingRejection) -> [(campaign: CampaignID, event: MatchmakingEvent)] {
    // In its place, so that nothing is copied.
    guard let events = try queues[campaign]?.apply(command, now: now) else { throw .notQueued }
    return events.map { (campaign, $0) }
  }
}
