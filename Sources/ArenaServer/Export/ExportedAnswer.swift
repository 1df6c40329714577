import ArenaProtocol
import ArenaRules
import ArenaStorage
import ArenaTypes

/// One answer of an export.
struct ExportedAnswer: JSONWritable {
  let answer: AnswerRecord
  let unit: ExportedUnit

  func write(to writer: inout JSONWriter) {
    let circumstances = answer.circumstances
    writer.object { writer in
      writer.field("player", unit.pseudonyms.player(answer.player))
      writer.field("day", Self.day(answer.at))
      writer.field("milliseconds", answer.milliseconds)
      writer.field("setting", circumstances?.setting.rawValue)
      writer.field("rated", circumstances?.isRated)
      writer.field("basis", circumstances?.basis)
      writer.field("right", circumstances?.isRight)
      writer.field("gold", circumstances?.testsReliability)
      write(answer.content, to: &writer)
    }
  }

  private func write(_ content: AnswerRecord.Content, to writer: inout JSONWriter) {
    switch content {
    case .pick(let chosen, let other, let wasShownFirst):
      writer.field("kind", "pick")
      writer.field("chosen", unit.name(chosen))
      writer.field("other", unit.name(other))
      writer.field("chosenWasFirst", wasShownFirst)
      writer.field(
        "weight", unit.questions.book.reliability(of: answer.player).weight, decimals: 3)
    case .write(let text, let score, let scorer):
      writer.field("kind", "write")
      writer.field("text", isHidden || !unit.isShown(text) ? nil : text)
      writer.field("score", score, decimals: 2)
      writer.field("scorer", scorer)
    case .oddOneOut(let excerpts, let chosen, let odd):
      writer.field("kind", "oddOneOut")
      writer.field("excerpts", excerpts)
      writer.field("chosen", chosen)
      writer.field("odd", odd)
    case .predict(let explanation, let excerpt, let tokens):
      writer.field("kind", "predict")
      writer.field("explanation", unit.name(explanation))
      writer.field("excerpt", excerpt)
      writer.field("tokens", tokens)
    case .fire(let text, let peak):
      writer.field("kind", "fire")
      writer.field("text", isHidden ? nil : text)
      writer.field("peak", peak, decimals: 4)
    case .unanswered(let kind):
      writer.field("kind", "none")
      writer.field("asked", kind)
    }
  }

  /// Whether others may not see the text; of answers of old nobody knows.
  private var isHidden: Bool { answer.circumstances?.isHidden ?? true }

  /// The day, such as `2026-12-01`, by UTC: the moment itself could be looked up.
  private static func day(_ moment: Timestamp) -> String {
    String(UTCTime.text(of: moment).prefix(10))
  }
}
