import ArenaTypes

/// Scores a campaign's explanations by another scorer, and keeps their earlier scores beside the new.
public struct CampaignRescore {
  let campaign: Campaign
  let scorer: any Scorer
  let progress: BuildProgress

  /// A recomputation of the scores in `campaign` by `scorer`.
  public init(campaign: Campaign, scorer: any Scorer, progress: BuildProgress = .silent) {
    self.campaign = campaign
    self.scorer = scorer
    self.progress = progress
  }

  /// The campaign with a score of the scorer for every explanation, and what changed.
  ///
  /// Scores that are the scorer's already, or were before, stay as they are, and so do pairs, those
  /// that an earlier scorer settled among them.
  /// - Throws: `model`, `file`.
  public func run() throws(CampaignError) -> (campaign: Campaign, report: RescoreReport) {
    var rescoring = Rescoring(scorer: scorer.name, units: campaign.units.map(\.id))
    for unit in campaign.units {
      for entry in unit.explanations {
        for score in entry.earlierScores + [entry.score].compactMap({ $0 }) {
          rescoring.note(
            EarlierScore(
              unit: unit.id, text: entry.explanation.text, value: score.value, scorer: score.scorer)
          )
        }
      }
    }
    let total = campaign.units.reduce(0) { $0 + $1.explanations.count }
    var done = 0
    var units = campaign.units
    for index in units.indices {
      for position in units[index].explanations.indices {
        let entry = units[index].explanations[position]
        done += 1
        if entry.score?.scorer != scorer.name {
          let new = try present(of: entry)
          rescoring.take(new, of: .init(unit: units[index].id, text: entry.explanation.text))
          units[index].explanations[position].adopt(new)
        }
        progress.report(.scoring, done, total)
      }
    }
    return (try campaign.replacing(units: units), rescoring.report)
  }

  /// The scorer's score of an explanation: one that it had before, else a new one.
  private func present(of entry: CampaignExplanation) throws(CampaignError) -> Score {
    if let known = entry.earlierScores.first(where: { $0.scorer == scorer.name }) { return known }
    do {
      return try scorer.score(entry.explanation.text, unit: entry.explanation.unit)
    } catch {
      throw .model(error)
    }
  }
}
