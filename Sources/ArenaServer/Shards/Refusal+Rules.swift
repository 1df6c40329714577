import ArenaProtocol
import ArenaRules
import ArenaTypes

extension Refusal {
  /// What a rule's refusal is on the wire.
  init(_ rejection: some Rejection, now: Timestamp) {
    var retryAfter: Duration?
    if case .wait(let until) = rejection.remedy {
      retryAfter = until.map { max(.zero, $0 - now) } ?? .milliseconds(300)
    }
    self.init(ErrorCode(rules: rejection.code), retryAfter: retryAfter)
  }

  /// What is wrong with an explanation.
  init(_ rejection: ExplanationTextRejection, path: String) {
    let code: ErrorCode =
      switch rejection {
      case .empty, .emptyMeaning: .textEmpty
      case .tooManyMeanings: .tooManyMeanings
      case .tooManyWords: .tooManyWords
      case .tooLong: .textTooLong
      case .invisibleCharacters: .invisibleCharacters
      }
    self.init(code, path: path)
  }
}

extension ErrorCode {
  /// The wire's code for a rule's; a test of the protocol compares the two lists.
  init(rules code: String) { self = ErrorCode(rawValue: code) ?? .wrongState }
}

extension Wire.TextRefusal {
  /// Why a text doesn't count, as a client shows it.
  init(_ refusal: TextRefusal) {
    let code = ErrorCode(rules: refusal.rawValue)
    self.init(code: code, reason: code.meaning)
  }
}

extension Wire.DuelFormat {
  init(_ format: ArenaRules.DuelFormat) {
    switch format {
    case .pick: self = .pick
    case .write: self = .write
    case .fire: self = .fire
    case .mixed: self = .mixed
    }
  }

  /// The rules' name for the format.
  var rules: ArenaRules.DuelFormat {
    switch self {
    case .pick: .pick
    case .write: .write
    case .fire: .fire
    case .mixed: .mixed
    }
  }
}

extension Wire.RoundKind {
  init(_ kind: ArenaRules.RoundKind) {
    switch kind {
    case .pick: self = .pick
    case .write: self = .write
    case .oddOneOut: self = .oddOneOut
    case .predict: self = .predict
    case .fire: self = .fire
    }
  }
}

extension OddChoice {
  /// The choice that a number on the wire stands for: from 1, or 0 if all are the same.
  init(wire odd: Int) { self = odd == 0 ? .allTheSame : .excerpt(index: odd - 1) }

  /// The number on the wire.
  var wire: Int {
    switch self {
    case .excerpt(let index): index + 1
    case .allTheSame: 0
    }
  }
}

extension Wire.Side {
  init(_ side: ArenaRules.Side) { self = side == .a ? .a : .b }

  /// The rules' name for the side.
  var rules: ArenaRules.Side { self == .a ? .a : .b }
}

extension Wire.Answer {
  /// The answer as the rules take it.
  ///
  /// - Throws: What is wrong with a written text.
  func rules() throws(Refusal) -> ArenaRules.Answer {
    switch self {
    case .pick(let side): return .pick(side: side.rules)
    case .oddOneOut(let odd): return .oddOneOut(choice: OddChoice(wire: odd))
    case .predict(let tokens): return .predict(tokens: tokens)
    case .fire(let text): return .fire(text: text)
    case .done: return .done
    case .write(let text):
      do throws(ExplanationTextRejection) {
        return .write(text: try ExplanationText(text))
      } catch {
        throw Refusal(error, path: "/data/answer/text")
      }
    }
  }

  init(_ answer: ArenaRules.Answer) {
    switch answer {
    case .pick(let side): self = .pick(Wire.Side(side))
    case .write(let text): self = .write(text.description)
    case .oddOneOut(let choice): self = .oddOneOut(choice.wire)
    case .predict(let tokens): self = .predict(tokens)
    case .fire(let text): self = .fire(text)
    case .done: self = .done
    }
  }
}

extension Wire.RatingView {
  init(_ rating: Rating) {
    self.init(
      rating: rating.value, deviation: rating.deviation, provisional: rating.isProvisional)
  }
}

extension Wire.RatingChange {
  init(_ change: RatingChange) {
    self.init(before: Wire.RatingView(change.before), after: Wire.RatingView(change.after))
  }
}

extension Wire.Pair {
  /// The first two elements; nil where there are fewer.
  init?(_ elements: some Collection<Element>) {
    guard let first = elements.first, let second = elements.dropFirst().first else { return nil }
    self.init(first, second)
  }
}
