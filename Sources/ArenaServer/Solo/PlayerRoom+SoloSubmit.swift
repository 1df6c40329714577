import ArenaCrypto
import ArenaProtocol
import ArenaRules
import ArenaStorage
import ArenaTypes
import DispatchTransport
import Interpretation
import TransformerEngine

extension PlayerRoom {
  /// Takes an explanation: checks it, looks for one that says the same, keeps it, and has it scored
  /// where the budget lasts.
  func submit(_ content: ClientCommand.SoloSubmit, _ origin: CommandOrigin) {
    let text: ExplanationText
    do throws(ExplanationTextRejection) {
      text = try ExplanationText(content.text)
    } catch {
      return context.settle(origin, .failure(Refusal(error, path: "/data/text")))
    }
    guard let unit = context.services.campaign.unit(content.unit) else {
      return context.refuse(origin, .notFound)
    }
    let written = WrittenText(
      id: Self.explanationID(of: id, origin.command, text, content.unit), unit: content.unit,
      text: text)
    let check = context.services.engine.check(
      text, unit: unit.id, clues: unit.clues.map(\.excerpt.id))
    if case .refused(let reason) = check {
      return context.refuse(origin, ErrorCode(rules: reason.rawValue))
    }
    queueSolo(origin) { room in
      room.unlessSealed(written.unit, origin) { room in
        room.lookAt(written, isSuspect: check == .hidden, origin)
      }
    }
  }

  /// The name of what a command submits, the same when the command comes again.
  private static func explanationID(
    of player: PlayerID, _ command: Wire.CommandID, _ text: ExplanationText, _ unit: UnitID
  ) -> ExplanationID {
    let name = "\(player)/\(command.rawValue)/\(unit)/\(text)"
    let digest = (try? SHA256.hash(Array(name.utf8))) ?? []
    return ExplanationID(rawValue: "s_" + Hex.encode(Array(digest.prefix(12))))
  }

  /// Has the sentence model read a text that its words don't make suspect.
  private func lookAt(_ written: WrittenText, isSuspect: Bool, _ origin: CommandOrigin) {
    let engine = context.services.engine
    guard !isSuspect, engine.suspicion != nil else {
      return compare(written, isSuspect: isSuspect, origin)
    }
    let (id, index, directory) = (id, context.shard.index, context.directory)
    engine.isSuspect(written.text.description) { isSuspect in
      directory.post(to: index) { context in
        context.players[id]?.compare(written, isSuspect: isSuspect, origin)
      }
    }
  }

  /// Looks for an explanation that says the same.
  private func compare(_ written: WrittenText, isSuspect: Bool, _ origin: CommandOrigin) {
    readMoment(origin, unit: written.unit) { room, moment in
      // A command of before a crash has done its work already.
      if let known = moment.texts.first(where: { $0.explanation.id == written.id }) {
        let isPaid = moment.queue.first { $0.explanation == written.id }?.isPaid ?? true
        return room.answerSubmit(
          known.score == nil && !isPaid ? .draft : .scoring, written.id, written.unit, origin)
      }
      let others = room.comparable(moment, unit: written.unit)
      let (id, index, directory) = (room.id, room.context.shard.index, room.context.directory)
      // A full engine must not keep an author waiting; then the text counts as a new one.
      let (handle, services) = (InferenceHandle(), room.context.services)
      room.context.scheduler.schedule(after: services.configuration.enginePatience) {
        handle.cancel()
      }
      services.engine.firstLike(
        written.text, among: others.map(\.text), handle: handle
      ) { place in
        directory.post(to: index) { context in
          guard let room = context.players[id] else { return }
          if let place {
            room.count(written, as: others[place], moment, origin)
          } else {
            room.keep(written, isSuspect: isSuspect, moment, origin)
          }
        }
      }
    }
  }

  /// What a new text is compared with: the player's own, the campaign's, and the best of other players;
  /// each pair costs the sentence model some milliseconds.
  private func comparable(_ moment: SoloMoment, unit: UnitID) -> [Rival] {
    let known = context.services.campaign.unit(unit)?.explanations.map {
      Rival(id: $0.explanation.id, text: $0.explanation.text, isOwn: false)
    }
    let own = moment.ownTexts.prefix(20).map {
      Rival(id: $0.explanation.id, text: $0.explanation.text, isOwn: true)
    }
    let others = moment.texts
      .filter { $0.explanation.author != .player(id) && !$0.isHidden }
      .sorted { ($0.score?.value ?? -1) > ($1.score?.value ?? -1) }
      .prefix(20)
      .map { Rival(id: $0.explanation.id, text: $0.explanation.text, isOwn: false) }
    return own + (known ?? []) + others
  }

  /// Counts a text as a vote for the one that says the same.
  private func count(
    _ written: WrittenText, as other: Rival, _ moment: SoloMoment, _ origin: CommandOrigin
  ) {
    var state = moment.state
    state.guess(at: written.unit)
    var writes = state.write(of: id)
    if !other.isOwn {
      writes.append(
        .putVote(
          VoteRecord(
            player: id, unit: written.unit, explanation: other.id, direction: .up, at: context.now)
        ))
    }
    commitSolo(origin, writes) { room in
      room.answerSubmit(other.isOwn ? .repeated : .counted, other.id, written.unit, origin)
    }
  }

  /// Keeps a new text, and has it scored where the budget lasts.
  private func keep(
    _ written: WrittenText, isSuspect: Bool, _ moment: SoloMoment, _ origin: CommandOrigin
  ) {
    let (now, standing) = (context.now, soloReader.standing)
    var state = moment.state
    state.guess(at: written.unit)
    let cost = SoloState.cost(of: written.text)
    let isPaid = (try? state.budget.spend(standing, count: cost, now: now)) != nil
    guard isPaid || moment.waitingCount < SoloMoment.waitingCountMax else {
      let renewal = ScoringBudget.renewal(after: now)
      return settleSolo(origin, .failure(Refusal(.budgetSpent, retryAfter: renewal - now)))
    }
    let campaign = context.services.campaign.info.id
    let explanation = Explanation(
      id: written.id, unit: written.unit, text: written.text, author: .player(id))
    let waiting = WaitingTextRecord(
      explanation: written.id, unit: written.unit, player: id, askedAt: now, isPaid: isPaid)
    var writes: [StoreWrite] = [
      .putExplanation(
        ExplanationRecord(
          explanation: explanation, campaign: campaign, createdAt: now, isHidden: isSuspect)),
      .putWaitingText(waiting),
      .recordAnswer(
        AnswerRecord(
          id: "solo/\(written.id)", player: id, unit: written.unit, campaign: campaign, at: now,
          milliseconds: Int(min(max(0, (now - state.cameAt).wholeMilliseconds), 86_400_000)),
          content: .write(text: written.text.description, score: nil),
          circumstances: AnswerCircumstances(
            setting: .solo, isRated: false, isHidden: isSuspect))),
    ]
    if isSuspect {
      writes.append(
        .audit(
          AuditRecord(
            id: "hidden/solo/\(written.id)", at: now, who: "the check of texts",
            what: "hid a text", subject: id.rawValue, why: "solo play: \(written.text)")))
    }
    commitSolo(origin, writes + state.write(of: id)) { room in
      if isPaid {
        room.context.score(waiting, text: written.text, priority: .high)
      } else {
        room.context.postToWaitingTexts { $0.added() }
      }
      room.answerSubmit(isPaid ? .scoring : .draft, written.id, written.unit, origin)
    }
  }

  private func answerSubmit(
    _ outcome: Wire.SubmitOutcome, _ explanation: ExplanationID, _ unit: UnitID,
    _ origin: CommandOrigin
  ) {
    readMoment(origin, unit: unit) { room, moment in
      if outcome == .counted { room.context.scoreIfWanted(explanation, moment) }
      guard let shown = room.soloViews.soloUnit(unit, moment, of: room.soloReader) else {
        return room.refuseSolo(origin, .notFound)
      }
      room.settleSolo(
        origin,
        .success(
          .soloSubmit(.init(outcome: outcome, explanation: explanation, solo: shown))))
    }
  }
}

/// What a player submits.
private struct WrittenText: Sendable {
  let id: ExplanationID
  let unit: UnitID
  let text: ExplanationText
}

/// An explanation that a new one is compared with.
private struct Rival: Sendable {
  let id: ExplanationID
  let text: ExplanationText
  let isOwn: Bool
}
