import ArenaRules
import ArenaStorage
import ArenaTypes
import DispatchTransport
import Interpretation

/// What looks like unfair play becomes a case for moderators; nobody is punished for it by the machine.
extension DuelRoom {
  /// Flags of who answered faster than anybody reads, written with the end of the duel.
  func speedFlags(now: Timestamp) -> [StoreWrite] {
    duel.setup.seats.enumerated().compactMap { index, seat in
      guard seat.kind == .human else { return nil }
      let answers = duel.results.compactMap { quickAnswer(in: $0, seat: index) }
      guard FairPlay.isInhuman(answers) else { return nil }
      let times = answers.map { "\($0.milliseconds)" }.joined(separator: ", ")
      let flag = FlagCase(
        kind: "speed",
        detail: "\(seat.name) answered \(answers.count) picks in \(times) ms, and right",
        players: [seat.player])
      return .putCase(
        ModerationCase(
          id: "f_speed_\(id)_\(index)", kind: .flag, openedAt: now, subject: "duel/\(id)",
          player: seat.player, content: flag.encoded))
    }
  }

  private func quickAnswer(in result: RoundResult, seat: Int) -> FairPlay.QuickAnswer? {
    guard case .pick(let options, let right?, _, let picks, let milliseconds) = result.reveal,
      let pick = picks[seat], let time = milliseconds[seat]
    else { return nil }
    let views = WireViews.original(context.services, of: served)
    let words = options.reduce(0) { sum, option in
      let text = views.explanationText(option)?.description ?? ""
      return sum + text.split(whereSeparator: \.isWhitespace).count
    }
    return FairPlay.QuickAnswer(milliseconds: time, wordCount: words, isRight: pick == right)
  }

  /// Looks at how the two have met before, once a rated duel of two people is over.
  func lookAtMeetings() {
    let people = duel.setup.seats.filter { $0.kind == .human }
    guard people.count == 2, duel.setup.isRated else { return }
    let (first, second) = (people[0], people[1])
    let (id, index, directory, now) = (id, context.shard.index, context.directory, context.now)
    context.services.store.read { reader throws(StorageError) in
      try reader.duelResults(of: first.player, limit: 50)
        .compactMap { FairPlay.Meeting($0, with: second.player) }
    } completion: { result in
      directory.post(to: index) { context in
        guard let meetings = try? result.get(), FairPlay.looksFixed(meetings, now: now) else {
          return
        }
        let pair = [first.player, second.player].sorted()
        let flag = FlagCase(
          kind: "collusion",
          detail:
            "\(first.name) and \(second.name) keep meeting, and one gives the duels away",
          players: pair)
        // One a pair and day, however often they meet.
        let day = now.millisecondsSinceEpoch / 86_400_000
        context.keepFlag(
          ModerationCase(
            id: "f_collusion_\(pair[0])_\(pair[1])_\(day)", kind: .flag, openedAt: now,
            subject: "duel/\(id)", player: pair[0], content: flag.encoded))
      }
    }
  }
}

extension ShardContext {
  /// Keeps a flag that nobody waits for; one of the same name that was decided on stays decided.
  func keepFlag(_ flag: ModerationCase) {
    let (index, directory) = (shard.index, directory)
    services.store.read { reader throws(StorageError) in
      try reader.moderationCase(flag.id) == nil
    } completion: { result in
      guard (try? result.get()) == true else { return }
      directory.post(to: index) { context in
        context.services.store.commit([.putCase(flag)]) { _ in
          directory.post(to: index) { $0.postToLobby { $0.casesChanged() } }
        }
      }
    }
  }

  /// Notes that both sides of a duel come from one household; that is no offence in a family or a school.
  func flagSameAddress(_ duel: DuelID, _ seated: [SeatedPlayer]) {
    let people = seated.filter { $0.seat.kind == .human }
    guard people.count == 2 else { return }
    let shared = people[0].households.intersection(people[1].households)
    guard let household = shared.map(\.description).min() else { return }
    let pair = people.map(\.seat.player).sorted()
    let flag = FlagCase(
      kind: "address",
      detail:
        "\(people[0].seat.name) and \(people[1].seat.name) play each other from \(household)",
      players: pair)
    let day = now.millisecondsSinceEpoch / 86_400_000
    keepFlag(
      ModerationCase(
        id: "f_address_\(pair[0])_\(pair[1])_\(day)", kind: .flag, openedAt: now,
        subject: "duel/\(duel)", player: pair[0], content: flag.encoded))
  }
}

extension FairPlay.Meeting {
  /// The meeting of a result's player with `other`; nil where they did not meet, or it was void.
  init?(_ result: DuelResultRecord, with other: PlayerID) {
    guard result.isRated, result.voidedBecause == nil,
      result.seats.contains(where: { $0.player == other && !$0.isBot })
    else { return nil }
    switch result.outcome {
    case .void: return nil
    case .draw: self.init(at: result.endedAt, winner: nil, isGift: false)
    case .won(let winner):
      let points = result.seats.first { $0.player == winner }?.points ?? 0
      let others = result.seats.first { $0.player != winner }?.points ?? 0
      self.init(
        at: result.endedAt, winner: winner, points: points, loserPoints: others,
        left: result.reason == "resigned" || result.reason == "absent")
    }
  }
}
