import ArenaTypes

extension Campaign {
  /// The same campaign with gold units beside its own, under names as its own units have.
  ///
  /// A unit's and an excerpt's name are all that a client learns of where they come from before the
  /// reveal; explanations' names never leave the server. New names follow from the campaign's seed and the old ones, so that journals find them
  /// again after a restart.
  public func adding(gold: Campaign) -> Campaign {
    guard !units.isEmpty else { return self }
    var taken = Set(units.map(\.id))
    var offsets: [Int: Int] = [:]
    let renamed = gold.units.map { unit -> CampaignUnit in
      var generator = SeededGenerator(seed: info.seed).forked(for: unit.id.rawValue)
      let id = unusedName(taken: &taken, using: &generator)
      // Excerpts are numbered on from those of a unit of the campaign.
      let place = Int(generator.next() % UInt64(units.count))
      let first = offsets[place] ?? 0
      offsets[place] = first + max(unit.clues.count, unit.reveals.count)
      return unit.renamed(id, as: units[place], place: place, from: first)
    }
    return Campaign(
      info: info, contentHash: contentHash, units: units, baseline: baseline,
      goldUnits: goldUnits + renamed)
  }

  /// A name that a unit of the campaign's model could have and none has.
  private func unusedName(
    taken: inout Set<UnitID>, using generator: inout SeededGenerator
  ) -> UnitID {
    var indexMax: [String: Int] = [:]
    for parts in units.compactMap(\.id.parts) {
      indexMax[parts.kind.rawValue] = max(indexMax[parts.kind.rawValue] ?? 0, parts.index)
    }
    var attempt = 0
    while true {
      attempt += 1
      let like = units[Int(generator.next() % UInt64(units.count))].id.parts
      let (layer, kind) = (like?.layer ?? 0, like?.kind ?? .mlp)
      // A campaign that names all there are gets names behind these.
      let bound = (indexMax[kind.rawValue] ?? 0) + 1 + attempt / 64
      let id = UnitID(
        model: like?.model ?? info.model, layer: layer, kind: kind,
        index: Int(generator.next() % UInt64(bound)))
      if taken.insert(id).inserted { return id }
    }
  }
}

extension CampaignUnit {
  /// The unit under another name, its excerpts numbered on behind those of `other`.
  fileprivate func renamed(
    _ id: UnitID, as other: CampaignUnit, place: Int, from first: Int
  ) -> CampaignUnit {
    func named(_ excerpt: Excerpt, _ pool: String, _ number: Int) -> Excerpt {
      excerpt.renamed("u\(place)\(pool)\(number)")
    }
    func named(_ id: ExplanationID) -> ExplanationID {
      ExplanationID(rawValue: "gold/\(id.rawValue)")
    }
    return CampaignUnit(
      id: id, polarity: polarity, rest: rest, density: density, top20MeanPeak: top20MeanPeak,
      isLexical: isLexical,
      clues: clues.enumerated().map {
        ClueExcerpt(named($1.excerpt, "c", other.clues.count + first + $0))
      }, heldOut: [],
      reveals: reveals.enumerated().map {
        RevealExcerpt(named($1.excerpt, "r", other.reveals.count + first + $0))
      }, peakWords: peakWords, promoted: promoted, suppressed: suppressed, neighbours: neighbours,
      explanations: explanations.map { explanation in
        CampaignExplanation(
          explanation: Explanation(
            id: named(explanation.explanation.id), unit: id,
            text: explanation.explanation.text,
            author: explanation.explanation.author), role: explanation.role,
          score: explanation.score)
      },
      pairs: pairs.map { pair in
        ReadPair(
          a: named(pair.a), b: named(pair.b), verdicts: pair.verdicts,
          better: pair.better.map(named), isInPlay: pair.isInPlay)
      }, scoring: scoring)
  }
}
