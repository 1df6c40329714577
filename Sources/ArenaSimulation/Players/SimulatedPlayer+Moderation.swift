import ArenaProtocol
import ArenaRules
import ArenaTypes
import Interpretation

/// What the moderator does now and then.
extension SimulatedPlayer {
  private var someContest: ContestID? {
    world.witness.durable.contests.values.filter { $0.contest.state != .final }
      .map(\.contest.setup.id).min()
  }

  private var victim: SimulatedPlayer? {
    let one = world.players[Int(chance.next() % UInt64(world.players.count))]
    return one === self || one.first === self ? nil : one
  }

  /// Does something, if it is its moment.
  func moderate() {
    guard line?.isModerator == true, happens(0.4) else { return }
    follow(.moderation)
    switch chance.next() % 16 {
    case 0, 1:
      if let duel = otherDuel() { send(.moderateEndDuel(.init(duel: duel, reason: "simulated"))) }
    case 2:
      guard let player = victim?.player else { break }
      send(.moderateKick(.init(player: player, reason: "simulated", seconds: happens(0.5) ? 0 : 5)))
    case 3, 4: if let contest = someContest { stop(contest) }
    case 5:
      guard let contest = someContest, let player = victim?.player else { break }
      send(
        .moderateRemoveFromContest(.init(contest: contest, player: player, reason: "simulated")))
    case 6: send(.moderateAudit(.init(limit: 50)))
    case 7: send(.moderateList(.init(list: happens(0.5) ? .players : .texts, limit: 20)))
    case 8, 9: undoSomething()
    default: actInOtherWays()
    }
  }

  private func stop(_ contest: ContestID) {
    send(.moderatePauseContest(.init(contest: contest, reason: "simulated")))
    later(milliseconds(1_000...20_000)) {
      $0.send(.moderateResumeContest(.init(contest: contest, reason: "simulated")))
    }
  }

  private func undoSomething() {
    guard let entry = undoable.popLast() else { return }
    world.witness.mayResume()
    send(.moderateUndo(.init(entry: entry, reason: "simulated", dryRun: happens(0.1))))
  }

  private func actInOtherWays() {
    guard let act = someAct() else { return }
    send(.moderateAct(.init(act: act, reason: "simulated", dryRun: happens(0.2))))
    guard act.kind == .drain else { return }
    later(milliseconds(3_000...15_000)) { player in
      player.world.witness.mayResume()
      player.send(.moderateAct(.init(act: .init(kind: .resume), reason: "simulated")))
    }
  }

  private func someAct() -> Wire.Act? {
    let seconds = Int(Int64.random(in: 5...60, using: &chance))
    switch chance.next() % 12 {
    case 0, 1:
      return victim?.player.map { .init(kind: .kick, target: $0.rawValue, seconds: seconds) }
    case 2: return victim?.player.map { .init(kind: .mute, target: $0.rawValue, seconds: seconds) }
    case 3:
      // Its own range, which would shut itself out, is refused.
      let range = happens(0.2) ? "127.0.0.0/24" : victim?.line.map(\.host)
      return range.map { .init(kind: .banAddress, target: $0, seconds: seconds) }
    case 4, 5:
      let duel = happens(0.5) ? otherDuel() : world.witness.durable.someFinished(chance.next())
      return duel.map { .init(kind: .voidDuel, target: $0.rawValue) }
    case 6: return hiding(someExcerpt)
    case 7, 8: return hiding(someText)
    case 9: return .init(kind: .announce, seconds: seconds, text: "Notice \(seconds)")
    case 10:
      return someContest.map {
        .init(
          kind: happens(0.1) ? .endContest : .extendContest, target: $0.rawValue,
          seconds: happens(0.7) ? seconds : -seconds)
      }
    default: return .init(kind: .drain)
    }
  }

  private func hiding(_ text: String?) -> Wire.Act? {
    text.map { .init(kind: happens(0.75) ? .hide : .restore, target: $0) }
  }

  private var someExcerpt: String? {
    let units = world.campaigns[0].units
    let unit = units[Int(chance.next() % UInt64(units.count))]
    return unit.clues.first.map { "excerpt/\($0.excerpt.id)" }
  }

  /// What somebody wrote in a duel, if it was of that kind.
  private var someText: String? {
    let duel = happens(0.5) ? otherDuel() : world.witness.durable.someFinished(chance.next())
    return duel.map { "duel/\($0)/\(chance.next() % 3)/\(chance.next() % 2)/0" }
  }
}
