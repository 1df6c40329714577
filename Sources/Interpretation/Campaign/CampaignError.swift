/// Why a campaign could not be built, read or changed.
public enum CampaignError: Error, Hashable, Sendable {
  /// There is no such file, or it can't be read or written; says which and why.
  case file(String)
  /// The file is not a campaign.
  case notACampaign(String)
  /// The file was made by a newer program.
  case newerVersion(found: Int, supported: Int)
  /// The file was cut off or changed after it was made; says where.
  case damaged(String)
  /// The corpus can't be used.
  case corpus(String)
  /// What was asked for can't be built.
  case build(String)
  /// Explanations or verdicts of readers break a rule; says which line and how.
  case readings(String)
  /// Records can't be imported; carries how many, and the first of them.
  case records(count: Int, first: [ImportFault])
  /// The model failed.
  case model(InterpretationError)
}

extension CampaignError: CustomStringConvertible {
  /// One sentence for the person at the command line; of bad records the first twenty, a line each.
  public var description: String {
    switch self {
    case .file(let reason), .corpus(let reason), .build(let reason), .readings(let reason): reason
    case .notACampaign(let path): "\(path) is not a campaign file"
    case .newerVersion(let found, let supported):
      "the campaign has format \(found), this program reads up to \(supported): update it"
    case .damaged(let place): "the campaign file is damaged (\(place)): fetch or build it again"
    case .records(let count, let first):
      (["\(count) bad record\(count == 1 ? "" : "s"):"] + first.prefix(20).map(\.description))
        .joined(separator: "\n  ")
    case .model(let error): "the model failed: \(error)"
    }
  }
}
