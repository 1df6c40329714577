import ArenaTypes

/// Makes pairs of explanations that nobody has read, as far as the scorer may settle them.
///
/// Without readers a campaign has its machine explanations alone; where their scores lie far enough
/// apart, pick rounds can ask which is right. Such a pair has no verdicts.
struct SettledPairs {
  let agreement: PairAgreement

  /// Adds the pairs that the scorer may settle to units without a pair, and puts into play those that
  /// the guessers leave.
  func add(to units: inout [CampaignUnit]) {
    var made: [PairBalance.Place] = []
    for index in units.indices where units[index].pairs.isEmpty {
      units[index].pairs = pairs(of: units[index].explanations)
      made += units[index].pairs.indices.map { PairBalance.Place(unit: index, pair: $0) }
    }
    _ = PairBalance().putIntoPlay(made, of: &units)
  }

  private func pairs(of explanations: [CampaignExplanation]) -> [ReadPair] {
    explanations.indices.flatMap { first in
      explanations[(first + 1)...].compactMap { second -> ReadPair? in
        let one = explanations[first]
        guard let left = one.score, let right = second.score,
          let prefersFirst = agreement.prefersFirst(
            left, right, kind: PairAgreement.Kind(one.role, second.role))
        else { return nil }
        let ids = (one.explanation.id, second.explanation.id)
        return ReadPair(
          a: ids.0, b: ids.1, verdicts: [], better: prefersFirst ? ids.0 : ids.1, isInPlay: false)
      }
    }
  }
}
