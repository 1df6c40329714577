/// What has a place in a total order of its own, apart from being equal or not.
protocol Ranked: Hashable, Sendable {
  /// The order in brief: an element with the smaller digest stands before the other.
  ///
  /// Equal digests say nothing; then `precedes` decides.
  var digest: UInt64 { get }

  /// Whether it stands before `other`.
  func precedes(_ other: Self) -> Bool
}
