import ArenaProtocol
import ArenaRules
import ArenaStorage
import ArenaTypes
import Interpretation

/// A unit's line of an export.
struct ExportedUnit: JSONWritable {
  let unit: CampaignUnit
  let key: UnitKey
  /// Whether the unit is a function of the text.
  let isMade: Bool
  let answers: [AnswerRecord]
  let questions: UnitQuestions
  let pseudonyms: Pseudonyms
  /// What others may see said of this unit.
  private let shownTexts: Set<NormalisedText>

  private var book: QuestionBook { questions.book }

  init(
    unit: CampaignUnit, key: UnitKey, isMade: Bool, answers: [AnswerRecord],
    questions: UnitQuestions, pseudonyms: Pseudonyms
  ) {
    self.unit = unit
    self.key = key
    self.isMade = isMade
    self.answers = answers
    self.questions = questions
    self.pseudonyms = pseudonyms
    let written = questions.book.texts(of: key).map(\.explanation.text)
    shownTexts = Set((unit.explanations.map(\.explanation.text) + written).map(NormalisedText.init))
  }

  func write(to writer: inout JSONWriter) {
    let texts = book.texts(of: key)
    let compared = Set(book.tallies(of: key).flatMap { [$0.pair.first, $0.pair.second] })
    // Decoys are of other units, and were compared with this one's.
    let ids = compared.union(unit.explanations.map(\.explanation.id))
      .union(texts.map(\.explanation.id)).sorted()
    let fit = book.strengths(of: ids, unit: key)
    writer.object { writer in
      writer.field("type", "unit")
      writer.field("campaign", key.campaign)
      writer.field("unit", key.unit)
      writer.field("made", isMade)
      writer.field("density", unit.density, decimals: 5)
      writer.field("lexical", unit.isLexical)
      writer.key("explanations")
      writer.array { writer in
        for found in unit.explanations {
          writer.value(
            ExportedExplanation(
              id: found.explanation.id.rawValue, explanation: found.explanation,
              role: found.role.rawValue, score: found.score,
              strength: strength(found.explanation.id, ids, fit, compared),
              pseudonyms: pseudonyms))
        }
        for text in texts {
          writer.value(
            ExportedExplanation(
              id: name(text.explanation.id), explanation: text.explanation, role: nil,
              score: text.score, strength: strength(text.explanation.id, ids, fit, compared),
              pseudonyms: pseudonyms))
        }
      }
      writer.key("pairs")
      writer.array { writer in
        for tally in book.tallies(of: key) { write(tally, ids, fit, to: &writer) }
      }
      writer.key("answers")
      writer.array { writer in
        for answer in answers {
          writer.value(ExportedAnswer(answer: answer, unit: self))
        }
      }
    }
  }

  /// A strength; nil where nobody has compared the explanation with another.
  private func strength(
    _ id: ExplanationID, _ ids: [ExplanationID], _ fit: BradleyTerry,
    _ compared: Set<ExplanationID>
  ) -> BradleyTerry.Estimate? {
    guard compared.contains(id), let index = ids.firstIndex(of: id) else { return nil }
    return fit.strength(index)
  }

  private func write(
    _ tally: (pair: PairKey, first: Int, second: Int), _ ids: [ExplanationID],
    _ fit: BradleyTerry, to writer: inout JSONWriter
  ) {
    guard let first = ids.firstIndex(of: tally.pair.first),
      let second = ids.firstIndex(of: tally.pair.second)
    else { return }
    let asked = questions.questions(of: unit, for: []).map(\.pair).first {
      $0.holds([tally.pair.first, tally.pair.second])
    }
    writer.object { writer in
      writer.field("a", name(tally.pair.first))
      writer.field("b", name(tally.pair.second))
      writer.field("choseA", tally.first)
      writer.field("choseB", tally.second)
      writer.field("difference", ExportedEstimate(fit.difference(first, second)))
      writer.field("decidedBy", asked.map(\.basis.rawValue))
      writer.field("better", asked.flatMap { $0.basis == .open ? nil : name($0.better) })
    }
  }

  /// How an explanation is called in the export: the campaign's keep their names, which are public.
  func name(_ id: ExplanationID) -> String {
    questions.campaign.explanation(id) != nil ? id.rawValue : pseudonyms.explanation(id)
  }

  /// Whether a text says what others may see of this unit.
  func isShown(_ text: String) -> Bool {
    (try? ExplanationText(text)).map { shownTexts.contains(NormalisedText($0)) } ?? false
  }
}

/// A value with its interval.
struct ExportedEstimate: JSONWritable {
  let estimate: BradleyTerry.Estimate

  init(_ estimate: BradleyTerry.Estimate) { self.estimate = estimate }

  func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("value", estimate.value, decimals: 4)
      writer.field("low", estimate.low, decimals: 4)
      writer.field("high", estimate.high, decimals: 4)
    }
  }
}

/// An explanation with what is known of it.
private struct ExportedExplanation: JSONWritable {
  let id: String
  let explanation: Explanation
  let role: String?
  let score: Score?
  let strength: BradleyTerry.Estimate?
  let pseudonyms: Pseudonyms

  func write(to writer: inout JSONWriter) {
    let (kind, author): (String, String?) =
      switch explanation.author {
      case .player(let player): ("player", pseudonyms.player(player))
      case .house: ("house", nil)
      case .machine(let name): ("machine", name)
      }
    writer.object { writer in
      writer.field("id", id)
      writer.field("text", explanation.text.description)
      writer.field("by", kind)
      writer.field("author", author)
      writer.field("role", role)
      writer.field("score", score)
      writer.field("strength", strength.map(ExportedEstimate.init))
    }
  }
}
