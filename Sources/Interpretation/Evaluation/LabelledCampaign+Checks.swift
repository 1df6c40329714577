import ArenaTypes

/// Campaigns that are wrong on purpose: what a sound score must notice.
extension LabelledCampaign {
  /// Held-out excerpts dealt out anew among all units, each kind for itself.
  ///
  /// No explanation then has to do with its unit, and no measure may find that it has.
  func shuffled(seed: SeededGenerator) -> Campaign {
    var generator = seed.forked(for: "shuffled")
    var dealt = parts
    for kind in Excerpt.Kind.allCases {
      var hand = parts.flatMap { $0.filter { $0.excerpt.kind == kind } }
      hand.shuffle(using: &generator)
      for unit in dealt.indices {
        for index in dealt[unit].indices where dealt[unit][index].excerpt.kind == kind {
          dealt[unit][index] = hand.removeLast()
        }
      }
    }
    return replacing(parts: dealt)
  }

  /// Half of each unit's strongest excerpts exchanged for another unit's.
  ///
  /// The explanation then misses half of what the unit fires on: NeuronEval's missing labels.
  func withMissingLabels(seed: SeededGenerator) -> Campaign {
    var generator = seed.forked(for: "missing")
    var changed = parts
    for unit in parts.indices {
      let others = parts.indices.filter { $0 != unit }
      let other = others.randomElement(using: &generator) ?? unit
      let strange = parts[other].filter { $0.excerpt.kind == .top }.shuffled(using: &generator)
      for (index, part) in zip(half(of: unit, using: &generator), strange) {
        changed[unit][index] = part
      }
    }
    return replacing(parts: changed)
  }

  /// Half of each unit's strongest excerpts made silent.
  ///
  /// The explanation then names as much that leaves the unit silent as what fires it: NeuronEval's
  /// extra labels.
  func withExtraLabels(seed: SeededGenerator) -> Campaign {
    var generator = seed.forked(for: "extra")
    var changed = parts
    for unit in parts.indices {
      for index in half(of: unit, using: &generator) {
        let excerpt = parts[unit][index].excerpt
        changed[unit][index] = Part(
          excerpt: excerpt.renamed(
            excerpt.id.rawValue, kind: .nearMiss,
            activations: [Float](repeating: 0, count: excerpt.tokens.count)),
          windows: [])
      }
    }
    return replacing(parts: changed)
  }

  private func half(of unit: Int, using generator: inout SeededGenerator) -> [Int] {
    let strongest = parts[unit].indices.filter { parts[unit][$0].excerpt.kind == .top }
    return Array(strongest.shuffled(using: &generator).prefix(strongest.count / 2))
  }
}
