import ArenaTypes

/// How soon a request is computed: every waiting request of a higher priority goes first.
public enum InferencePriority: Int, Sendable, CaseIterable, Comparable {
  /// Nobody waits for it, such as a campaign's corpus.
  case background
  /// Somebody may look at it later.
  case low
  /// Somebody waits for it to look at, and nothing depends on it.
  case medium
  /// Somebody waits for it.
  case high
  /// Somebody looks at a clock.
  case urgent

  /// Whether `left` waits while `right` is computed.
  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// On what terms a request waits for the engine.
///
/// Terms travel with the call: `InferenceTerms.withCurrent(terms) { ... }` gives them to all requests
/// that this thread makes within, however deep. So code between a server and a model needs to know
/// nothing of either.
public struct InferenceTerms: Sendable {
  /// How soon it is computed.
  public var priority: InferencePriority
  /// The longest that it waits for others to share its pass while the engine has nothing to do.
  ///
  /// Default: not at all. Requests that come while the engine works meet anyhow; a wait of its own
  /// pays where several are known to come at once.
  public var patience: Duration
  /// How long after it was submitted it must have begun; nil for ever.
  public var timeLimit: Duration?
  /// Who asks, as callers of one priority get equal shares of the engine; nil for nobody else.
  public var caller: UInt64?
  /// What cancels it, along with all else that is submitted under the same handle.
  public var handle: InferenceHandle?

  /// Terms for one or more requests.
  public init(
    priority: InferencePriority = .low, patience: Duration = .zero, timeLimit: Duration? = nil,
    caller: UInt64? = nil, handle: InferenceHandle? = nil
  ) {
    self.priority = priority
    self.patience = patience
    self.timeLimit = timeLimit
    self.caller = caller
    self.handle = handle
  }

  private static let local = ThreadLocal<InferenceTerms>()

  /// The terms of requests that this thread makes and gives none.
  public static var current: InferenceTerms { local.value ?? InferenceTerms() }

  /// Runs `body`, whose requests wait on these terms where they are given none.
  public static func withCurrent<Result, Failure: Error>(
    _ terms: InferenceTerms, _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try local.withValue(terms, body)
  }
}
