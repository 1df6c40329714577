import ArenaProtocol
import ArenaRules
import ArenaStorage
import ArenaTypes
import DispatchTransport
import Logging

extension ShardContext {
  /// Carries out a moderator's command: first into the audit log, then into the rooms.
  func moderate(_ command: ClientCommand, from origin: CommandOrigin) {
    guard let moderator = origin.moderator else { return refuse(origin, .forbidden) }
    guard let (act, reason, answer) = Self.act(command) else {
      return refuse(origin, .unknownType)
    }
    let decision: (entry: AuditEntry, effects: [ModerationEffect])
    do throws(ModerationRejection) {
      decision = try Moderation.perform(act, by: moderator, because: reason, now: now)
    } catch {
      return settle(origin, .failure(Refusal(error, now: now)))
    }
    let kind = command.kind.rawValue
    let writes = [StoreWrite.audit(Self.record(decision.entry))] + bans(decision)
    let (index, directory) = (shard.index, directory)
    services.store.commit(writes) { result in
      directory.post(to: index) { context in
        guard case .success = result else {
          return context.refuse(origin, .unavailable, retryAfter: .seconds(1))
        }
        // Moderators are named by the labels of their tokens; reasons stay in the audit log.
        context.services.log.info(
          "moderation", metadata: ["moderator": "\(moderator)", "act": "\(kind)"])
        context.perform(decision.effects, origin: origin, answer: answer)
      }
    }
  }

  private static func act(
    _ command: ClientCommand
  ) -> (act: ModeratorAct, reason: String, answer: ServerAnswer)? {
    switch command {
    case .moderateEndDuel(let content):
      (.endDuel(id: content.duel), content.reason, .moderateEndDuel)
    case .moderatePauseContest(let content):
      (.pauseContest(id: content.contest), content.reason, .moderatePauseContest)
    case .moderateResumeContest(let content):
      (.resumeContest(id: content.contest), content.reason, .moderateResumeContest)
    case .moderateEndContest(let content):
      (.endContest(id: content.contest), content.reason, .moderateEndContest)
    case .moderateRemoveFromContest(let content):
      (
        .removeFromContest(id: content.contest, player: content.player), content.reason,
        .moderateRemoveFromContest
      )
    case .moderateKick(let content):
      (.kick(player: content.player, seconds: content.seconds), content.reason, .moderateKick)
    default: nil
    }
  }

  private static func record(_ entry: AuditEntry) -> AuditRecord {
    let (what, subject): (String, String) =
      switch entry.act {
      case .endDuel(let id): ("end duel", id.rawValue)
      case .pauseContest(let id): ("pause contest", id.rawValue)
      case .resumeContest(let id): ("resume contest", id.rawValue)
      case .endContest(let id): ("end contest", id.rawValue)
      case .removeFromContest(let id, let player): ("remove from contest \(id)", player.rawValue)
      case .kick(let player, let seconds): ("kick for \(seconds) s", player.rawValue)
      }
    return AuditRecord(
      id: RandomName.make("a"), at: entry.at, who: entry.moderator, what: what,
      subject: subject, why: entry.reason)
  }

  /// A ban is on disk before the player is cut off, who comes back at once.
  private func bans(
    _ decision: (entry: AuditEntry, effects: [ModerationEffect])
  ) -> [StoreWrite] {
    decision.effects.compactMap { effect in
      guard case .ban(let player, let until, let reason) = effect else { return nil }
      return .putBan(
        BanRecord(
          id: RandomName.make("b"), subject: .player(player), startsAt: decision.entry.at,
          endsAt: until, who: decision.entry.moderator, why: reason))
    }
  }

  private func perform(
    _ effects: [ModerationEffect], origin: CommandOrigin, answer: ServerAnswer
  ) {
    var until: Timestamp?
    for effect in effects {
      switch effect {
      case .duel(let id, let command):
        directory.post(toOwnerOf: RoomName.duel(id)) { context in
          guard let room = context.duels[id] else { return context.refuse(origin, .notFound) }
          room.take(command, from: origin, answering: answer)
        }
      case .contest(let id, let command):
        directory.post(toOwnerOf: RoomName.contest(id)) { context in
          guard let room = context.contests[id] else {
            return context.refuse(origin, .notFound)
          }
          room.take(command) { context.settle(origin, $0.map { _ in answer }) }
        }
      case .ban(let player, let end, let reason):
        until = end
        directory.post(toOwnerOf: RoomName.player(player)) {
          $0.banOfPlayer[player] = PlayerBan(endsAt: end, why: reason)
        }
      case .leaveQueue(let player): postToMatchmaking { $0.leave(player) }
      case .disconnect(let player, let reason):
        let end = until
        post(toPlayer: player) { $0.kick(reason: reason, until: end) }
        settle(origin, .success(answer))
      }
    }
  }
}
