/// A part of the program that reads strangers' bytes, and what has to hold whatever they are.
public protocol FuzzTarget: SendableMetatype {
  /// What it is called on the command line and in the folder of its seeds.
  static var name: String { get }

  /// Feeds it one input.
  ///
  /// - Throws: what did not hold; a trap, a leak or a read out of bounds is the sanitizer's to find.
  static func run(_ input: inout FuzzInput) throws(FuzzFinding)
}

/// Something that did not hold.
public struct FuzzFinding: Error, CustomStringConvertible {
  /// What it is.
  public let description: String

  /// A finding.
  public init(_ description: String) { self.description = description }
}

/// Throws a finding unless `condition` holds.
func hold(_ condition: Bool, _ what: @autoclosure () -> String) throws(FuzzFinding) {
  if !condition { throw FuzzFinding(what()) }
}

/// All targets.
public enum FuzzTargets {
  /// By name, in the order in which they are run.
  public static let all: [any FuzzTarget.Type] = [
    RequestFuzz.self, ProxyHeaderFuzz.self, HandshakeAnswerFuzz.self, ExtensionFuzz.self,
    FrameFuzz.self,
    InflateFuzz.self, DeflateFuzz.self, UTF8Fuzz.self, CommandFuzz.self, GGUFFuzz.self,
    SafetensorsFuzz.self, DictionaryFuzz.self, ModelFuzz.self, TokenizerFileFuzz.self,
    TokenizerGGUFFuzz.self,
    WordPieceFuzz.self, TokenizerTextFuzz.self, ImportFuzz.self, CampaignFuzz.self,
    LabelledFuzz.self, BoardNameFuzz.self, TerritoryFuzz.self, AddressFuzz.self,
    TimeZoneFuzz.self,
  ]

  /// The target of that name.
  public static func named(_ name: String) -> (any FuzzTarget.Type)? {
    all.first { $0.name == name }
  }
}
