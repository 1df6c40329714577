public import ArenaTypes

/// Reads units' activations on any text from the model itself.
public struct ModelProbe: ActivationProbe {
  private let campaign: Campaign
  private let subject: LanguageSubject

  /// A probe for the units of `campaign`.
  ///
  /// - Throws: `engine` where the campaign was built for another model.
  public init(campaign: Campaign, models: InterpretationModels) throws(InterpretationError) {
    guard campaign.info.modelDigest == models.subject.digest else {
      throw .engine("the campaign was built for another model file")
    }
    self.campaign = campaign
    subject = models.subject
  }

  /// The unit's activations on `text`, multiplied by the unit's polarity; some 20 ms.
  public func activations(of text: String, unit: UnitID, tokenCountMax: Int)
    throws(InterpretationError) -> ProbedText
  {
    guard let known = campaign.unit(unit) else { throw .unknownUnit(unit) }
    let tokenIDs = try subject.tokenIDs(of: text)
    if tokenIDs.isEmpty { throw .emptyText }
    if tokenIDs.count > tokenCountMax {
      throw .tooManyTokens(count: tokenIDs.count, max: tokenCountMax)
    }
    let sign = Float(known.polarity.rawValue)
    return ProbedText(
      tokens: subject.pieces(of: tokenIDs), tokenIDs: tokenIDs,
      activations: try subject.activations(of: unit, on: tokenIDs).map { $0 * sign })
  }
}
