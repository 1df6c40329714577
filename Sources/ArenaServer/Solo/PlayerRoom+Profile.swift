import ArenaProtocol
import ArenaRules
import ArenaStorage
import ArenaTypes
import DispatchTransport
import Interpretation
import Logging

/// What a profile is made of, as it was at one moment.
struct ProfileMoment: Sendable {
  /// The most texts that atlas and milestones are made of, the latest.
  static let textCountMax = 500
  /// The most units in the atlas.
  static let atlasCountMax = 60

  var state: SoloState
  let texts: [ExplanationRecord]
  let votes: [VoteRecord]
  let voted: [ExplanationID: ExplanationRecord]
  let supporters: [ExplanationID: Int]
  let queue: [WaitingTextRecord]
  let meaningScores: [ExplanationText: Score]
  let duels: [DuelResultRecord]
  let answers: [AnswerRecord]
  let days: [Int64]
  /// The best score that another player has on each of the units that this one has explained best.
  ///
  /// At most `atlasCountMax` units, each with at most `SoloMoment.textCountMax` texts: by far the most
  /// rows of a profile, whatever else its player has done.
  let rivals: [UnitID: Double]

  init(
    _ reader: any StoreReader, player: PlayerID, scorer: String
  ) throws(StorageError) {
    state = try SoloState.read(reader, of: player)
    texts = try reader.explanations(by: player, limit: Self.textCountMax)
    votes = try reader.votes(by: player, limit: 100)
    queue = try reader.waitingTexts(limit: 1_000)
    duels = try reader.duelResults(of: player, limit: 50)
    answers = try reader.answers(by: player, limit: 400)
    days = try reader.finishedDailies(of: player, limit: 1_000).map(\.day)
    meaningScores = try SoloMoment.meaningScores(
      of: Array(texts.prefix(100)), reader, scorer: scorer)
    var voted: [ExplanationID: ExplanationRecord] = [:]
    for vote in votes { voted[vote.explanation] = try reader.explanation(vote.explanation) }
    self.voted = voted
    var supporters: [ExplanationID: Int] = [:]
    for unit in Set(texts.prefix(100).map(\.explanation.unit)) {
      for count in try reader.voteCounts(of: unit) { supporters[count.explanation] = count.up }
    }
    self.supporters = supporters
    rivals = try Self.rivals(of: player, texts, reader)
  }

  private static func rivals(
    of player: PlayerID, _ texts: [ExplanationRecord], _ reader: any StoreReader
  ) throws(StorageError) -> [UnitID: Double] {
    var rivals: [UnitID: Double] = [:]
    for unit in best(of: texts).prefix(atlasCountMax).map(\.explanation.unit) {
      rivals[unit] = try reader.explanations(of: unit, limit: SoloMoment.textCountMax)
        .filter { $0.explanation.author != .player(player) && !$0.isHidden }
        .compactMap(\.score?.value).max()
    }
    return rivals
  }

  /// The best text on each unit, the best first.
  static func best(of texts: [ExplanationRecord]) -> [ExplanationRecord] {
    var units: Set<UnitID> = []
    return texts.filter { $0.score != nil }
      .sorted {
        ($0.score?.value ?? 0, $1.explanation.id) > ($1.score?.value ?? 0, $0.explanation.id)
      }
      .filter { units.insert($0.explanation.unit).inserted }
  }
}

extension PlayerRoom {
  /// Answers with what the player has done here, and keeps the milestones that it has earned since.
  func openProfile(_ origin: CommandOrigin) {
    let (id, scorer) = (id, context.services.engine.scorer.name)
    readSolo(origin) { reader throws(StorageError) in
      try ProfileMoment(reader, player: id, scorer: scorer)
    } then: { room, found in
      var moment = found
      let facts = room.facts(moment)
      for milestone in Milestone.allCases
      where milestone.value(facts) >= milestone.goal
        && moment.state.milestones[milestone.rawValue] == nil
      {
        moment.state.milestones[milestone.rawValue] = room.context.now
      }
      let profile = room.profile(moment, facts)
      let answer = ServerAnswer.profileGet(.init(profile: profile))
      guard moment.state.milestones != found.state.milestones else {
        return room.settleSolo(origin, .success(answer), isKept: false)
      }
      room.commitSolo(origin, moment.state.write(of: id)) {
        $0.settleSolo(origin, .success(answer), isKept: false)
      }
    }
  }

  private func profile(_ moment: ProfileMoment, _ facts: Milestone.Facts) -> Wire.Profile {
    let views = soloViews
    let picks = facts.picks.prefix(50)
    return Wire.Profile(
      budget: soloReader.budget(moment.state), streak: streak(moment),
      picks: Wire.PickRecord(right: picks.count { $0 }, of: picks.count),
      milestones: Milestone.allCases.map { milestone in
        let earnedAt = moment.state.milestones[milestone.rawValue]
        return Wire.Milestone(
          id: milestone.rawValue, title: milestone.title, text: milestone.sentence,
          value: earnedAt == nil ? milestone.value(facts) : milestone.goal, goal: milestone.goal,
          earnedAt: earnedAt)
      }, atlas: atlas(moment),
      texts: moment.texts.prefix(100).map { text in
        views.soloText(
          text, queue: moment.queue, votes: moment.supporters[text.explanation.id] ?? 0,
          meaningScores: moment.meaningScores)
      }, votes: moment.votes.compactMap { pastVote($0, moment) },
      duels: moment.duels.compactMap(pastDuel), queue: moment.queue.count)
  }

  // MARK: Accuracy

  private func facts(_ moment: ProfileMoment) -> Milestone.Facts {
    let best = ProfileMoment.best(of: moment.texts)
    return Milestone.Facts(
      bestScores: best.compactMap(\.score?.value),
      // Of the rest nobody has looked whether others are ahead.
      aheadCount: best.prefix(ProfileMoment.atlasCountMax).count { isAhead($0, moment) },
      picks: moment.answers.compactMap(isRight))
  }

  /// Whether nobody is known to have explained a text's unit better.
  private func isAhead(_ text: ExplanationRecord, _ moment: ProfileMoment) -> Bool {
    guard let score = text.score else { return false }
    let unit = text.explanation.unit
    let known = context.services.campaign.unit(unit)?.explanations.compactMap(\.score?.value).max()
    let best = max(known ?? 0, moment.rivals[unit] ?? 0)
    return score.value >= best && score.value > 0
  }

  /// Whether a pick was right; nil for other answers, and where nobody knows.
  private func isRight(_ answer: AnswerRecord) -> Bool? {
    guard case .pick(let chosen, let other, _) = answer.content,
      let unit = context.services.campaign.unit(answer.unit)
    else { return nil }
    if let known = answer.circumstances?.isRight { return known }
    let sides: Set = [chosen, other]
    guard let better = unit.pairs.first(where: { Set([$0.a, $0.b]) == sides })?.better else {
      return nil
    }
    return chosen == better
  }

  private func atlas(_ moment: ProfileMoment) -> [Wire.AtlasEntry] {
    let views = soloViews
    return ProfileMoment.best(of: moment.texts).prefix(ProfileMoment.atlasCountMax).compactMap {
      text in
      guard let score = text.score, context.services.campaign.unit(text.explanation.unit) != nil
      else { return nil }
      return Wire.AtlasEntry(
        unit: views.card(text.explanation.unit), text: text.explanation.text.description,
        score: score, best: isAhead(text, moment))
    }
  }

  // MARK: History

  private func streak(_ moment: ProfileMoment) -> Wire.Streak {
    let streak = Streak(days: moment.days, today: context.configuration.dailyDay(at: context.now))
    return Wire.Streak(
      days: streak.count, longest: streak.longest, today: streak.isToday,
      sparesLeft: streak.sparesLeft,
      lately: streak.lately.map { Wire.StreakDay(rawValue: $0.rawValue) ?? .missed })
  }

  private func pastVote(_ vote: VoteRecord, _ moment: ProfileMoment) -> Wire.PastVote? {
    let known = context.services.campaign.explanation(vote.explanation)?.explanation.text
    let written = moment.voted[vote.explanation].flatMap { $0.isHidden ? nil : $0.explanation.text }
    guard let text = known ?? written else { return nil }
    return Wire.PastVote(
      unit: vote.unit, explanation: vote.explanation, text: text.description,
      vote: Wire.VoteDirection(vote.direction), at: vote.at)
  }

  private func pastDuel(_ duel: DuelResultRecord) -> Wire.PastDuel? {
    guard let own = duel.seats.first(where: { $0.player == id }),
      let other = duel.seats.first(where: { $0.player != id }),
      let format = Wire.DuelFormat(rawValue: duel.format)
    else { return nil }
    let outcome: Wire.PastOutcome =
      switch duel.outcome {
      case .won(let winner): winner == id ? .won : .lost
      case .draw: .draw
      case .void: .void
      }
    var rating: Double?
    if let before = own.ratingBefore, let after = own.ratingAfter { rating = after - before }
    return Wire.PastDuel(
      duel: duel.duel, format: format, endedAt: duel.endedAt, opponent: other.name,
      bot: other.isBot, outcome: outcome, points: max(0, own.points),
      theirs: max(0, other.points), rating: rating)
  }
}

extension ServerConfiguration {
  /// The date of the daily that is on at `now`, in days since 1970-01-01; by UTC where none is held.
  func dailyDay(at now: Timestamp) -> Int64 {
    let date = contests.first { $0.kind == .daily }?.schedule.window(at: now)?.date
    return date.flatMap { LocalTime.day(of: $0) }
      ?? LocalTime(seconds: now.millisecondsSinceEpoch / 1_000).day
  }
}

extension Milestone {
  /// Its title.
  var title: String {
    switch self {
    case .half: "Half-light"
    case .clear: "Clear sight"
    case .brilliant: "Brilliant"
    case .ahead: "Ahead of the field"
    case .pathfinder: "Pathfinder"
    case .steady: "Steady hand"
    case .master: "Master reader"
    case .keenEye: "Keen eye"
    case .hawkEye: "Hawk eye"
    }
  }

  /// What earns it.
  var sentence: String {
    switch self {
    case .half: "Write an explanation that scores 50."
    case .clear: "Write an explanation that scores 70."
    case .brilliant: "Write an explanation that scores 85."
    case .ahead: "Explain one unit better than anybody before."
    case .pathfinder: "Explain five units better than anybody before."
    case .steady: "Reach 50 on average over your ten best units."
    case .master: "Reach 65 on average over your ten best units."
    case .keenEye: "Be right in 16 of your last 20 picks."
    case .hawkEye: "Be right in 45 of your last 50 picks."
    }
  }
}
