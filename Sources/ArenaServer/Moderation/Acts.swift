import ArenaCrypto
import ArenaProtocol
import ArenaRules
import ArenaStorage
import ArenaTypes
import DispatchTransport
import Logging

/// A moderator's act on its way: what is wanted, and what is written together with it.
struct ActTask: Sendable {
  let wish: ActWish
  let origin: CommandOrigin
  let entry: AuditEntry
  /// The audit entry's name: the same for the same command, so that repeating it has no second effect.
  let id: String
  /// The audit entry, and the report that is closed with it.
  let writes: [StoreWrite]
  /// The shard that leads.
  let home: Int

  var act: ModeratorAct { wish.act }
}

/// What an act of the server's own would change.
struct ActPlan: Sendable {
  /// What becomes durable with the audit entry.
  var writes: [StoreWrite] = []
  /// A sentence for each thing that changes.
  var changes: [String]
  /// What is done once it is on disk.
  var perform: @Sendable (ShardContext) -> Void = { _ in }
}

typealias PlanReply = @Sendable (ShardContext, Result<ActPlan, Refusal>) -> Void

/// How a moderator's act is carried out: checked, written with its audit entry, performed, answered.
///
/// ```
///  wish ─▶ Moderation.perform ─▶ done before? ─▶ room: take(command, with: audit)
///                                            └─▶ plan ─▶ commit(audit + writes) ─▶ perform ─▶ answer
/// ```
/// What is refused leaves no entry. A dry run goes the same way up to the first write.
extension ShardContext {
  /// Carries out a moderator's command.
  func moderate(_ command: ClientCommand, from origin: CommandOrigin) {
    guard origin.moderator != nil else { return refuse(origin, .forbidden) }
    if case .moderateUndo(let content) = command { return undo(content, origin) }
    do throws(Refusal) {
      guard let wish = try ActWish(command) else { return refuse(origin, .unknownType) }
      carryOut(wish, origin)
    } catch {
      settle(origin, .failure(error))
    }
  }

  private func undo(_ content: ClientCommand.ModerateUndo, _ origin: CommandOrigin) {
    let (index, directory) = (shard.index, directory)
    services.store.read { reader throws(StorageError) in
      try reader.audit(before: Int64(content.entry) + 1, limit: 1).first
    } completion: { result in
      directory.post(to: index) { context in
        guard case .success(let found) = result else {
          return context.refuse(origin, .unavailable, retryAfter: .seconds(1))
        }
        guard let found, found.number == Int64(content.entry) else {
          return context.refuse(origin, .notFound)
        }
        guard let act = ModeratorAct(stored: found.record.act)?.undoing(entry: found.record.id)
        else {
          return context.settle(
            origin, .failure(Refusal(.wrongState, reason: "Nothing undoes that act.")))
        }
        context.carryOut(
          ActWish(undoing: act, reason: content.reason, isDryRun: content.dryRun), origin)
      }
    }
  }

  private func carryOut(_ wish: ActWish, _ origin: CommandOrigin) {
    guard let moderator = origin.moderator else { return refuse(origin, .forbidden) }
    let decided: (entry: AuditEntry, effect: ModerationEffect)
    do throws(ModerationRejection) {
      decided = try Moderation.perform(wish.act, by: moderator, because: wish.reason, now: now)
    } catch {
      return settle(origin, .failure(Refusal(error, now: now)))
    }
    guard let id = Self.entryName(of: origin) else { return refuse(origin, .unavailable) }
    let (index, directory, report) = (shard.index, directory, wish.report)
    services.store.read { reader throws(StorageError) in
      (try reader.audit(id: id)?.number, try report.flatMap(reader.moderationCase))
    } completion: { result in
      directory.post(to: index) { context in
        guard case .success(let (known, reported)) = result else {
          return context.refuse(origin, .unavailable, retryAfter: .seconds(1))
        }
        if let known, !wish.isDryRun {
          return context.settle(
            origin, .success(wish.answer(context.done(wish.act, id, changes: [], number: known))))
        }
        context.begin(wish, origin, decided, id: id, reported: reported?.record)
      }
    }
  }

  private func begin(
    _ wish: ActWish, _ origin: CommandOrigin, _ decided: (entry: AuditEntry, ModerationEffect),
    id: String, reported: ModerationCase?
  ) {
    let entry = decided.entry
    var writes = [
      StoreWrite.audit(
        AuditRecord(
          id: id, at: entry.at, who: entry.moderator, what: entry.act.words,
          subject: entry.act.subject, why: entry.reason, act: entry.act.stored))
    ]
    if wish.report != nil {
      guard
        let closed = reported?.closed(at: now, outcome: "\(entry.act.name): \(entry.reason)")
      else { return refuse(origin, .notFound) }
      writes.append(.putCase(closed))
    }
    let task = ActTask(
      wish: wish, origin: origin, entry: entry, id: id, writes: writes, home: shard.index)
    switch decided.1 {
    case .duel(let duel, let command): carryOut(task, in: duel, command)
    case .contest(let contest, let command): carryOut(task, in: contest, command)
    case .server:
      plan(task) { context, result in
        context.directory.post(to: task.home) { $0.carryOut(task, planned: result) }
      }
    }
  }

  private func carryOut(_ task: ActTask, planned: Result<ActPlan, Refusal>) {
    let plan: ActPlan
    switch planned {
    case .success(let made): plan = made
    case .failure(let refusal): return finish(task, .failure(refusal))
    }
    if task.wish.isDryRun { return finish(task, .success(plan.changes)) }
    commit(task, plan)
  }

  /// Makes a plan durable with its audit entry, then performs it and answers.
  private func commit(_ task: ActTask, _ plan: ActPlan) {
    commit(task, plan.writes) { context, isDone in
      guard isDone else {
        return context.finish(task, .failure(Refusal(.unavailable, retryAfter: .seconds(1))))
      }
      plan.perform(context)
      context.finish(task, .success(plan.changes))
    }
  }

  /// Writes what an act changes with its audit entry, and tells whether that is on disk.
  ///
  /// A commit that failed may have reached the disk. Then the act is done, whatever the store said: what
  /// stands there is in force after the next start, so it has to be now.
  func commit(
    _ task: ActTask, _ writes: [StoreWrite],
    then: @escaping @Sendable (ShardContext, Bool) -> Void
  ) {
    let (index, directory) = (shard.index, directory)
    services.store.commit(task.writes + writes) { result in
      directory.post(to: index) { context in
        if case .success = result { return then(context, true) }
        context.findOut(task, then: then)
      }
    }
  }

  /// Looks whether an act's audit entry is on disk, until the disk answers.
  private func findOut(
    _ task: ActTask, then: @escaping @Sendable (ShardContext, Bool) -> Void
  ) {
    let (index, directory, id) = (shard.index, directory, task.id)
    services.store.read { reader throws(StorageError) in
      try reader.audit(id: id) != nil
    } completion: { result in
      directory.post(to: index) { context in
        if case .success(let isThere) = result { return then(context, isThere) }
        context.scheduler.schedule(after: .seconds(1)) {
          directory.post(to: index) { $0.findOut(task, then: then) }
        }
      }
    }
  }

  /// Answers for an act that is done, refused or only looked at.
  func finish(_ task: ActTask, _ result: Result<[String], Refusal>) {
    let changes: [String]
    switch result {
    case .success(let made): changes = made
    case .failure(let refusal): return settle(task.origin, .failure(refusal))
    }
    if task.wish.isDryRun {
      let done = ServerAnswer.ActDone(
        dryRun: true, changes: changes, entry: nil,
        undo: task.act.undoing(entry: task.id)?.wireKind)
      return settle(task.origin, .success(task.wish.answer(done)))
    }
    // Moderators are named by the labels of their tokens; reasons stay in the audit log.
    services.log.info(
      "moderation",
      metadata: ["moderator": "\(task.entry.moderator)", "act": "\(task.act.name)"])
    postToLobby { $0.casesChanged() }
    let (index, directory, id) = (shard.index, directory, task.id)
    services.store.read { reader throws(StorageError) in
      try reader.audit(id: id)?.number
    } completion: { found in
      directory.post(to: index) { context in
        let number = (try? found.get()) ?? nil
        context.settle(
          task.origin,
          .success(
            task.wish.answer(context.done(task.act, id, changes: changes, number: number))))
      }
    }
  }

  private func done(
    _ act: ModeratorAct, _ id: String, changes: [String], number: Int64?
  ) -> ServerAnswer.ActDone {
    ServerAnswer.ActDone(
      dryRun: false, changes: changes, entry: number.map { Int($0) },
      undo: act.undoing(entry: id)?.wireKind)
  }

  /// The name of the audit entry of a command.
  private static func entryName(of origin: CommandOrigin) -> String? {
    let name = "\(origin.player)/\(origin.command.rawValue)"
    guard let hash = try? SHA256.hash(Array(name.utf8)) else { return nil }
    return "a_" + Hex.encode(Array(hash.prefix(10)))
  }
}
