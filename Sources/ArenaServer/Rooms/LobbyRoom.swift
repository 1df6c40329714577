import ArenaProtocol
import ArenaTypes
import DispatchTransport

/// Knows what goes on in all rooms, from what they tell it, and shows it: a part to everybody, all of it
/// to moderators.
final class LobbyRoom {
  unowned let context: ShardContext
  let publisher: TopicPublisher
  let moderationPublisher: TopicPublisher
  private var duels: [DuelID: (listing: Wire.DuelListing, isPrivate: Bool)] = [:]
  private var contests: [ContestID: Wire.ContestSummary] = [:]
  private var players: [PlayerID: Wire.LivePlayer] = [:]
  private var waiting = Wire.Counts(pick: 0, write: 0, fire: 0, mixed: 0)
  private var offset = 0
  /// The topics as they were shown last, since the last change of their offset.
  private var shownFrames: [TopicName: SharedFrame] = [:]
  private var timer: TimerToken?
  private var publishedAt: Timestamp

  /// How many duels everybody is shown; moderators see all.
  static let duelsShown = 20
  /// How many players and duels a moderator's snapshot holds.
  static let moderationCountMax = 1_000

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

  func duelEnded(_ id: DuelID) {
    duels[id] = nil
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

  func waitingChanged(_ counts: Wire.Counts) {
    guard counts != waiting else { return }
    waiting = counts
    changed()
  }

  // MARK: What it shows

  /// Contests, those that are open first, then by closing time, the latest first.
  var contestList: [Wire.ContestSummary] {
    contests.values.sorted { first, second in
      let firstKey = (first.state == .open ? 0 : 1, second.closesAt.millisecondsSinceEpoch)
      let secondKey = (second.state == .open ? 0 : 1, first.closesAt.millisecondsSinceEpoch)
      return firstKey == secondKey ? first.id < second.id : firstKey < secondKey
    }
  }

  private var lobbyView: Wire.LobbyView {
    // Private duels are between friends; the most watched and then the newest come first.
    let shown = duels.values.filter { !$0.isPrivate }.map(\.listing).sorted {
      ($0.spectators, $0.startedAt, $0.id) > ($1.spectators, $1.startedAt, $1.id)
    }
    return Wire.LobbyView(
      online: players.count, playing: duels.count, waiting: waiting,
      duels: Array(shown.prefix(Self.duelsShown)), contests: contestList)
  }

  private var moderationView: Wire.ModerationView {
    let people = players.values.sorted {
      ($0.connectedSince, $0.player) < ($1.connectedSince, $1.player)
    }
    let listings = duels.values.map(\.listing).sorted {
      ($0.startedAt, $0.id) < ($1.startedAt, $1.id)
    }
    return Wire.ModerationView(
      connections: people.reduce(0) { $0 + $1.connections },
      players: Array(people.prefix(Self.moderationCountMax)),
      duels: Array(listings.prefix(Self.moderationCountMax)), contests: contestList,
      queues: waiting)
  }

  /// The frame that shows a topic of the lobby's as it is now.
  ///
  /// Newcomers between two publications get the frame of the last one, and the next with all others.
  func snapshot(_ topic: TopicName) -> LatestFrame {
    let frame = shownFrames[topic] ?? frame(topic, isSnapshot: true)
    shownFrames[topic] = frame
    return LatestFrame(delta: frame, snapshot: frame)
  }

  private func frame(_ topic: TopicName, isSnapshot: Bool) -> SharedFrame {
    let event: ServerEvent =
      topic == .moderation
      ? .moderationSnapshot(.init(moderation: moderationView))
      : .lobbySnapshot(.init(lobby: lobbyView))
    return SharedFrame(
      text: context.encode(
        event, on: topic, at: TopicPosition(epoch: context.services.epoch, offset: offset),
        isSnapshot: isSnapshot))
  }

  /// The number of the last snapshot.
  var position: Int { offset }

  private func changed() {
    guard timer == nil else { return }
    let next = max(publishedAt + context.configuration.lobbyInterval, context.now)
    timer = context.scheduler.schedule(at: next) { [weak self] in
      self?.timer = nil
      self?.publish()
    }
  }

  private func publish() {
    publishedAt = context.now
    offset += 1
    shownFrames = [:]
    for publisher in [publisher, moderationPublisher] where publisher.subscriberCount > 0 {
      let frame = frame(publisher.topic, isSnapshot: false)
      shownFrames[publisher.topic] = frame
      publisher.publishLatest(LatestFrame(delta: frame, snapshot: frame))
    }
  }
}
