import ArenaProtocol
import ArenaRules
import ArenaStorage
import ArenaTypes

/// Acts that a duel or a contest carries out: the audit entry is in the same commit as the command.
extension ShardContext {
  func carryOut(_ task: ActTask, in id: DuelID, _ command: DuelCommand) {
    directory.post(toOwnerOf: RoomName.duel(id)) { context in
      let room = context.duels[id]
      if case .voidDuel = task.act, room == nil || room?.isOver == true {
        return context.directory.post(to: task.home) { $0.voidFinished(id, task) }
      }
      guard let room else { return context.finish(task, .failure(Refusal(.notFound))) }
      let changes = [room.voidSentence]
      if task.wish.isDryRun {
        return context.finish(task, room.trial(of: command).map { _ in changes })
      }
      room.take(command, with: task.writes) { result in
        context.finish(task, result.map { _ in changes })
      }
    }
  }

  func carryOut(_ task: ActTask, in id: ContestID, _ command: ContestCommand) {
    directory.post(toOwnerOf: RoomName.contest(id)) { context in
      guard let room = context.contests[id] else {
        return context.finish(task, .failure(Refusal(.notFound)))
      }
      let changes = room.changes(by: command)
      if task.wish.isDryRun {
        return context.finish(task, room.trial(of: command).map { _ in changes })
      }
      room.take(command, with: task.writes) { result in
        context.finish(task, result.map { _ in changes })
      }
    }
  }
}

extension DuelRoom {
  /// Whether it has ended, as far as is on disk.
  var isOver: Bool { shown.phase == .finished }

  /// What a command would come to.
  func trial(of command: DuelCommand) -> Result<Void, Refusal> {
    var copy = duel
    do throws(DuelRejection) {
      _ = try copy.apply(command, now: context.now)
      return .success(())
    } catch {
      return .failure(Refusal(error, now: context.now))
    }
  }

  /// What voiding it means.
  var voidSentence: String {
    let names = duel.setup.seats.map(\.name).joined(separator: " against ")
    return "The duel \(names) ends as void in round \(duel.round + 1): no rating moves."
  }
}

extension ContestRoom {
  /// What a command would come to.
  func trial(of command: ContestCommand) -> Result<Void, Refusal> {
    var copy = contest
    do throws(ContestRejection) {
      _ = try copy.apply(command, now: context.now)
      return .success(())
    } catch {
      return .failure(Refusal(error, now: context.now))
    }
  }

  /// What a moderator's command means, a sentence each.
  func changes(by command: ContestCommand) -> [String] {
    let title = contest.setup.title
    let running = contest.runningPlayers.count
    let runs = running == 1 ? "1 run" : "\(running) runs"
    switch command {
    case .pause: return ["All clocks of \(title) stand; \(runs) wait."]
    case .resume: return ["The clocks of \(title) go on; \(runs) with them."]
    case .extend(let milliseconds, _, _):
      let end = contest.closesAt + .milliseconds(milliseconds)
      return [
        "\(title) closes at \(UTCTime.minute(of: end)), not at "
          + "\(UTCTime.minute(of: contest.closesAt))."
      ]
    case .end:
      return ["\(title) closes now, and \(runs) with it; what was reached counts."]
    case .remove(let player, _, _):
      let name = board.boards[nil].entry(of: player)?.name ?? player.rawValue
      let place = board.boards[nil].rank(of: player).map { ", now in place \($0)," } ?? ""
      let isFinal = contest.state == .final
      return [
        "The run of \(name)\(place) leaves the board of \(title)"
          + (isFinal ? ", which says that it was changed." : ".")
      ]
    default: return []
    }
  }
}

extension UTCTime {
  /// `2026-11-25 03:14 UTC`.
  static func minute(of moment: Timestamp) -> String {
    text(of: moment).prefix(16).replacing("T", with: " ") + " UTC"
  }
}
