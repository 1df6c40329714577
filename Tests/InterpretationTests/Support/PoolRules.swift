import ArenaTypes
import Interpretation
import Testing

/// What game.md asks of a unit's pools.
enum PoolRules {
  static func check(_ unit: CampaignUnit) throws {
    #expect(unit.clues.count >= 12)
    #expect(unit.heldOut.count >= 24)
    #expect(unit.reveals.count >= 6)
    for settles in [false, true] {
      let half = unit.heldOut.filter { $0.settlesContests == settles }.map(\.excerpt.kind)
      let counts = Excerpt.Kind.allCases.map { kind in half.count { $0 == kind } }
      #expect(Set(counts).count == 1, "the halves hold each kind in equal parts: \(counts)")
    }
    let clues = unit.clues.map(\.excerpt)
    let heldOut = unit.heldOut.map(\.excerpt)
    let reveals = unit.reveals.map(\.excerpt)
    #expect(clues.contains { $0.kind == .top })
    #expect(clues.contains { $0.kind == .quantile })
    #expect(clues.contains { ($0.activations.max() ?? 9) < 0.2 * unit.top20MeanPeak })
    for reveal in reveals {
      let peak = reveal.activations.max() ?? 0
      #expect(peak > 0 && reveal.activations.contains { $0 >= peak / 2 })
    }
    let all = clues + heldOut + reveals
    #expect(Set(all.map(\.id)).count == all.count)
    var seen: Set<[Int32]> = []
    for excerpt in all {
      #expect(excerpt.tokens.count == excerpt.activations.count)
      #expect(excerpt.tokens.count <= Excerpt.tokenCountMax)
      let runs = Set(sixteens(of: excerpt.tokenIDs))
      #expect(seen.isDisjoint(with: runs), "\(unit.id): two excerpts share sixteen tokens")
      seen.formUnion(runs)
    }
  }

  private static func sixteens(of tokens: [Int32]) -> [[Int32]] {
    guard tokens.count >= 16 else { return [tokens] }
    return (0...(tokens.count - 16)).map { Array(tokens[$0..<($0 + 16)]) }
  }
}
