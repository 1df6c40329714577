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
    guard let known = campaign.unit(unit) else { throw .unknownUnit(unit) }
    let tokenIDs = try subject.tokenIDs(of: text)
    if tokenIDs.isEmpty { throw .emptyText }
    if tokenIDs.count > tokenCountMax {
      throw .tooManyTokens(count: tokenIDs.count, max: tokenCountMax)
    }
    return ProbedText(
      tokens: subject.pieces(of: tokenIDs), tokenIDs: tokenIDs,
      activations: try subject.activations(of: unit, on: tokenIDs).map { known.firing($0) })
  }
}
