import ArenaTypes
import Dispatch

/// A few readers that take questions from one bounded line.
package final class ReadQueue: Sendable {
  /// Answers one question; is told which reader it runs on, from 0.
  package typealias Question = @Sendable (_ reader: Int) -> Void

  private struct Waiting {
    var questions: [Question] = []
    var idleReaders: [Int]
    var isClosed = false
    var whenEmpty: [@Sendable () -> Void] = []
  }

  private let limits: StoreLimits
  private let readers: [DispatchQueue]
  private let refusals: DispatchQueue
  private let waiting: Locked<Waiting>

  /// A line in front of `readerCount` serial queues.
  package init(label: String, readerCount: Int, limits: StoreLimits) {
    self.limits = limits
    readers = (0..<readerCount).map { DispatchQueue(label: "\(label).reader\($0)") }
    refusals = DispatchQueue(label: "\(label).read-refusals")
    waiting = Locked(Waiting(idleReaders: Array(0..<readerCount)))
  }

  /// Runs `question` on a reader's queue, or `refusal` on another one if the line is full or closed.
  package func ask(
    _ question: @escaping Question, refusal: @escaping @Sendable (StorageError) -> Void
  ) {
    let outcome = waiting.withLock { waiting -> (error: StorageError?, reader: Int?) in
      if waiting.isClosed { return (.closed, nil) }
      guard waiting.questions.count < limits.queuedReadCountMax else {
        return (.overloaded(retryAfter: limits.retryAfter), nil)
      }
      waiting.questions.append(question)
      return (nil, waiting.idleReaders.popLast())
    }
    if let error = outcome.error {
      refusals.async { refusal(error) }
    } else if let reader = outcome.reader {
      readers[reader].async { self.answerUntilEmpty(on: reader) }
    }
  }

  /// Refuses further questions and calls `completion` when every reader is idle.
  package func close(completion: @escaping @Sendable () -> Void) {
    let isIdle = waiting.withLock { waiting in
      waiting.isClosed = true
      if waiting.idleReaders.count == readers.count { return true }
      waiting.whenEmpty.append(completion)
      return false
    }
    if isIdle { refusals.async(execute: completion) }
  }

  private func answerUntilEmpty(on reader: Int) {
    while let question = nextQuestion(for: reader) { question(reader) }
  }

  private func nextQuestion(for reader: Int) -> Question? {
    let outcome = waiting.withLock { waiting -> (Question?, [@Sendable () -> Void]) in
      guard waiting.questions.isEmpty else { return (waiting.questions.removeFirst(), []) }
      waiting.idleReaders.append(reader)
      guard waiting.idleReaders.count == readers.count else { return (nil, []) }
      defer { waiting.whenEmpty = [] }
      return (nil, waiting.whenEmpty)
    }
    for completion in outcome.1 { refusals.async(execute: completion) }
    return outcome.0
  }
}
