import ArenaTypes

/// Adds to a campaign what follows from its units by computation: the scorer's baseline, machine
/// explanations, and all scores.
public struct CampaignFinisher {
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
      let baseline = try PromptTemplates.standard.baseline(model: models.subject)
      var units = campaign.units
      let proposals = try ConceptExplainer(
        subject: models.subject, embedder: models.embedder, concepts: concepts, progress: progress
      ).explanations(of: campaign, baseline: baseline)
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
        author: .machine(ConceptExplainer.standardName)),
      role: .machine, score: nil)
  }

  /// The campaign with the scores of all its explanations, and with the baseline that they are measured
  /// against, so that a server needn't compute it at each start.
  ///
  /// A unit that has no pair gets those that the scorer may settle.
  /// A score compares with the other units, so it changes when units leave. Scores of other scorers
  /// stay beside the new ones.
  /// - Throws: `model`, `file`.
  public func scored(_ campaign: Campaign) throws(CampaignError) -> Campaign {
    let campaign = try withBaseline(campaign)
    var units = campaign.units
    do throws(InterpretationError) {
      let scorer = try ScorerName.standard(for: models).scorer(for: campaign, models: models)
      for index in units.indices {
        for position in units[index].explanations.indices {
          let text = units[index].explanations[position].explanation.text
          units[index].explanations[position].adopt(
            try scorer.score(text, unit: units[index].id))
        }
        progress.report(.scoring, index + 1, units.count)
      }
    } catch {
      throw .model(error)
    }
    if let agreement = models.judge?.agreement {
      SettledPairs(agreement: agreement).add(to: &units)
    }
    return try campaign.replacing(units: units)
  }

  private func withBaseline(_ campaign: Campaign) throws(CampaignError) -> Campaign {
    let count = models.subject.vocabularyCount
    if campaign.baseline.meanLogProbabilities.first?.count == count { return campaign }
    let baseline: ScoringBaseline
    do throws(InterpretationError) {
      baseline = try PromptTemplates.standard.baseline(model: models.subject)
    } catch {
      throw .model(error)
    }
    return try campaign.replacing(units: campaign.units, baseline: baseline)
  }
}
