import ArenaTypes

extension CampaignVerifier {
  /// What running units again has shown.
  public struct Rerun: Sendable {
    /// How many units were run.
    public var unitCount = 0
    /// How many excerpts of them.
    public var excerptCount = 0
    /// The largest error of an activation, as a share of the unit's usual peak.
    public var worstError: Float = 0
    /// What does not fit.
    public var findings: [Finding] = []
  }

  /// Half a step of the byte that an activation is stored in, as a share of the largest in its
  /// excerpt.
  private static let byteError: Float = 0.5 / 127
  /// What the model itself may differ by, as a share of the unit's usual peak: batches are summed in
  /// different orders.
  static let modelError: Float = 0.002

  /// Runs the texts of some units through the model and compares.
  ///
  /// - Parameters:
  ///   - count: How many units, drawn by `seed`.
  ///   - progress: Called with the units done and to do.
  /// - Throws: `InterpretationError` where the model fails.
  public func rerun(
    _ campaign: Campaign, on model: any SubjectModel, units count: Int, seed: UInt64,
    progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws(InterpretationError) -> Rerun {
    var result = Rerun()
    guard campaign.info.modelDigest == model.digest else {
      result.findings.append(
        Finding(place: "campaign", what: "was built with another model file than \(model.name)"))
      return result
    }
    var generator = SeededGenerator(seed: seed)
    let drawn = campaign.units.shuffled(using: &generator).prefix(count)
    for (index, unit) in drawn.enumerated() {
      try rerun(unit, on: model, into: &result)
      progress(index + 1, drawn.count)
    }
    return result
  }

  private func rerun(
    _ unit: CampaignUnit, on model: any SubjectModel, into result: inout Rerun
  ) throws(InterpretationError) {
    guard let parts = unit.id.parts else { return }
    guard let group = model.group(parts.kind, layer: parts.layer), parts.index < group.count else {
      return result.findings.append(
        Finding(place: "\(unit.id)", what: "does not exist in the model at hand"))
    }
    let excerpts = Self.excerpts(of: unit)
    for (pool, excerpt) in excerpts where model.pieces(of: excerpt.tokenIDs) != excerpt.tokens {
      result.findings.append(
        Finding(
          place: "\(unit.id) \(pool) \(excerpt.id)", what: "shows other text than its tokens say"))
    }
    var found = [[Float]](repeating: [], count: excerpts.count)
    let firing = unit.firing
    try model.captureActivations(of: excerpts.map(\.excerpt.tokenIDs), groups: [group]) {
      text, _, activations in
      found[text] = stride(from: parts.index, to: activations.count, by: group.count).map {
        firing(activations[$0])
      }
    }
    for ((pool, excerpt), activations) in zip(excerpts, found) {
      compare(excerpt, with: activations, of: unit, pool: pool, into: &result)
    }
    result.unitCount += 1
    result.excerptCount += excerpts.count
  }

  /// How far an activation may be from the stored one.
  private static func allowedError(_ excerpt: Excerpt, of unit: CampaignUnit) -> Float {
    let scale = excerpt.activations.reduce(0) { max($0, abs($1)) }
    return byteError * scale * 1.01 + modelError * unit.top20MeanPeak
  }

  /// Whether `activations`, as the model has them, are what the campaign has of the unit.
  static func fits(_ activations: [Float], _ excerpt: Excerpt, of unit: CampaignUnit) -> Bool {
    let (firing, allowed) = (unit.firing, allowedError(excerpt, of: unit))
    return activations.count == excerpt.activations.count
      && zip(excerpt.activations, activations).allSatisfy { abs($0 - firing($1)) <= allowed }
  }

  private func compare(
    _ excerpt: Excerpt, with activations: [Float], of unit: CampaignUnit, pool: String,
    into result: inout Rerun
  ) {
    let allowed = Self.allowedError(excerpt, of: unit)
    let place = "\(unit.id) \(pool) \(excerpt.id)"
    guard activations.count == excerpt.activations.count else {
      return result.findings.append(
        Finding(
          place: place,
          what: "has \(excerpt.activations.count) activations, not \(activations.count)"))
    }
    let errors = zip(excerpt.activations, activations).map { abs($0 - $1) }
    let worst = errors.max() ?? 0
    result.worstError = max(
      result.worstError, worst / max(unit.top20MeanPeak, .leastNormalMagnitude))
    guard worst > allowed || worst.isNaN, let token = errors.firstIndex(of: worst) else { return }
    result.findings.append(
      Finding(
        place: "\(place) token \(token)",
        what: "is stored as \(excerpt.activations[token]), the model says \(activations[token])"))
  }
}
