import ArenaProtocol
import ArenaTypes
import Interpretation
import TransformerEngine

/// What the engine says of a text, in this order: pieces, then an end or a refusal.
enum TextEvent: Sendable {
  /// Some tokens are known; the text's tokens and the one that was asked about are the reading's.
  case piece(TextPiece, of: any TextReading)
  /// All pieces were told.
  case finished
  /// There will be no further pieces.
  case refused(Refusal)
}

extension EngineDesk {
  /// Reads a text, behind rounds and scores, and tells of each piece as it is known.
  ///
  /// Each piece is a job of its own, so that texts of several players take turns and a score never waits
  /// for more than a piece. What `handle` has cancelled tells nothing more, which ends it, too.
  ///
  /// - Parameter tell: Called on the engine's threads, one call at a time and in order; where too many
  ///   texts are being read, at once on the caller's.
  func read(
    _ question: TextQuestion, handle: InferenceHandle,
    tell: @escaping @Sendable (TextEvent) -> Void
  ) {
    guard runningTexts.enter() else {
      return tell(.refused(Refusal(.busy, retryAfter: .seconds(1))))
    }
    goOn(nil, with: question, handle: handle, tell: tell)
  }

  private enum Step: Sendable {
    case piece(TextPiece?, of: any TextReading)
    case failed(InterpretationError)
  }

  private func goOn(
    _ reading: (any TextReading)?, with question: TextQuestion, handle: InferenceHandle,
    tell: @escaping @Sendable (TextEvent) -> Void
  ) {
    worker.submit(priority: .medium, handle: handle) { [self] () -> Step in
      do throws(InterpretationError) {
        var reading = if let reading { reading } else { try begin(question) }
        let piece = try reading.next()
        return .piece(piece, of: reading)
      } catch {
        return .failed(error)
      }
    } completion: { [self] result in
      guard !handle.isCancelled else { return runningTexts.leave() }
      switch result {
      case .success(.piece(let piece, let reading)):
        if let piece { tell(.piece(piece, of: reading)) }
        guard reading.isFinished else {
          return goOn(reading, with: question, handle: handle, tell: tell)
        }
        runningTexts.leave()
        tell(.finished)
      case .success(.failed(let error)):
        runningTexts.leave()
        tell(.refused(Refusal(error)))
      case .failure(let refusal):
        runningTexts.leave()
        tell(.refused(Refusal(refusal)))
      }
    }
  }

  private func begin(_ question: TextQuestion) throws(InterpretationError) -> any TextReading {
    let countMax = ClientCommand.UnitAttribute.tokenCountMax
    if let token = question.token {
      return try probe.attribution(
        of: question.text, unit: question.unit, at: token, tokenCountMax: countMax)
    }
    return try probe.reading(of: question.text, unit: question.unit, tokenCountMax: countMax)
  }
}

/// How many texts are being read, and at most.
final class RunningTexts: Sendable {
  private let count = Locked(0)
  private let countMax: Int

  init(countMax: Int) { self.countMax = countMax }

  /// Takes a place, if there is one.
  func enter() -> Bool {
    count.withLock { count in
      guard count < countMax else { return false }
      count += 1
      return true
    }
  }

  /// Gives a place back.
  func leave() { count.withLock { $0 -= 1 } }
}

extension Refusal {
  /// Rounds and scores have kept the engine for longer than anybody should wait.
  static var engineIsTaken: Refusal {
    Refusal(
      .busy, reason: "Rounds and scores keep the engine busy: try again in a moment.",
      retryAfter: .seconds(5))
  }

  /// Why a text was not read, for who wrote it.
  fileprivate init(_ error: InterpretationError) {
    switch error {
    case .emptyText: self.init(.textEmpty, path: "/data/text")
    case .tooManyTokens(let count, let max):
      self.init(
        .textTooLong, reason: "The text has \(count) tokens, and \(max) are read: shorten it.",
        path: "/data/text")
    case .noSuchToken(let token, let count):
      self.init(
        .badField, reason: "The text has \(count) tokens, counted from 0, so there is no \(token).",
        path: "/data/token")
    case .unknownUnit: self.init(.notFound)
    case .engine:
      self.init(
        .unavailable, reason: "The model could not read the text; nothing was changed.",
        retryAfter: .seconds(1))
    }
  }

  fileprivate init(_ refusal: EngineRefusal) {
    switch refusal {
    case .busy(let wait): self.init(.busy, retryAfter: wait)
    case .cancelled: self.init(.superseded)
    case .stopped: self.init(.draining)
    case .failed: self.init(.unavailable, retryAfter: .seconds(1))
    }
  }
}
