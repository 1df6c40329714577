import ArenaRules
import ArenaStorage
import ArenaTypes
import DispatchTransport
import TransformerEngine

/// Scores what waits in the queue while the engine has nothing else to do: one text at a time, in turn.
///
/// It asks the store only as long as it may hold something.
final class WaitingTextsRoom {
  /// How long what was paid for is left to whoever took it: the answer's own shard has it scored.
  static let paidPatience: Duration = .seconds(30)
  /// How often the engine may fail on a text before it is left alone.
  static let failureCountMax = 5

  private unowned let context: ShardContext
  private var timer: TimerToken?
  private var isWorking = false

  init(context: ShardContext) { self.context = context }

  /// Something may wait: looks, after a while.
  func added() {
    guard timer == nil, !isWorking else { return }
    timer = context.scheduler.schedule(after: context.configuration.waitingTextPause) {
      [weak self] in
      self?.timer = nil
      self?.look()
    }
  }

  private func look() {
    guard !isWorking else { return }
    guard context.services.engine.worker.isIdle else { return added() }
    isWorking = true
    let (index, directory) = (context.shard.index, context.directory)
    context.services.store.read { reader throws(StorageError) -> Turn? in
      guard let waiting = try reader.waitingTexts(limit: 1).first else { return nil }
      return Turn(waiting: waiting, text: try reader.explanation(waiting.explanation))
    } completion: { result in
      directory.post(to: index) { $0.waitingTexts?.take(result) }
    }
  }

  private func take(_ result: Result<Turn?, StorageError>) {
    isWorking = false
    switch result {
    case .failure: added()
    case .success(nil): break
    case .success(let turn?):
      let waiting = turn.waiting
      guard waiting.failureCount < Self.failureCountMax, let text = turn.text else { return }
      if waiting.isPaid, context.now - waiting.askedAt < Self.paidPatience { return added() }
      isWorking = true
      context.score(waiting, text: text.explanation.text, priority: .background) { context in
        context.waitingTexts?.worked()
      }
    }
  }

  private func worked() {
    isWorking = false
    added()
  }

  private struct Turn: Sendable {
    let waiting: WaitingTextRecord
    let text: ExplanationRecord?
  }
}

extension ShardContext {
  /// Runs `work` on the queue of texts that wait for a score.
  func postToWaitingTexts(_ work: @escaping @Sendable (WaitingTextsRoom) -> Void) {
    directory.post(toOwnerOf: RoomName.lobby) { context in
      if let room = context.waitingTexts { work(room) }
    }
  }
}
