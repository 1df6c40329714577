import ArenaStorage
import ArenaTypes
import Interpretation

/// Computes the scores in a database anew, and keeps the new ones beside the old.
///
/// Earlier scores come from three places: scores kept by unit, text and scorer, explanations that
/// players wrote, and written answers. A new one goes to the first of them under its scorer's name; duels,
/// contests, ratings, answers and old scores are only read. Each new score is on disk before the next is
/// computed, so whoever is interrupted goes on from there.
struct DatabaseRescore {
  /// The database.
  let store: any DurableStore
  /// The campaign whose units texts are scored on.
  let campaign: Campaign
  /// How many records are read at once.
  var pageCount = 1_000

  /// Scores what the present scorer has not scored yet, and tells what changed.
  ///
  /// - Parameters:
  ///   - apply: Whether new scores are written.
  ///   - now: The moment of a new score.
  ///   - progress: Called with how many of how many texts are scored.
  func run(
    scorer: any Scorer, apply: Bool, now: () -> Timestamp, progress: (Int, Int) -> Void
  ) async throws -> RescoreReport {
    var rescoring = Rescoring(scorer: scorer.name, units: campaign.units.map(\.id))
    try await noteScores(in: &rescoring)
    try await noteExplanations(in: &rescoring)
    try await noteAnswers(in: &rescoring)
    let missing = rescoring.missing
    for (index, entry) in missing.enumerated() {
      let score = try scorer.score(entry.text, unit: entry.unit)
      if apply {
        try await store.commit([
          .putScore(
            ScoreRecord(unit: entry.unit, text: entry.text, score: score, computedAt: now()))
        ])
      }
      rescoring.take(score, of: entry)
      progress(index + 1, missing.count)
    }
    return rescoring.report
  }

  private func noteScores(in rescoring: inout Rescoring) async throws {
    var last: ScoreKey?
    while true {
      let (key, limit) = (last, pageCount)
      let page = try await store.read { reader throws(StorageError) in
        try reader.scores(after: key, limit: limit)
      }
      guard let end = page.last else { return }
      for record in page {
        rescoring.note(
          EarlierScore(
            unit: record.unit, text: record.text, value: record.score.value,
            scorer: record.score.scorer))
      }
      last = end.key
    }
  }

  private func noteExplanations(in rescoring: inout Rescoring) async throws {
    var last: ExplanationID?
    while true {
      let (id, limit) = (last, pageCount)
      let page = try await store.read { reader throws(StorageError) in
        try reader.explanations(after: id, limit: limit)
      }
      guard let end = page.last else { return }
      for record in page {
        guard let score = record.score else { continue }
        guard record.campaign == campaign.info.id else {
          rescoring.noteOtherCampaign()
          continue
        }
        rescoring.note(
          EarlierScore(
            unit: record.explanation.unit, text: record.explanation.text, value: score.value,
            scorer: score.scorer))
      }
      last = end.explanation.id
    }
  }

  private func noteAnswers(in rescoring: inout Rescoring) async throws {
    var last: Int64 = 0
    while true {
      let (number, limit) = (last, pageCount)
      let page = try await store.read { reader throws(StorageError) in
        try reader.answers(after: number, limit: limit)
      }
      guard let end = page.last else { return }
      for answer in page.map(\.record) {
        guard case .write(let text, let value?, let scorer) = answer.content else { continue }
        note(text, value, scorer, of: answer, in: &rescoring)
      }
      last = end.number
    }
  }

  private func note(
    _ text: String, _ value: Double, _ scorer: String?, of answer: AnswerRecord,
    in rescoring: inout Rescoring
  ) {
    guard answer.campaign == campaign.info.id else { return rescoring.noteOtherCampaign() }
    guard let text = try? ExplanationText(text) else { return rescoring.noteUnreadable() }
    rescoring.note(EarlierScore(unit: answer.unit, text: text, value: value, scorer: scorer))
  }
}
