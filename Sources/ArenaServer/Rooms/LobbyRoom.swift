import ArenaProtocol
import ArenaStorage
import ArenaTypes
import DispatchTransport

/// Knows what goes on in all rooms, from what they tell it, and shows it: a part to everybody, all of it
/// to moderators.
final class LobbyRoom {
  unowned let context: ShardContext
  let publisher: TopicPublisher
  let moderationPublisher: TopicPublisher
  private var duels: [DuelID: (listing: Wire.DuelListing, isPrivate: Bool)] = [:]
  /// Those that ended last, the latest first.
  private var finished: [Wire.FinishedDuel] = []
  private var contests: [ContestID: Wire.ContestSummary] = [:]
  private var players: [PlayerID: Wire.LivePlayer] = [:]
  private var waiting = Wire.Counts(pick: 0, write: 0, fire: 0, mixed: 0)
  private var waitingByCampaign: [CampaignID: Wire.Counts] = [:]
  /// The numbers of the topics' last snapshots.
  private var offsets: [TopicName: Int] = [:]
  /// The topics as they were shown last, since the last change of their offset.
  private var shownFrames: [TopicName: SharedFrame] = [:]
  private var timer: TimerToken?
  private var publishedAt: Timestamp

  /// How many duels everybody is shown; moderators see all.
  static let duelsShown = 20
  /// How many finished duels everybody is shown.
  static let finishedShown = 6
  /// How many players and duels a moderator's snapshot holds.
  static let moderationCountMax = 500
  /// What moderators have to do and how the server is, as it was last found out.
  private var totals = (texts: 0, reports: 0, flags: 0)
  private var lagMilliseconds = 0
  private var isCounting = false
  /// Whether something has changed that everybody is shown, beside the moderators' charts.
  private var isStale = false
  private var drainTimer: TimerToken?

  init(context: ShardContext) {
    self.context = context
    publishedAt = context.now
    publisher = TopicPublisher(
      .lobby, context: context, historyCount: 0)
    moderationPublisher = TopicPublisher(
      .moderation, context: context, historyCount: 0)
  }

  // MARK: What rooms tell

  func duelChanged(_ listing: Wire.DuelListing, isPrivate: Bool) {
    duels[listing.id] = (listing, isPrivate)
    changed()
  }

  /// - Parameter result: What everybody may see of it; nil for nothing.
  func duelEnded(_ id: DuelID, finished result: Wire.FinishedDuel?) {
    duels[id] = nil
    if let result, !finished.contains(where: { $0.id == id }) {
      finished.insert(result, at: 0)
      if finished.count > Self.finishedShown { finished.removeLast() }
    }
    changed()
  }

  func contestChanged(_ summary: Wire.ContestSummary) {
    contests[summary.id] = summary
    changed()
  }

  func contestGone(_ id: ContestID) {
    contests[id] = nil
    changed()
  }

  func playerChanged(_ player: Wire.LivePlayer) {
    players[player.player] = player
    changed()
  }

  func playerLeft(_ id: PlayerID) {
    players[id] = nil
    changed()
  }

  func waitingChanged(_ counts: Wire.Counts, by campaign: [CampaignID: Wire.Counts]) {
    guard counts != waiting || campaign != waitingByCampaign else { return }
    waiting = counts
    waitingByCampaign = campaign
    changed()
  }

  // MARK: What it shows

  /// Contests: those that are open first, of these the one that closes first; then those that come,
  /// the next one first; then those that are over, the latest first.
  ///
  /// Of the same state races come first: a client of the first version knows no other kind.
  var contestList: [Wire.ContestSummary] {
    func key(_ contest: Wire.ContestSummary) -> (Int, Int, Int64) {
      let kind = contest.kind == .race ? 0 : 1
      return switch contest.state {
      case .open, .paused: (0, kind, contest.closesAt.millisecondsSinceEpoch)
      case .scheduled: (1, kind, contest.opensAt.millisecondsSinceEpoch)
      case .closing, .final: (2, kind, -contest.closesAt.millisecondsSinceEpoch)
      }
    }
    return contests.values.sorted { first, second in
      let (firstKey, secondKey) = (key(first), key(second))
      return firstKey == secondKey ? first.id < second.id : firstKey < secondKey
    }
  }

  private var lobbyView: Wire.LobbyView {
    // Private duels are between friends; the most watched and then the newest come first.
    let shown = duels.values.lazy.filter { !$0.isPrivate }.map(\.listing)
      .leading(Self.duelsShown) {
        ($0.spectators, $0.startedAt, $0.id) > ($1.spectators, $1.startedAt, $1.id)
      }
    return Wire.LobbyView(
      online: players.count, playing: duels.count, waiting: waiting,
      duels: shown, contests: contestList, campaigns: traffic,
      draining: context.services.moderation.isDraining, finished: finished)
  }

  /// What goes on in each campaign.
  private var traffic: [Wire.CampaignTraffic] {
    var duelCounts: [CampaignID: Int] = [:]
    let main = context.services.campaigns.main.id
    for duel in duels.values { duelCounts[duel.listing.campaign ?? main, default: 0] += 1 }
    return context.services.campaigns.all.map { served in
      Wire.CampaignTraffic(
        id: served.id, title: served.summary.title, practice: served.isPractice,
        waiting: waitingByCampaign[served.id] ?? Wire.Counts(pick: 0, write: 0, fire: 0, mixed: 0),
        duels: duelCounts[served.id] ?? 0)
    }
  }

  private var moderationView: Wire.ModerationView {
    let people = Self.first(players) { $0.connectedSince }
    let listings = Self.first(duels) { $0.listing.startedAt }.map(\.listing)
    return Wire.ModerationView(
      connections: players.values.reduce(0) { $0 + $1.connections }, players: people,
      duels: listings, contests: contestList,
      queues: waiting,
      totals: Wire.ModerationTotals(
        players: players.count, duels: duels.count, texts: totals.texts,
        reports: totals.reports, flags: totals.flags),
      health: Wire.NodeHealth(
        engineQueue: context.services.engine.worker.queuedJobCount,
        lagMilliseconds: lagMilliseconds,
        commands: context.services.metrics.counters.commands.values.reduce(0, +),
        draining: context.services.moderation.isDraining))
  }

  /// The oldest of a table, of equals by name: no more than a moderator's snapshot holds.
  ///
  /// - Complexity: O(*n*) in small keys, as `leading` has it; entries are copied for those alone that are
  ///   shown.
  private static func first<Name: Comparable, Entry>(
    _ table: [Name: Entry], at moment: (Entry) -> Timestamp
  ) -> [Entry] {
    let order = table.map { (moment($0.value), $0.key) }.leading(moderationCountMax, by: <)
    return order.compactMap { table[$0.1] }
  }

  // MARK: What moderators ask

  /// How many duels run.
  var duelCount: Int { duels.count }
  /// How many runs go on against the clock.
  var timedRunCount: Int { players.values.count { $0.contest != nil } }

  /// All that is live of a list, in the order of `ShardContext.cursor`.
  ///
  /// - Complexity: O(*n* log *n*).
  func rows(_ list: Wire.ListKind) -> [Wire.ModerationRow] {
    let rows: [Wire.ModerationRow] =
      switch list {
      case .players: players.values.map { Wire.ModerationRow($0) }
      case .duels: duels.values.map { Wire.ModerationRow($0.listing) }
      case .contests: contests.values.map { Wire.ModerationRow($0) }
      default: []
      }
    return rows.map { (ShardContext.cursor($0), $0) }.sorted { $0.0 < $1.0 }.map(\.1)
  }

  /// Counts anew what waits for moderators.
  func casesChanged() {
    guard !isCounting, moderationPublisher.subscriberCount > 0 else { return }
    isCounting = true
    let (index, directory, moment) = (context.shard.index, context.directory, context.now)
    context.services.store.read { reader throws(StorageError) in
      (
        texts: try reader.moderationCaseCount(of: .text, openAt: moment),
        reports: try reader.moderationCaseCount(of: .report, openAt: moment),
        flags: try reader.moderationCaseCount(of: .flag, openAt: moment)
      )
    } completion: { result in
      directory.post(to: index) { $0.lobby?.counted(try? result.get()) }
    }
  }

  private func counted(_ found: (texts: Int, reports: Int, flags: Int)?) {
    isCounting = false
    guard let found, found != totals else { return }
    totals = found
    schedule()
  }

  /// Finds out how long shards let messages wait, for the moderators' charts.
  private func measureLag() {
    let sentAt = context.now
    let home = context.shard.index
    lagMilliseconds = 0
    for index in 0..<context.directory.count {
      context.directory.post(to: index) { shard in
        let lag = Int((shard.now - sentAt).wholeMilliseconds)
        shard.directory.post(to: home) { $0.lobby?.lagged(lag) }
      }
    }
  }

  private func lagged(_ milliseconds: Int) {
    lagMilliseconds = max(lagMilliseconds, milliseconds)
  }

  /// Shows that the server drains, or no longer does, and watches for the end.
  func drainingChanged() {
    changed()
    guard drainTimer == nil, context.services.moderation.isDraining else { return }
    watchDraining()
  }

  private func watchDraining() {
    drainTimer = context.scheduler.schedule(after: .seconds(1)) { [weak self] in
      guard let self else { return }
      drainTimer = nil
      guard context.services.moderation.isDraining else { return }
      if duels.isEmpty, timedRunCount == 0 { return context.services.moderation.drained() }
      watchDraining()
    }
  }

  /// The frame that shows a topic of the lobby's as it is now.
  ///
  /// Newcomers between two publications get the frame of the last one, and the next with all others.
  func snapshot(_ topic: TopicName) -> LatestFrame {
    let frame = shownFrames[topic] ?? frame(topic, isSnapshot: true)
    shownFrames[topic] = frame
    if topic == .moderation {
      casesChanged()
      schedule()
    }
    return LatestFrame(delta: frame, snapshot: frame)
  }

  private func frame(_ topic: TopicName, isSnapshot: Bool) -> SharedFrame {
    let event: ServerEvent =
      topic == .moderation
      ? .moderationSnapshot(.init(moderation: moderationView))
      : .lobbySnapshot(.init(lobby: lobbyView))
    return SharedFrame(
      text: context.encode(
        event, on: topic,
        at: TopicPosition(epoch: context.services.epoch, offset: position(of: topic)),
        isSnapshot: isSnapshot))
  }

  /// The number of a topic's last snapshot.
  func position(of topic: TopicName) -> Int { offsets[topic] ?? 0 }

  private func changed() {
    isStale = true
    schedule()
  }

  private func schedule() {
    guard timer == nil else { return }
    let next = max(publishedAt + context.configuration.lobbyInterval, context.now)
    timer = context.scheduler.schedule(at: next) { [weak self] in
      self?.timer = nil
      self?.publish()
    }
  }

  private func publish() {
    publishedAt = context.now
    // What moderators have to do and how the server is concerns nobody else.
    shownFrames[.moderation] = nil
    if isStale { shownFrames[.lobby] = nil }
    let published = isStale ? [publisher, moderationPublisher] : [moderationPublisher]
    isStale = false
    for publisher in published { offsets[publisher.topic, default: 0] += 1 }
    let isWatched = moderationPublisher.subscriberCount > 0
    defer {
      // Charts move even where nothing else does.
      if isWatched {
        measureLag()
        schedule()
      }
    }
    for publisher in published where publisher.subscriberCount > 0 {
      let frame = frame(publisher.topic, isSnapshot: false)
      shownFrames[publisher.topic] = frame
      publisher.publishLatest(LatestFrame(delta: frame, snapshot: frame))
    }
  }
}
