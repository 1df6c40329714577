/// A name for one thing of one kind, so that a duel's id can't be passed where a player's belongs.
///
/// On the wire and on disk it is its `rawValue`, a short string that is safe in a URL.
public protocol Identifier: RawRepresentable<String>, Hashable, Comparable, Sendable, Codable,
  CustomStringConvertible
{
  init(rawValue: String)
}

extension Identifier {
  /// The raw value.
  public var description: String { rawValue }

  /// Orders identifiers by their text, which makes every order built on them total.
  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

  /// Decodes from a plain string.
  public init(from decoder: any Decoder) throws {
    self.init(rawValue: try decoder.singleValueContainer().decode(String.self))
  }

  /// Encodes as a plain string.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rawValue)
  }
}

/// A person or a program that plays.
public struct PlayerID: Identifier {
  /// The text of the identifier.
  public let rawValue: String
  /// Wraps `rawValue` unchecked.
  public init(rawValue: String) { self.rawValue = rawValue }
}

/// A duel.
public struct DuelID: Identifier {
  /// The text of the identifier.
  public let rawValue: String
  /// Wraps `rawValue` unchecked.
  public init(rawValue: String) { self.rawValue = rawValue }
}

/// A contest.
public struct ContestID: Identifier {
  /// The text of the identifier.
  public let rawValue: String
  /// Wraps `rawValue` unchecked.
  public init(rawValue: String) { self.rawValue = rawValue }
}

/// A campaign.
public struct CampaignID: Identifier {
  /// The text of the identifier.
  public let rawValue: String
  /// Wraps `rawValue` unchecked.
  public init(rawValue: String) { self.rawValue = rawValue }
}

/// An explanation of a unit; unique within its campaign or, for a player's, within the server.
public struct ExplanationID: Identifier {
  /// The text of the identifier.
  public let rawValue: String
  /// Wraps `rawValue` unchecked.
  public init(rawValue: String) { self.rawValue = rawValue }
}

/// An excerpt; unique within its campaign.
public struct ExcerptID: Identifier {
  /// The text of the identifier.
  public let rawValue: String
  /// Wraps `rawValue` unchecked.
  public init(rawValue: String) { self.rawValue = rawValue }
}
