import ArenaTypes
import FoundationEssentials
import Testing

@testable import Interpretation

@Suite("Gold units")
struct GoldSetTests {
  private static let folder: String = {
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    return "/\(root)/Sources/neuronarena/Campaigns"
  }()
  private static let campaign = try? Campaign.load(from: "\(folder)/campaign.narena")
  private static let gold = try? Campaign.load(from: "\(folder)/gold.narena")

  @Test("The shipped ones are sixty at least, each with a pair in play and enough to show")
  func shipped() throws {
    let gold = try #require(Self.gold)
    #expect(gold.units.count >= 60)
    for unit in gold.units {
      let inPlay = unit.pairs.filter(\.isInPlay)
      #expect(!inPlay.isEmpty)
      #expect(unit.clues.count >= 11 && !unit.reveals.isEmpty)
      #expect(unit.heldOut.isEmpty)
      #expect(unit.pairs.allSatisfy { $0.better != nil && $0.verdicts.isEmpty })
    }
    let bytes = try #require(
      FileManager.default.contents(atPath: "\(Self.folder)/gold.narena"))
    #expect(bytes.count < 300_000)
  }

  @Test("They fire where their truth says, and stay silent in the texts of their rivals")
  func truth() throws {
    let gold = try #require(Self.gold)
    let rules = Dictionary(
      uniqueKeysWithValues: SyntheticRule.all.map { ($0.explanation, $0) })
    for unit in gold.units {
      let text = try #require(unit.explanations.first?.explanation.text.description)
      let rule = try #require(rules[text], "\(text)")
      for excerpt in unit.clues.map(\.excerpt) + unit.reveals.map(\.excerpt) {
        let items = SyntheticText(tokens: excerpt.tokens)
        let firing = items.items.indices.filter { rule.pattern.matches(items, $0) }
          .compactMap { items.items[$0].tokens.last }
        let peak = excerpt.activations.max() ?? 0
        if excerpt.kind == .random {
          #expect(firing.isEmpty && peak < 0.25 * unit.top20MeanPeak, "\(text)")
        } else {
          let peakFires = excerpt.peak.map { firing.contains($0) } ?? false
          #expect(peakFires, "\(text): \(excerpt.id)")
          let silent = excerpt.activations.indices.filter { index in
            !items.items.indices.contains {
              rule.pattern.matches(items, $0) && items.items[$0].tokens.contains(index)
            }
          }
          #expect(
            silent.allSatisfy { excerpt.activations[$0] < 0.25 * unit.top20MeanPeak }, "\(text)")
        }
      }
    }
  }

  @Test("No text of theirs is one that scores are made from")
  func heldOut() throws {
    let (campaign, gold) = (try #require(Self.campaign), try #require(Self.gold))
    let hidden = Set(campaign.units.flatMap(\.heldOut).map(\.excerpt.tokenIDs))
    let visible = Set(
      campaign.units.flatMap { $0.clues.map(\.excerpt) + $0.reveals.map(\.excerpt) }
        .map(\.tokenIDs))
    for excerpt in gold.units.flatMap({ $0.clues.map(\.excerpt) + $0.reveals.map(\.excerpt) }) {
      #expect(!hidden.contains(excerpt.tokenIDs) && visible.contains(excerpt.tokenIDs))
      #expect(!excerpt.isExplicit)
    }
  }

  @Test("Who sees only the two texts does hardly better than a coin")
  func unread() throws {
    let gold = try #require(Self.gold)
    #expect(TextGuesser.accuracy(of: gold.pairsInPlay).share <= 0.55)
  }

  @Test("Beside the campaign they have names and strengths as its own units have")
  func disguise() throws {
    let campaign = try #require(Self.campaign)
    let served = campaign.adding(gold: try #require(Self.gold))
    let own = Set(campaign.units.map(\.id))
    let layers = Set(campaign.units.compactMap(\.id.parts?.layer))
    let indexMax = campaign.units.compactMap(\.id.parts?.index).max() ?? 0
    let scales = campaign.units.map(\.top20MeanPeak)
    for unit in served.goldUnits {
      let parts = try #require(unit.id.parts)
      #expect(!own.contains(unit.id) && layers.contains(parts.layer))
      #expect(parts.index <= indexMax && parts.model == campaign.info.model)
      #expect(scales.contains(unit.top20MeanPeak))
      for excerpt in unit.clues.map(\.excerpt) {
        #expect(campaign.excerpt(excerpt.id) == nil && served.excerpt(excerpt.id) != nil)
        // Noise is everywhere, as in what a model does.
        #expect(Set(excerpt.activations).count > 2)
      }
    }
    let names = served.goldUnits.flatMap(\.explanations).map(\.explanation.id)
    #expect(Set(names).count == names.count)
    #expect(names.allSatisfy { served.explanation($0) != nil && campaign.explanation($0) == nil })
  }

  @Test("Making them twice gives the same, another seed something else")
  func seeds() throws {
    let campaign = ScriptedCampaign.make(unitCount: 30)
    func made(_ seed: UInt64) throws -> [CampaignUnit] {
      var maker = GoldSet(campaign, seed: seed)
      maker.rules = [
        .oneWord("storm", near: "rain", "rain snow", broad: "bad weather"),
        .oneWord("unheard", near: "of", "of", broad: "anything"),
      ]
      maker.counts.firingMin = 2
      maker.counts.topClues = 1
      maker.counts.quantileClues = 0
      maker.counts.nearMissMin = 1
      return try maker.make().campaign.units
    }
    let one = try made(1)
    #expect(one.count <= 1, "a word that no text has makes no unit")
    #expect(try made(1).map(\.clues) == one.map(\.clues))
  }
}
