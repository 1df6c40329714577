import ArenaProtocol
import ArenaRules
import ArenaStorage
import ArenaTypes
import DispatchTransport
import Interpretation
import Logging
import TransformerEngine

/// What the engine finds out about a text of solo play.
struct SoloFindings: Sendable {
  /// The score of the whole.
  let score: Score
  /// The scores of its meanings alone, in their order.
  let meanings: [Score]
  /// What it expects of some excerpts that nothing is scored on.
  let expected: [(excerpt: ExcerptID, values: [Float])]
}

extension ShardContext {
  /// Has a draft scored once enough others have voted for it.
  func scoreIfWanted(_ explanation: ExplanationID, _ moment: SoloMoment) {
    guard let waiting = moment.queue.first(where: { $0.explanation == explanation }),
      let text = moment.texts.first(where: { $0.explanation.id == explanation }),
      !waiting.isPaid, moment.supporters(of: text) >= SoloMoment.votesNeeded
    else { return }
    score(waiting, text: text.explanation.text, priority: .low)
  }

  /// Has a waiting text scored: whole, each meaning alone, and what it expects of excerpts that its
  /// author will see.
  ///
  /// Where the engine is too busy it stays in the queue; so it does where the server dies meanwhile.
  ///
  /// - Parameter then: Called on this shard when it is over, however it ended.
  func score(
    _ waiting: WaitingTextRecord, text: ExplanationText, priority: InferencePriority,
    then: @escaping @Sendable (ShardContext) -> Void = { _ in }
  ) {
    let (index, directory) = (shard.index, directory)
    let excerpts = services.campaign.unit(waiting.unit)?.tellingExcerpts ?? []
    services.engine.find(text, unit: waiting.unit, excerpts: excerpts, priority: priority) {
      result in
      directory.post(to: index) { context in
        context.found(result, of: waiting, text: text)
        then(context)
      }
    }
  }

  private func found(
    _ result: Result<SoloFindings, EngineRefusal>, of waiting: WaitingTextRecord,
    text: ExplanationText
  ) {
    switch result {
    case .success(let findings): keep(findings, of: waiting, text: text)
    case .failure(.failed(let reason)):
      services.log.error("\(waiting.explanation) could not be scored: \(reason)")
      var failed = waiting
      failed.failureCount += 1
      services.store.commit([.putWaitingText(failed)]) { _ in }
      postToWaitingTexts { $0.added() }
    case .failure: postToWaitingTexts { $0.added() }
    }
  }

  private func keep(
    _ findings: SoloFindings, of waiting: WaitingTextRecord, text: ExplanationText
  ) {
    let scores = zip([text] + text.alone, [findings.score] + findings.meanings)
    let writes = scores.map { text, score in
      StoreWrite.putScore(
        ScoreRecord(unit: waiting.unit, text: text, score: score, computedAt: now))
    }
    let directory = directory
    services.store.commit(
      writes + [.scoreExplanation(waiting.explanation, findings.score)]
    ) { result in
      switch result {
      case .success:
        directory.post(toOwnerOf: RoomName.player(waiting.player)) { context in
          context.players[waiting.player]?.scored(waiting, findings)
        }
      case .failure:
        directory.post(toOwnerOf: RoomName.lobby) { $0.waitingTexts?.added() }
      }
    }
  }
}

extension CampaignUnit {
  /// The excerpts that tell what an explanation expects: two that fire the unit and are shown to nobody
  /// before, and two that leave it silent.
  var tellingExcerpts: [Excerpt] {
    let firing = reveals.map(\.excerpt).filter { !$0.isExplicit }
      .filter { ($0.activations.max() ?? 0) >= 0.5 * top20MeanPeak }
    let silent = clues.map(\.excerpt).filter { !$0.isExplicit }
      .filter { ($0.activations.max() ?? 0) < 0.2 * top20MeanPeak }
    return Array(firing.prefix(2)) + silent.prefix(2)
  }
}

extension EngineDesk {
  /// Finds out about a text, one part after the other, so that live rounds come in between.
  ///
  /// - Parameter completion: Called once, on the engine's threads or at once.
  func find(
    _ text: ExplanationText, unit: UnitID, excerpts: [Excerpt], priority: InferencePriority,
    completion: @escaping @Sendable (Result<SoloFindings, EngineRefusal>) -> Void
  ) {
    findScores([text] + text.alone, unit: unit, priority: priority, found: []) { result in
      switch result {
      case .failure(let refusal): completion(.failure(refusal))
      case .success(let scores):
        expect(text, unit: unit, excerpts: excerpts[...], priority: priority, found: []) {
          expected in
          completion(
            .success(
              SoloFindings(
                score: scores[0], meanings: Array(scores.dropFirst()), expected: expected)))
        }
      }
    }
  }

  private func findScores(
    _ texts: [ExplanationText], unit: UnitID, priority: InferencePriority, found: [Score],
    completion: @escaping @Sendable (Result<[Score], EngineRefusal>) -> Void
  ) {
    guard found.count < texts.count else { return completion(.success(found)) }
    score(texts[found.count], unit: unit, priority: priority) { result in
      switch result {
      case .failure(let refusal): completion(.failure(refusal))
      case .success(let score):
        findScores(
          texts, unit: unit, priority: priority, found: found + [score], completion: completion)
      }
    }
  }

  /// What can't be told is left out: a score doesn't wait for a picture.
  private func expect(
    _ text: ExplanationText, unit: UnitID, excerpts: ArraySlice<Excerpt>,
    priority: InferencePriority, found: [(excerpt: ExcerptID, values: [Float])],
    completion: @escaping @Sendable ([(excerpt: ExcerptID, values: [Float])]) -> Void
  ) {
    guard let excerpt = excerpts.first else { return completion(found) }
    predict([text], unit: unit, on: excerpt, priority: priority) { result in
      let values = (try? result.get())?.first
      expect(
        text, unit: unit, excerpts: excerpts.dropFirst(), priority: priority,
        found: found + (values.map { [(excerpt.id, $0)] } ?? []), completion: completion)
    }
  }
}

extension PlayerRoom {
  /// Tells the player that a text has its score, beside the best and with a tip that fits.
  func scored(_ waiting: WaitingTextRecord, _ findings: SoloFindings) {
    let (id, index, directory) = (id, context.shard.index, context.directory)
    let scorer = context.services.engine.scorer.name
    context.services.store.read { reader throws(StorageError) in
      try SoloMoment(reader, player: id, unit: waiting.unit, scorer: scorer)
    } completion: { result in
      guard let moment = try? result.get() else { return }
      directory.post(to: index) { $0.players[id]?.tell(waiting, findings, moment) }
    }
  }

  private func tell(
    _ waiting: WaitingTextRecord, _ findings: SoloFindings, _ moment: SoloMoment
  ) {
    guard let text = moment.texts.first(where: { $0.explanation.id == waiting.explanation })
    else { return }
    let views = soloViews
    let best = views.bestOfOthers(waiting.unit, moment, showsExplicit: record.showsExplicit)
    let earlier = moment.ownTexts.filter { $0.explanation.id != waiting.explanation }
      .compactMap(\.score?.value).max()
    let tip = SoloTip(
      score: findings.score, best: best?.score?.value, earlier: earlier,
      expectations: expectations(findings, unit: waiting.unit))
    publish(
      .soloScored(
        .init(
          text: views.soloText(text, moment), best: best,
          tip: Wire.Tip(kind: Wire.TipKind(rawValue: tip.rawValue) ?? .fair, text: tip.sentence),
          heat: heat(findings, unit: waiting.unit), budget: soloReader.budget(moment.state))))
  }

  private func expectations(
    _ findings: SoloFindings, unit: UnitID
  ) -> [SoloTip.Expectation] {
    let scale = max(Double(context.services.campaign.unit(unit)?.top20MeanPeak ?? 1), 0.001)
    return findings.expected.compactMap { found in
      guard let excerpt = context.services.campaign.excerpt(found.excerpt) else { return nil }
      return SoloTip.Expectation(
        actual: excerpt.activations.map { Double($0) / scale },
        expected: found.values.map(Double.init))
    }
  }

  private func heat(_ findings: SoloFindings, unit: UnitID) -> Wire.Heat? {
    guard let found = findings.expected.first, let clue = soloViews.clue(found.excerpt, of: unit)
    else { return nil }
    return Wire.Heat(
      excerpt: clue, predicted: [Wire.Prediction(label: "0", values: found.values)])
  }
}

extension SoloTip {
  /// The tip in one sentence.
  var sentence: String {
    switch self {
    case .wordList:
      "A list of the words in the clues counts 49 at most. Say what they have in common."
    case .tooBroad:
      "It also expects a lot where nothing lights up. Say what sets the bright words apart."
    case .tooNarrow:
      "It misses words that do light up. Name the wider thing that all clues share."
    case .closer: "Better than your last one here. You are getting closer."
    case .best: "Nothing that is known scores higher here."
    case .fair: "A fair guess. Look at which word lights up, and at what stands just before it."
    }
  }
}
