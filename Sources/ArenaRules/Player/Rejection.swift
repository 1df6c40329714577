public import ArenaTypes

/// Why a rule refuses somebody's wish: a code for the wire, and what to do about it.
public protocol Rejection: Error, Hashable, Sendable {
  /// The wire error code, such as `round_over`.
  var code: String { get }
  /// What the one who asked can do.
  var remedy: Remedy { get }
}

/// What to do after a refusal.
public enum Remedy: Hashable, Sendable {
  /// Change the content and send it again.
  case correct
  /// Ask again, from `until` on if it is known.
  case wait(until: Timestamp?)
  /// The asker's picture is out of date: take the state anew.
  case refresh
  /// Nothing; the answer stays no.
  case giveUp
}
