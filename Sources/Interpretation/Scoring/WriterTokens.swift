import ArenaTypes

/// Tells which tokens of the model that writes stand for the tokens of a campaign's excerpts.
///
/// A campaign of that very model has them itself. For any other one, a token stands for the first of
/// those that its text is encoded to: the vocabularies of byte-level BPE have most words in common.
struct WriterTokens: Sendable {
  /// No token.
  static let unknown: Int32 = -1
  /// The campaign's tokens are the writer's.
  static let own = WriterTokens(matches: nil)

  private let matches: [Int32: Int32]?

  private init(matches: [Int32: Int32]?) { self.matches = matches }

  /// The writer's own tokens where the campaign is of that very model file, else matched ones.
  static func matching(_ campaign: Campaign, writer: any SubjectModel) throws(InterpretationError)
    -> WriterTokens
  {
    campaign.info.modelDigest == writer.digest
      ? .own : try WriterTokens(of: campaign, writer: writer)
  }

  /// Matches every token of the campaign's excerpts.
  init(of campaign: Campaign, writer: any SubjectModel) throws(InterpretationError) {
    var matches: [Int32: Int32] = [:]
    for unit in campaign.units {
      let excerpts =
        unit.clues.map(\.excerpt) + unit.heldOut.map(\.excerpt) + unit.reveals.map(\.excerpt)
      for excerpt in excerpts {
        for (id, text) in zip(excerpt.tokenIDs, excerpt.tokens) where matches[id] == nil {
          matches[id] = try writer.tokenIDs(of: text).first ?? Self.unknown
        }
      }
    }
    self.matches = matches
  }

  /// The writer's tokens for those of an excerpt, as many.
  func ids(of excerpt: Excerpt) -> [Int32] {
    guard let matches else { return excerpt.tokenIDs }
    return excerpt.tokenIDs.map { matches[$0] ?? Self.unknown }
  }
}
