import ArenaTypes

/// Adds to a campaign what follows from its units by computation: the scorer's baseline, machine
/// explanations, and all scores.
public struct CampaignFinisher {
  /// The name under which the bank's explanations stand.
  public static let machineName = "concept-bank/1"
  /// How many concepts are compared in full, the best by the clues' surroundings.
  static let shortListCount = 24
  /// How many machine explanations a unit gets.
  static let proposalCount = 2

  let models: InterpretationModels
  let concepts: ConceptBank
  let progress: BuildProgress

  /// A finisher that proposes from `concepts`.
  public init(
    models: InterpretationModels, concepts: ConceptBank, progress: BuildProgress = .silent
  ) {
    self.models = models
    self.concepts = concepts
    self.progress = progress
  }

  /// The campaign with baseline, machine explanations and scores.
  ///
  /// Machine explanations that were there are replaced; nothing is read but clues.
  ///
  /// - Throws: `model`, `file`.
  public func finish(_ campaign: Campaign) throws(CampaignError) -> Campaign {
    do {
      let baseline = try PromptTemplates.baseline(model: models.subject)
      var units = campaign.units
      let proposals = try MachineProposer(
        models: models, concepts: concepts, baseline: baseline,
        tokens: try WriterTokens.matching(campaign, writer: models.subject)
      ).proposals(for: units, progress: progress)
      for (index, texts) in proposals.enumerated() {
        units[index].explanations.removeAll { $0.role == .machine }
        let known = Set(units[index].explanations.map(\.explanation.text))
        for text in texts where !known.contains(text) {
          units[index].explanations.append(machine(text, unit: units[index].id))
        }
        units[index].explanations.sort { $0.explanation.id < $1.explanation.id }
      }
      return try scored(try campaign.replacing(units: units, baseline: baseline))
    } catch let error as CampaignError {
      throw error
    } catch let error as InterpretationError {
      throw .model(error)
    } catch {
      throw .build("\(error)")
    }
  }

  private func machine(_ text: ExplanationText, unit: UnitID) -> CampaignExplanation {
    CampaignExplanation(
      explanation: Explanation(
        id: ExplanationNaming.id(of: text, unit: unit), unit: unit, text: text,
        author: .machine(Self.machineName)),
      role: .machine, score: nil)
  }

  /// The campaign with the scores of all its explanations, and with the baseline that they are measured
  /// against, so that a server needn't compute it at each start.
  ///
  /// A score compares with the other units, so it changes when units leave.
  /// - Throws: `model`, `file`.
  public func scored(_ campaign: Campaign) throws(CampaignError) -> Campaign {
    let campaign = try withBaseline(campaign)
    var units = campaign.units
    do throws(InterpretationError) {
      let scorer = try ScorerName.standard(for: models).scorer(for: campaign, models: models)
      for index in units.indices {
        for position in units[index].explanations.indices {
          let text = units[index].explanations[position].explanation.text
          units[index].explanations[position].score =
            try scorer.score(text, unit: units[index].id)
        }
        progress.report(.scoring, index + 1, units.count)
      }
    } catch {
      throw .model(error)
    }
    return try campaign.replacing(units: units)
  }

  private func withBaseline(_ campaign: Campaign) throws(CampaignError) -> Campaign {
    let count = models.subject.vocabularyCount
    if campaign.baseline.meanLogProbabilities.first?.count == count { return campaign }
    let baseline: ScoringBaseline
    do throws(InterpretationError) {
      baseline = try PromptTemplates.baseline(model: models.subject)
    } catch {
      throw .model(error)
    }
    return try campaign.replacing(units: campaign.units, baseline: baseline)
  }
}

/// Proposes explanations from a bank of concepts, by the visible clues alone.
///
/// First by meaning: the cosine of each concept with the surroundings of the clues' peaks, less its
/// mean over the other units. Then the short list by what the subject model would write after the
/// concept: the mean information about the clues' peak tokens, less that of the other units.
struct MachineProposer {
  let models: InterpretationModels
  let concepts: ConceptBank
  let baseline: ScoringBaseline
  let tokens: WriterTokens

  func proposals(for units: [CampaignUnit], progress: BuildProgress)
    throws(InterpretationError) -> [[ExplanationText]]
  {
    // Embedding the bank takes a while, in which somebody may watch.
    progress.report(.proposing, 0, units.count)
    let directions = try units.map { unit throws(InterpretationError) in
      try direction(of: unit)
    }
    let center = Vectors.mean(directions, dimension: models.embedder.dimension)
    let vectors = try models.embedder.embed(concepts.texts.map(\.description))
    var shortLists: [[(concept: Int, cosine: Float)]] = []
    for direction in directions {
      let own = zip(direction, center).map { $0 - $1 }
      let ranked = vectors.indices.map { ($0, Vectors.dot(vectors[$0], own)) }
        .sorted { ($0.1, $1.0) > ($1.1, $0.0) }
      shortLists.append(Array(ranked.prefix(CampaignFinisher.shortListCount)))
    }
    return try rerank(shortLists, units: units, progress: progress)
  }

  /// The mean of the windows around the peaks of the clues that fire, of length 1.
  private func direction(of unit: CampaignUnit) throws(InterpretationError) -> [Float] {
    let windows = unit.clues.filter { $0.excerpt.kind == .top }.compactMap { clue in
      clue.excerpt.peak.map { TokenWindow.text(of: clue.excerpt.tokens, around: $0) }
    }
    return Vectors.normalised(
      Vectors.mean(try models.embedder.embed(windows), dimension: models.embedder.dimension))
  }

  private func rerank(
    _ shortLists: [[(concept: Int, cosine: Float)]], units: [CampaignUnit],
    progress: BuildProgress
  ) throws(InterpretationError) -> [[ExplanationText]] {
    let forms = TokenForms(model: models.subject)
    let expected = baseline.meanLogProbabilities[0]
    let peakTokens = units.map { Self.peakTokens(of: $0, tokens: tokens) }
    var chosen: [[ExplanationText]] = []
    for (index, list) in shortLists.enumerated() {
      let texts = list.map { concepts.texts[$0.concept] }
      let rows = try PromptTemplates.logProbabilities(
        of: texts.map(\.description), model: models.subject, forms: forms)
      let scored = rows.indices.map { position -> (score: Float, position: Int) in
        func information(_ unit: Int) -> Float {
          peakTokens[unit].reduce(0) { $0 + rows[position][Int($1)] - expected[Int($1)] }
            / Float(max(1, peakTokens[unit].count))
        }
        let others = units.indices.reduce(0) { $0 + information($1) } / Float(units.count)
        // A tenth of cosine tells about as much as a nat of information.
        return (information(index) - others + 10 * list[position].cosine, position)
      }.sorted { ($0.score, $1.position) > ($1.score, $0.position) }
      chosen.append(scored.prefix(CampaignFinisher.proposalCount).map { texts[$0.position] })
      progress.report(.proposing, index + 1, shortLists.count)
    }
    return chosen
  }

  private static func peakTokens(of unit: CampaignUnit, tokens: WriterTokens) -> [Int32] {
    unit.clues.filter { $0.excerpt.kind == .top }.compactMap { clue in
      clue.excerpt.peak.map { tokens.ids(of: clue.excerpt)[$0] }
    }.filter { $0 != WriterTokens.unknown }
  }
}
