/// A moment, in whole milliseconds since 1970-01-01T00:00:00Z.
///
/// Rules take one as an argument and never read a clock; on the wire it is the number itself.
public struct Timestamp: Hashable, Comparable, Sendable, Codable {
  /// Milliseconds since the Unix epoch.
  public var millisecondsSinceEpoch: Int64

  /// The moment `millisecondsSinceEpoch` milliseconds after the Unix epoch.
  public init(millisecondsSinceEpoch: Int64) {
    self.millisecondsSinceEpoch = millisecondsSinceEpoch
  }

  /// Decodes from a plain integer.
  public init(from decoder: any Decoder) throws {
    millisecondsSinceEpoch = try decoder.singleValueContainer().decode(Int64.self)
  }

  /// Encodes as a plain integer.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(millisecondsSinceEpoch)
  }

  /// Whether `left` is the earlier moment.
  public static func < (left: Self, right: Self) -> Bool {
    left.millisecondsSinceEpoch < right.millisecondsSinceEpoch
  }

  /// The moment `duration` later, rounded down to whole milliseconds.
  public static func + (moment: Self, duration: Duration) -> Self {
    Self(millisecondsSinceEpoch: moment.millisecondsSinceEpoch + duration.wholeMilliseconds)
  }

  /// The time from `right` to `left`; negative if `left` is the earlier.
  public static func - (left: Self, right: Self) -> Duration {
    .milliseconds(left.millisecondsSinceEpoch - right.millisecondsSinceEpoch)
  }
}

extension Duration {
  /// The duration in milliseconds, rounded towards zero.
  public var wholeMilliseconds: Int64 {
    let (seconds, attoseconds) = components
    return seconds * 1_000 + attoseconds / 1_000_000_000_000_000
  }

  /// The duration in seconds.
  public var inSeconds: Double {
    let (seconds, attoseconds) = components
    return Double(seconds) + Double(attoseconds) * 1e-18
  }
}
