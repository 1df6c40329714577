import ArenaStorage
import ArenaTypes
import Interpretation
import Logging
import TransformerEngine

/// Hands the research export out over HTTP.
///
/// It is made when somebody asks for it, behind everything else that the server does, and then handed
/// out for a while: whoever asks meanwhile is told to come back.
final class ExportDesk: Sendable {
  /// Where it is.
  static let path = "/v1/export.jsonl"
  /// What its media type is called.
  static let contentType = "application/jsonl"
  /// How long one export is handed out.
  static let lifetime: Duration = .seconds(600)

  /// What becomes of a request.
  enum Reply {
    /// The export.
    case ready(body: [UInt8])
    /// It is being made.
    case making
    /// The answers of a rated campaign would tell players what is right.
    case withheld
  }

  private struct State {
    var body: [UInt8]?
    var madeAt: ContinuousClock.Instant?
    var isMaking = false
  }

  private let state = Locked(State())
  private let campaigns: [Campaign]
  private let agreement: PairAgreement?
  private let store: any DurableStore
  private let worker: EngineWorker
  private let entropy: Entropy
  private let log: Logger
  private let clock = ContinuousClock()

  /// A desk that hands out what `store` holds of `campaigns`; of none: nothing.
  init(
    campaigns: [Campaign], agreement: PairAgreement?, store: any DurableStore,
    worker: EngineWorker, entropy: Entropy, log: Logger
  ) {
    self.campaigns = campaigns
    self.agreement = agreement
    self.store = store
    self.worker = worker
    self.entropy = entropy
    self.log = log
  }

  /// What there is; where it is nothing, or old, a new export is begun.
  func ask() -> Reply {
    guard !campaigns.isEmpty else { return .withheld }
    let (body, begins) = state.withLock { state in
      let isFresh = state.madeAt.map { clock.now - $0 < Self.lifetime } ?? false
      let begins = !isFresh && !state.isMaking
      if begins { state.isMaking = true }
      return (state.body, begins)
    }
    if begins {
      read(
        ResearchExport(campaigns: campaigns, agreement: agreement, entropy: entropy))
    }
    return body.map { .ready(body: $0) } ?? .making
  }

  /// Reads page after page, so that no reader is kept for long.
  private func read(_ export: ResearchExport) {
    store.read { reader throws(StorageError) in
      var next = export
      let goesOn = try next.takePage(from: reader)
      return (next, goesOn)
    } completion: { [self] result in
      switch result {
      case .success((let next, true)): read(next)
      case .success((let next, false)): write(next)
      case .failure(let error):
        log.error("the export could not be read: \(error)")
        state.withLock { $0.isMaking = false }
      }
    }
  }

  private func write(_ export: ResearchExport) {
    worker.submit(priority: .background) {
      var body: [UInt8] = []
      export.write { body += $0 }
      return body
    } completion: { [self] result in
      let now = clock.now
      state.withLock { state in
        state.isMaking = false
        guard case .success(let body) = result else { return }
        state.body = body
        state.madeAt = now
      }
    }
  }
}
