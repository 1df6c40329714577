import ArenaProtocol
import ArenaRules
import ArenaStorage
import ArenaTypes
import DispatchTransport

/// Kicks, mutes, bans, and their end.
extension ShardContext {
  /// Says what an act of the server's own would change.
  func plan(_ task: ActTask, reply: @escaping PlanReply) {
    switch task.act {
    case .kick(let player, let seconds): planKick(player, seconds, task, reply)
    case .mute(let player, let seconds): planMute(player, seconds, task, reply)
    case .banAddress(let prefix, let seconds): planBan(prefix, seconds, task, reply)
    case .lift(let ban): planLift(ban, task, reply)
    case .hide(let text): planDecision(on: text, isHidden: true, task, reply)
    case .restore(let text): planDecision(on: text, isHidden: false, task, reply)
    case .announce(let text, let seconds): planNotice(text, seconds, task, reply)
    case .withdraw(let notice): planWithdrawal(notice, reply)
    case .dismiss(let report): planCase(report, isOpen: false, task, reply)
    case .reopen(let report): planCase(report, isOpen: true, task, reply)
    case .drain: planDraining(true, reply)
    case .resume: planDraining(false, reply)
    case .endDuel, .voidDuel, .pauseContest, .resumeContest, .extendContest, .endContest,
      .removeFromContest:
      reply(self, .failure(Refusal(.wrongState)))
    }
  }

  /// Finds out a player's name and how many connections it has; nil for nobody.
  private func find(
    _ player: PlayerID,
    then: @escaping @Sendable (ShardContext, (name: String, connections: Int)?) -> Void
  ) {
    directory.post(toOwnerOf: RoomName.player(player)) { context in
      if let room = context.players[player] {
        return then(context, (room.record.name, room.connections.count))
      }
      let (index, directory) = (context.shard.index, context.directory)
      context.services.store.read { reader throws(StorageError) in
        try reader.player(player)?.name
      } completion: { result in
        directory.post(to: index) { context in
          then(context, ((try? result.get()) ?? nil).map { ($0, 0) })
        }
      }
    }
  }

  private func record(
    _ task: ActTask, _ subject: BanRecord.Subject, seconds: Int, effect: BanRecord.Effect
  ) -> BanRecord {
    BanRecord(
      id: task.id, subject: subject, startsAt: task.entry.at,
      endsAt: task.entry.at + .seconds(seconds), who: task.entry.moderator,
      why: task.entry.reason, effect: effect)
  }

  private func planKick(
    _ player: PlayerID, _ seconds: Int, _ task: ActTask, _ reply: @escaping PlanReply
  ) {
    let reason = task.entry.reason
    let ban =
      seconds > 0 ? record(task, .player(player), seconds: seconds, effect: .ban) : nil
    find(player) { context, found in
      guard let found else { return reply(context, .failure(Refusal(.notFound))) }
      var changes = [
        found.connections == 0
          ? "\(found.name) is not here."
          : "\(found.name) is cut off, on \(Self.connections(found.connections))."
      ]
      if let end = ban?.endsAt {
        changes.append("\(found.name) is kept out until \(UTCTime.minute(of: end)).")
      }
      let plan = ActPlan(writes: ban.map { [.putBan($0)] } ?? [], changes: changes) { context in
        // The ban comes first: a client that is cut off comes back at once.
        if let ban {
          context.services.moderation.put(ban)
          context.directory.noteDeeds(of: [player])
        }
        context.postToMatchmaking { $0.leave(player) }
        context.post(toPlayer: player) { $0.kick(reason: reason, until: ban?.endsAt) }
      }
      reply(context, .success(plan))
    }
  }

  private static func connections(_ count: Int) -> String {
    count == 1 ? "1 connection" : "\(count) connections"
  }

  private func planMute(
    _ player: PlayerID, _ seconds: Int, _ task: ActTask, _ reply: @escaping PlanReply
  ) {
    let mute = record(task, .player(player), seconds: seconds, effect: .mute)
    find(player) { context, found in
      guard let found else { return reply(context, .failure(Refusal(.notFound))) }
      let end = mute.endsAt.map(UTCTime.minute) ?? ""
      let plan = ActPlan(
        writes: [.putBan(mute)],
        changes: ["What \(found.name) writes is refused until \(end)."]
      ) { context in
        context.services.moderation.put(mute)
        context.post(toPlayer: player) { room in
          room.publish(
            .notice(
              .init(level: .warning, text: mute.mutedReason(at: room.context.now))))
        }
      }
      reply(context, .success(plan))
    }
  }

  private func planBan(
    _ prefix: AddressPrefix, _ seconds: Int, _ task: ActTask, _ reply: @escaping PlanReply
  ) {
    if let own = task.origin.peer?.host, prefix.contains(own) {
      return reply(
        self,
        .failure(
          Refusal(
            .wrongState, reason: "Your own address \(own) is in that range: you would be out.")))
    }
    let ban = record(task, .address(prefix.description), seconds: seconds, effect: .ban)
    countSessions(in: prefix, from: 0, soFar: 0) { context, count in
      let end = ban.endsAt.map(UTCTime.minute) ?? ""
      let plan = ActPlan(
        writes: [.putBan(ban)],
        changes: [
          "\(Self.connections(count)) from \(prefix) \(count == 1 ? "is" : "are") cut off.",
          "Nobody from \(prefix) is let in until \(end).",
        ]
      ) { context in
        context.services.moderation.put(ban)
        context.directory.postToAll { $0.cutOff(prefix, ban) }
      }
      reply(context, .success(plan))
    }
  }

  private func countSessions(
    in prefix: AddressPrefix, from index: Int, soFar: Int,
    then: @escaping @Sendable (ShardContext, Int) -> Void
  ) {
    guard index < directory.count else { return then(self, soFar) }
    directory.post(to: index) { context in
      let count = context.sessions.values.count { prefix.contains($0.peer.host) }
      context.countSessions(in: prefix, from: index + 1, soFar: soFar + count, then: then)
    }
  }

  private func cutOff(_ prefix: AddressPrefix, _ ban: BanRecord) {
    for (connection, session) in sessions.sorted(by: { $0.key.rawValue < $1.key.rawValue })
    where prefix.contains(session.peer.host) {
      if let player = session.player {
        post(toPlayer: player) { $0.kick(reason: ban.why, until: ban.endsAt) }
      } else {
        close(connection, .banned)
      }
    }
  }

  private func planLift(_ id: String, _ task: ActTask, _ reply: @escaping PlanReply) {
    let (index, directory, moment) = (shard.index, directory, now)
    services.store.read { reader throws(StorageError) in
      try reader.ban(id)
    } completion: { result in
      directory.post(to: index) { context in
        guard case .success(let found) = result else {
          return reply(context, .failure(Refusal(.unavailable, retryAfter: .seconds(1))))
        }
        guard var ban = found else { return reply(context, .failure(Refusal(.notFound))) }
        guard ban.isInForce(at: moment) else {
          return reply(
            context, .failure(Refusal(.wrongState, reason: "It has ended already.")))
        }
        ban.endsAt = moment
        reply(context, .success(context.lifting(ban)))
      }
    }
  }

  private func lifting(_ ban: BanRecord) -> ActPlan {
    let whom =
      switch ban.subject {
      case .player(let player): "Player \(player)"
      case .address(let text): "Everybody from \(text)"
      }
    let what = ban.effect == .mute ? "may write again" : "is let in again"
    return ActPlan(writes: [.putBan(ban)], changes: ["\(whom) \(what)."]) { context in
      context.services.moderation.put(ban)
      guard case .player(let player) = ban.subject else { return }
      guard ban.effect == .mute else { return context.directory.noteDeeds(of: [player]) }
      context.post(toPlayer: player) {
        $0.publish(.notice(.init(level: .info, text: "You may write again.")))
      }
    }
  }
}

extension BanRecord {
  /// Why somebody may not come in, with the minutes that are left.
  func detail(at moment: Timestamp) -> String {
    guard let endsAt else { return why }
    return "\(why) (for another \(Self.minutes(until: endsAt, from: moment)) min)"
  }

  /// Why somebody may not write, and until when.
  func mutedReason(at moment: Timestamp) -> String {
    guard let endsAt else { return "A moderator has muted you: \(why)" }
    return "A moderator has muted you until \(UTCTime.minute(of: endsAt)), for another "
      + "\(Self.minutes(until: endsAt, from: moment)) min: \(why)"
  }

  private static func minutes(until end: Timestamp, from moment: Timestamp) -> Int {
    max(1, Int((end - moment).inSeconds / 60 + 1))
  }
}
