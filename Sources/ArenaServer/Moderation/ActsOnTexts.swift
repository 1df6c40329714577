import ArenaProtocol
import ArenaRules
import ArenaStorage
import ArenaTypes
import DispatchTransport
import Interpretation

/// Hiding and restoring: excerpts, explanations, and what players wrote in duels.
extension ShardContext {
  /// What is known of a text that a decision is wanted on.
  private struct Found: Sendable {
    var content: TextCase
    var openedAt: Timestamp
    /// Whether a moderator has decided already.
    var isDecided: Bool
    /// A player's explanation of the store's, which keeps the mark itself.
    var explanation: ExplanationRecord?
  }

  func planDecision(
    on text: TextReference, isHidden: Bool, _ task: ActTask, _ reply: @escaping PlanReply
  ) {
    switch text {
    case .duel(let duel, let round, let seat, let attempt):
      directory.post(toOwnerOf: RoomName.duel(duel)) { context in
        let written = context.duels[duel]?.written(round: round, seat: seat, attempt: attempt)
        context.decide(on: text, isHidden: isHidden, written: written, task, reply)
      }
    case .excerpt(let id):
      guard let excerpt = services.campaigns.excerpt(id) else {
        return reply(self, .failure(Refusal(.notFound)))
      }
      let content = TextCase(text: excerpt.tokens.joined(), isHidden: false)
      decide(on: text, isHidden: isHidden, written: content, task, reply)
    case .explanation(let id):
      let known = services.campaigns.explanation(id)?.explanation
      let content = known.map {
        TextCase(text: $0.text.description, unit: $0.unit, isHidden: false)
      }
      decide(on: text, isHidden: isHidden, written: content, task, reply)
    }
  }

  private func decide(
    on text: TextReference, isHidden: Bool, written: TextCase?, _ task: ActTask,
    _ reply: @escaping PlanReply
  ) {
    let (index, directory, moment) = (shard.index, directory, now)
    services.store.read { reader throws(StorageError) in
      try Self.find(text, written: written, reader: reader, now: moment)
    } completion: { result in
      directory.post(to: index) { context in
        guard case .success(let found) = result else {
          return reply(context, .failure(Refusal(.unavailable, retryAfter: .seconds(1))))
        }
        guard let found else { return reply(context, .failure(Refusal(.notFound))) }
        guard found.content.isHidden != isHidden || !found.isDecided else {
          let reason = isHidden ? "It is hidden already." : "It is not hidden."
          return reply(context, .failure(Refusal(.wrongState, reason: reason)))
        }
        reply(context, .success(context.deciding(text, isHidden: isHidden, found, task)))
      }
    }
  }

  private static func find(
    _ text: TextReference, written: TextCase?, reader: any StoreReader, now: Timestamp
  ) throws(StorageError) -> Found? {
    let kept = try reader.moderationCase(text.description)?.record
    // What was written in a duel may have become an explanation that others are asked about.
    var explanation: ExplanationRecord?
    if case .duel(let duel, let round, let seat, 0) = text {
      explanation = try reader.explanation(
        DuelRoom.explanationID(duel: duel, round: round, seat: seat))
    }
    var found = written.map { Found(content: $0, openedAt: now, isDecided: false) }
    if case .explanation(let id) = text, written == nil, let record = try reader.explanation(id) {
      var content = TextCase(
        text: record.explanation.text.description, unit: record.explanation.unit,
        isHidden: record.isHidden)
      if case .player(let author) = record.explanation.author { content.author = author }
      found = Found(content: content, openedAt: now, isDecided: true, explanation: record)
    }
    if case .duel(let duel, let round, let seat, let attempt) = text, found == nil, kept == nil,
      let restored = try RestoredDuel(.duel(duel), reader: reader)
    {
      found = restored.duel.written(round: round, seat: seat, attempt: attempt).map {
        Found(content: $0, openedAt: now, isDecided: false)
      }
    }
    guard let kept, let content = try? TextCase(kept) else {
      // What nobody decided on stands as it is.
      found?.isDecided = true
      if found?.explanation == nil { found?.explanation = explanation }
      return found
    }
    return Found(
      content: content, openedAt: kept.openedAt, isDecided: kept.closedAt != nil,
      explanation: found?.explanation ?? explanation)
  }

  private func deciding(
    _ text: TextReference, isHidden: Bool, _ found: Found, _ task: ActTask
  ) -> ActPlan {
    var content = found.content
    content.isHidden = isHidden
    content.by = task.entry.moderator
    content.because = task.entry.reason
    var writes = [
      StoreWrite.putCase(content.record(text, openedAt: found.openedAt, closedAt: task.entry.at))
    ]
    if var record = found.explanation {
      record.isHidden = isHidden
      writes.append(.putExplanation(record))
    }
    let shown = content.text.count > 120 ? content.text.prefix(120) + "…" : content.text[...]
    var changes = [
      isHidden
        ? "Only who wrote it sees \u{201C}\(shown)\u{201D} from now on."
        : "Everybody may see \u{201C}\(shown)\u{201D} again."
    ]
    if case .excerpt = text {
      changes = [
        isHidden
          ? "Nobody is shown the excerpt \u{201C}\(shown)\u{201D} from now on: the next clue takes its place."
          : "The excerpt \u{201C}\(shown)\u{201D} is shown again."
      ]
    }
    return ActPlan(writes: writes, changes: changes) { context in
      context.services.moderation.decide(text, isHidden: isHidden)
      switch text {
      case .duel(let duel, let round, let seat, let attempt):
        context.directory.postToAll { context in
          context.textChanged(in: duel, round: round, seat: seat, attempt: attempt)
        }
      case .excerpt, .explanation:
        context.services.keeper.book.forgetQuestions()
        context.directory.postToAll { context in
          for (_, room) in context.duels.sorted(by: { $0.key < $1.key }) { room.cluesChanged() }
        }
      }
    }
  }
}

extension ShardContext {
  /// Tells who follows a duel, or one against its recording, that a text was hidden or restored.
  fileprivate func textChanged(in duel: DuelID, round: Int, seat: Int, attempt: Int) {
    duels[duel]?.textChanged(round: round, seat: seat, attempt: attempt)
    let repetitions = duels.values.compactMap { room in
      room.record.seatedGhost.map { (room: room, seat: $0.seat, recording: $0.recording) }
    }.filter { $0.recording.source == duel && $0.recording.seat == seat }
    for (room, own, recording) in repetitions.sorted(by: { $0.room.id < $1.room.id }) {
      let texts = recording.texts(round: round)
      guard texts.indices.contains(attempt) else { continue }
      // The numbers of the repetition may be others.
      for number in texts.indices
      where room.written(round: round, seat: own, attempt: number)?.text == texts[attempt] {
        room.textChanged(round: round, seat: own, attempt: number)
      }
    }
  }
}

extension DuelRoom {
  /// What a seat wrote in a revealed round; nil where there is nothing.
  func written(round: Int, seat: Int, attempt: Int) -> TextCase? {
    shown.written(round: round, seat: seat, attempt: attempt)
  }

  /// Tells who follows the duel that a text was hidden or restored.
  func textChanged(round: Int, seat: Int, attempt: Int) {
    guard let text = written(round: round, seat: seat, attempt: attempt) else { return }
    let isHidden = views.isHidden(
      text.isHidden, text.text, round: round, seat: seat, attempt: attempt)
    publish(
      .duelTextChanged(
        .init(
          round: round + 1, seat: seat, attempt: attempt + 1, hidden: isHidden,
          text: isHidden ? "" : text.text)))
  }

  /// Shows the running round anew if an excerpt of it was hidden or restored.
  func cluesChanged() {
    guard case .question = shown.phase else { return }
    let asked = Set(shown.question?.clues ?? [])
    let others = Set(shown.question?.excerpts?.map(\.excerpt) ?? [])
    guard let unit = shown.question?.unit,
      let original = served.campaign.unit(unit)
    else { return }
    // Only if the unit is touched at all: what is hidden elsewhere is none of this round's.
    let isTouched = (original.clues.map(\.excerpt.id) + original.reveals.map(\.excerpt.id))
      .contains {
        context.services.moderation.isHidden(.excerpt(id: $0)) != nil
          && (asked.contains($0) || others.contains($0))
      }
    guard isTouched else { return }
    publish { views in
      views.round(of: shown, startedAt: roundStartedAt).map {
        .duelCluesChanged(.init(round: $0))
      }
    }
  }
}

extension Duel {
  /// What a seat wrote in a revealed round, and whether the check of texts hid it.
  func written(round: Int, seat: Int, attempt: Int) -> TextCase? {
    guard let result = results.first(where: { $0.round == round }),
      setup.seats.indices.contains(seat)
    else { return nil }
    let (text, isHidden): (String, Bool)
    switch result.reveal {
    case .write(let entries, _):
      guard attempt == 0, let entry = entries[seat] else { return nil }
      (text, isHidden) = (entry.text.description, entry.isHidden)
    case .fire(_, let tries):
      guard let one = tries[seat].first(where: { $0.attempt == attempt }), !one.isRefused else {
        return nil
      }
      (text, isHidden) = (one.text, one.isHidden)
    case .pick, .oddOneOut, .predict: return nil
    }
    return TextCase(
      text: text, unit: result.unit, author: setup.seats[seat].player, duel: setup.id,
      isHidden: isHidden)
  }
}
