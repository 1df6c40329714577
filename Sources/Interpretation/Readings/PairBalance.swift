import ArenaTypes

/// Chooses which decided pairs pick rounds may ask, so that nobody solves them from the texts alone.
///
/// All decided pairs start in play. While a guesser that sees only the texts is right too often, pairs
/// that it guesses are taken out of play, a few at a time, from units that have several before others.
/// They stay in the campaign as data.
struct PairBalance {
  /// What the regression may reach.
  ///
  /// The rule is 55 %; a margin keeps other guessers below it too.
  var regressionMax = 0.5
  /// What any single glance may reach.
  var glanceMax = 0.535
  /// The smallest share of the pairs that is kept whatever the guessers say.
  var keptShareMin = 0.5

  /// Where a pair lies in a list of units.
  struct Place {
    let unit: Int
    let pair: Int
  }

  /// Puts those of the decided pairs at `places` into play that the guessers leave.
  ///
  /// - Returns: How many are in play, and how many could be: those that are decided.
  func putIntoPlay(_ places: [Place], of units: inout [CampaignUnit]) -> (count: Int, of: Int) {
    var candidates: [Place] = []
    var texts: [TextGuesser.Pair] = []
    for place in places {
      let unit = units[place.unit]
      guard let guessed = unit.guesserPair(unit.pairs[place.pair]) else { continue }
      candidates.append(place)
      texts.append(guessed)
    }
    let kept = choose(texts)
    for position in kept {
      units[candidates[position].unit].pairs[candidates[position].pair].isInPlay = true
    }
    return (kept.count, candidates.count)
  }

  /// The positions of the pairs that stay in play.
  func choose(_ pairs: [TextGuesser.Pair]) -> Set<Int> {
    var kept = Array(pairs.indices)
    let least = Int(keptShareMin * Double(pairs.count))
    while kept.count > least {
      let current = kept.map { pairs[$0] }
      let margins = TextGuesser.margins(of: current, seed: 1)
      let regression = TextGuesser.accuracy(of: current).share
      let glance = worstGlance(current)
      if regression <= regressionMax, glance.share <= glanceMax { break }
      let surest =
        regression > regressionMax
        ? mostGuessable(current, margins: margins)
        : mostTelling(current, margins: margins, glance: glance)
      if surest.isEmpty { break }
      let removed = Set(surest.map { kept[$0] })
      kept.removeAll { removed.contains($0) }
    }
    return Set(kept)
  }

  private struct Glance {
    let index: Int
    let share: Double
    /// 1 where the better text has more of it, else -1.
    let direction: Double
  }

  private func worstGlance(_ pairs: [TextGuesser.Pair]) -> Glance {
    let looks = pairs.map { pair in
      zip(
        TextGuesser.glanceValues(of: pair.better), TextGuesser.glanceValues(of: pair.worse)
      ).map { $0 - $1 }
    }
    let glances = TextGuesser.glanceNames.indices.map { index -> Glance in
      let up = looks.reduce(0.0) { $0 + ($1[index] > 0 ? 1 : $1[index] < 0 ? 0 : 0.5) }
      let share = up / Double(max(1, pairs.count))
      return Glance(index: index, share: max(share, 1 - share), direction: share >= 0.5 ? 1 : -1)
    }
    return glances.max { $0.share < $1.share } ?? Glance(index: 0, share: 0.5, direction: 1)
  }

  /// How many pairs are taken out before the guessers are asked again.
  private func stepCount(_ pairs: [TextGuesser.Pair]) -> Int { max(1, pairs.count / 50) }

  /// A unit's last pair is worth keeping; this much surer a guesser must be of it.
  private func reluctance(_ pairs: [TextGuesser.Pair]) -> [Double] {
    var perUnit: [UnitID: Int] = [:]
    for pair in pairs { perUnit[pair.unit, default: 0] += 1 }
    return pairs.map { perUnit[$0.unit] == 1 ? 1.5 : 0 }
  }

  /// The pairs that the regression is surest and right about.
  private func mostGuessable(_ pairs: [TextGuesser.Pair], margins: [Double]) -> [Int] {
    let reluctance = reluctance(pairs)
    let ranked = pairs.indices.filter { margins[$0] > 0 }.sorted {
      (margins[$0] - reluctance[$0], $1) > (margins[$1] - reluctance[$1], $0)
    }
    return Array(ranked.prefix(stepCount(pairs)))
  }

  /// The pairs that a glance gets right; first those that the regression gets wrong, so that it
  /// comes nearer to a coin too.
  private func mostTelling(
    _ pairs: [TextGuesser.Pair], margins: [Double], glance: Glance
  ) -> [Int] {
    let reluctance = reluctance(pairs)
    let telling = pairs.indices.filter { index in
      let difference =
        TextGuesser.glanceValues(of: pairs[index].better)[glance.index]
        - TextGuesser.glanceValues(of: pairs[index].worse)[glance.index]
      return difference * glance.direction > 0
    }
    let ranked = telling.sorted {
      (margins[$0] + reluctance[$0], $0) < (margins[$1] + reluctance[$1], $1)
    }
    return Array(ranked.prefix(stepCount(pairs)))
  }
}
