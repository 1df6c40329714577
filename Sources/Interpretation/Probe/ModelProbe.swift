public import ArenaTypes

/// Reads units' activations on any text from the model itself.
public struct ModelProbe: ActivationProbe {
  private let campaign: Campaign
  private let subject: LanguageSubject

  /// A probe for the units of `campaign`.
  ///
  /// What the campaign's first unit of each dictionary does on its first clue is computed anew, since two
  /// dictionaries may have one name: some 10 ms each.
  ///
  /// - Throws: `engine` where the campaign was built for another model or another dictionary;
  ///   `unknownUnit` where a dictionary or a set of directions is not at hand.
  public init(campaign: Campaign, subject: LanguageSubject) throws(InterpretationError) {
    guard campaign.info.modelDigest == subject.digest else {
      throw .engine("the campaign was built for another model file")
    }
    self.campaign = campaign
    self.subject = subject
    var seen: Set<Home> = []
    for unit in campaign.units {
      guard let parts = unit.id.parts else { throw .unknownUnit(unit.id) }
      _ = try subject.unit(unit.id)
      guard parts.kind.collection != nil,
        seen.insert(Home(kind: parts.kind, layer: parts.layer)).inserted,
        let clue = unit.clues.first?.excerpt
      else { continue }
      let found = try subject.activations(of: unit.id, on: clue.tokenIDs)
      guard CampaignVerifier.fits(found, clue, of: unit) else {
        throw .engine("\(parts.kind.rawValue) is not the one that the campaign was built with")
      }
    }
  }

  /// What units are named by, beside the model.
  private struct Home: Hashable {
    let kind: UnitKind
    let layer: Int
  }

  /// The unit's activations on `text`, multiplied by the unit's polarity and above its rest; some 20 ms.
  public func activations(of text: String, unit: UnitID, tokenCountMax: Int)
    throws(InterpretationError) -> ProbedText
  {
    let firing = try firing(of: unit)
    let tokenIDs = try tokenIDs(of: text, countMax: tokenCountMax)
    return ProbedText(
      tokens: subject.pieces(of: tokenIDs), tokenIDs: tokenIDs,
      activations: try subject.activations(of: unit, on: tokenIDs).map { firing($0) })
  }

  /// The text in pieces of some tokens; some 15 ms each.
  public func reading(of text: String, unit: UnitID, tokenCountMax: Int)
    throws(InterpretationError) -> any TextReading
  {
    let firing = try firing(of: unit)
    return ModelReading(
      try tokenIDs(of: text, countMax: tokenCountMax), unit: try subject.unit(unit),
      firing: firing, subject: subject)
  }

  /// What earlier tokens add, in pieces of one pass each; n tokens are n * n / 2 rows.
  public func attribution(of text: String, unit: UnitID, at token: Int, tokenCountMax: Int)
    throws(InterpretationError) -> any TextReading
  {
    let firing = try firing(of: unit)
    return try ModelAttribution(
      try tokenIDs(of: text, countMax: tokenCountMax), at: token, unit: try subject.unit(unit),
      firing: firing, subject: subject)
  }

  private func firing(of unit: UnitID) throws(InterpretationError) -> Firing {
    guard let known = campaign.unit(unit) else { throw .unknownUnit(unit) }
    return known.firing
  }

  private func tokenIDs(of text: String, countMax: Int) throws(InterpretationError) -> [Int32] {
    let tokenIDs = try subject.tokenIDs(of: text)
    if tokenIDs.isEmpty { throw .emptyText }
    if tokenIDs.count > countMax { throw .tooManyTokens(count: tokenIDs.count, max: countMax) }
    return tokenIDs
  }
}
