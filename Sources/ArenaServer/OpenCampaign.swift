public import Interpretation

/// A campaign that a server opens, with what its texts are scored and tried with.
public struct OpenCampaign: Sendable {
  /// The campaign.
  public let campaign: Campaign
  /// Whether its answers are public, so that nothing in it is rated.
  public let isPractice: Bool
  let scorer: any Scorer
  let settler: (any Scorer)?
  let probe: any ActivationProbe

  /// A campaign of these parts; without a `settler`, which scores on the second sealed half, contests
  /// are settled on their first scores.
  public init(
    _ campaign: Campaign, isPractice: Bool, scorer: any Scorer, settler: (any Scorer)? = nil,
    probe: any ActivationProbe
  ) {
    self.campaign = campaign
    self.isPractice = isPractice
    self.scorer = scorer
    self.settler = settler
    self.probe = probe
  }
}
