import ArenaProtocol
import ArenaRules
import ArenaStorage
import ArenaTypes
import DispatchTransport
import FoundationEssentials

/// Notices, reports that are closed, and draining.
extension ShardContext {
  func planNotice(
    _ text: String, _ seconds: Int, _ task: ActTask, _ reply: @escaping PlanReply
  ) {
    let folded = Moderation.folded(text)
    let until = task.entry.at + .seconds(seconds)
    let notice = ModerationShelf.HeldNotice(
      id: task.id, text: folded, at: task.entry.at, until: until)
    let record = ModerationCase(
      id: task.id, kind: .notice, openedAt: task.entry.at, closedAt: until, subject: "",
      content: NoticeCase(text: folded, by: task.entry.moderator).encoded)
    let plan = ActPlan(
      writes: [.putCase(record)],
      changes: ["Everybody is told \u{201C}\(folded)\u{201D} until \(UTCTime.minute(of: until))."]
    ) { context in
      context.services.moderation.put(notice)
      context.tellNotices(announcing: folded)
    }
    reply(self, .success(plan))
  }

  func planWithdrawal(_ id: String, _ reply: @escaping PlanReply) {
    let (index, directory, moment) = (shard.index, directory, now)
    services.store.read { reader throws(StorageError) in
      try reader.moderationCase(id)?.record
    } completion: { result in
      directory.post(to: index) { context in
        guard case .success(let found) = result else {
          return reply(context, .failure(Refusal(.unavailable, retryAfter: .seconds(1))))
        }
        guard var record = found, let notice = ModerationShelf.HeldNotice(record) else {
          return reply(context, .failure(Refusal(.notFound)))
        }
        guard record.isOpen(at: moment) else {
          return reply(
            context, .failure(Refusal(.wrongState, reason: "It has ended already.")))
        }
        record.closedAt = moment
        let plan = ActPlan(
          writes: [.putCase(record)],
          changes: ["Nobody is told \u{201C}\(notice.text)\u{201D} any more."]
        ) { context in
          context.services.moderation.withdraw(id)
          context.tellNotices(announcing: nil)
        }
        reply(context, .success(plan))
      }
    }
  }

  /// Tells everybody who is here what holds now.
  private func tellNotices(announcing text: String?) {
    directory.postToAll { context in
      let notices = context.services.moderation.notices(at: context.now).map(Wire.HeldNotice.init)
      for (_, room) in context.players.sorted(by: { $0.key < $1.key }) where room.isConnected {
        room.publish(.notices(.init(notices: notices)))
        // Clients of before know only this one.
        if let text { room.publish(.notice(.init(level: .info, text: text))) }
      }
    }
  }

  func planCase(
    _ id: String, isOpen: Bool, _ task: ActTask, _ reply: @escaping PlanReply
  ) {
    let (index, directory, moment) = (shard.index, directory, now)
    services.store.read { reader throws(StorageError) in
      try reader.moderationCase(id)?.record
    } completion: { result in
      directory.post(to: index) { context in
        guard case .success(let found) = result else {
          return reply(context, .failure(Refusal(.unavailable, retryAfter: .seconds(1))))
        }
        let outcome = isOpen ? nil : "dismissed: \(task.entry.reason)"
        guard let found, let changed = found.closed(at: isOpen ? nil : moment, outcome: outcome)
        else { return reply(context, .failure(Refusal(.notFound))) }
        guard found.isOpen(at: moment) != isOpen else {
          let reason = isOpen ? "It is open." : "It is closed already."
          return reply(context, .failure(Refusal(.wrongState, reason: reason)))
        }
        let what = found.kind == .flag ? "flag" : "report"
        let plan = ActPlan(
          writes: [.putCase(changed)],
          changes: ["The \(what) about \(found.subject) is \(isOpen ? "open again" : "closed")."])
        reply(context, .success(plan))
      }
    }
  }

  func planDraining(_ isDraining: Bool, _ reply: @escaping PlanReply) {
    guard services.moderation.isDraining != isDraining else {
      let reason = isDraining ? "The server drains already." : "The server does not drain."
      return reply(self, .failure(Refusal(.wrongState, reason: reason)))
    }
    postToLobby { lobby in
      let changes =
        isDraining
        ? [
          "No duel and no run starts any more; who waits is sent away.",
          "The server ends when nothing runs: now \(lobby.duelCount) duels and "
            + "\(lobby.timedRunCount) runs do.",
        ] : ["Duels and runs may start again."]
      let plan = ActPlan(changes: changes) { context in
        context.services.moderation.setDraining(isDraining)
        context.postToLobby { $0.drainingChanged() }
        guard isDraining else { return }
        context.directory.postToAll { context in
          for (id, room) in context.players.sorted(by: { $0.key < $1.key })
          where room.queueStatus != nil {
            context.postToMatchmaking { $0.leave(id) }
          }
        }
      }
      reply(lobby.context, .success(plan))
    }
  }
}

extension Wire.HeldNotice {
  init(_ notice: ModerationShelf.HeldNotice) {
    self.init(id: notice.id, text: notice.text, at: notice.at, until: notice.until)
  }
}
