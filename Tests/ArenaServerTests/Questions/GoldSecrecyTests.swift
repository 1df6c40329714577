import ArenaProtocol
import ArenaRules
import ArenaStorage
import ArenaTestSupport
import ArenaTypes
import Interpretation
import Testing

@testable import ArenaServer

@Suite("Gold questions look like all others until they are revealed")
struct GoldSecrecyTests {
  private static let campaign = ScriptedCampaign.make(unitCount: 40)
    .adding(gold: ScriptedCampaign.make(unitCount: 30, seed: 9))

  @Test("A gold unit has a name that a unit of the campaign could have, and none has")
  func names() {
    let campaign = Self.campaign
    #expect(campaign.units.count == 40 && campaign.goldUnits.count == 30)
    let own = Set(campaign.units.map(\.id))
    let indices = campaign.units.compactMap(\.id.parts?.index)
    var seen: Set<UnitID> = []
    for unit in campaign.goldUnits {
      #expect(!own.contains(unit.id) && seen.insert(unit.id).inserted)
      #expect(unit.id.parts?.model == "scripted")
      #expect((0...2).contains(unit.id.parts?.layer ?? 9))
      #expect(campaign.unit(unit.id) != nil && campaign.index(of: unit.id) == nil)
      #expect(campaign.isMade(unit.id) && !campaign.isMade(campaign.units[0].id))
    }
    #expect((indices.max() ?? 0) < 200)
    let excerpts = (campaign.units + campaign.goldUnits).flatMap { unit in
      unit.clues.map(\.excerpt.id) + unit.reveals.map(\.excerpt.id)
    }
    #expect(Set(excerpts).count == excerpts.count, "no excerpt takes another's place")
    #expect(excerpts.allSatisfy { campaign.excerpt($0) != nil })
    // The same after a restart: journals name units and excerpts.
    let again = ScriptedCampaign.make(unitCount: 40)
      .adding(gold: ScriptedCampaign.make(unitCount: 30, seed: 9))
    #expect(again.goldUnits.map(\.id) == campaign.goldUnits.map(\.id))
  }

  /// The names of all fields of a value, with their places.
  private func shape(_ value: JSONValue, _ place: String = "") -> Set<String> {
    switch value {
    case .object(let fields):
      fields.members.reduce(into: []) { $0.formUnion(shape($1.value, "\(place).\($1.key)")) }
    case .array(let elements):
      elements.reduce(into: ["\(place)[]"]) { $0.formUnion(shape($1, "\(place)[]")) }
    case .null: ["\(place): null"]
    default: [place]
    }
  }

  @Test("Whatever is sent before the reveal is the same in a gold round but for what is asked")
  func frames() async throws {
    var shapes: [Double: [String: Set<String>]] = [:]
    var counts: [Double: Int] = [:]
    for share in [0.0, 1.0] {
      let server = try await SimulatedServer(campaign: Self.campaign) { $0.goldShare = share }
      let (ada, bob) = (try server.join("Ada"), try server.join("Bob"))
      let watcher = try server.join("Eve")
      let duel = try ada.meet(bob, in: .pick)
      try watcher.follow(.duel(duel))
      server.advance(by: .seconds(3))
      let round = try ada.round(1)
      try ada.answer(.pick(.a), in: duel, round: 1)
      server.advance(by: .seconds(1))
      let before = (ada.received + bob.received + watcher.received)
      try bob.answer(.pick(.a), in: duel, round: 1)
      let reveal = try ada.reveal(1)
      for text in before {
        #expect(!text.lowercased().contains("gold") && !text.contains("construction"))
      }
      let unit = UnitID(rawValue: try round.text("unit", "id"))
      let basis = try reveal.text("basis")
      #expect(Self.campaign.isMade(unit) || share == 0 || basis == "readers")
      shapes[share] = ["round": shape(round)]
      counts[share] = try round.at("clues").array?.count
    }
    #expect(shapes[0]?["round"] == shapes[1]?["round"])
    #expect(counts[0] == counts[1])
  }

  @Test("At the reveal a gold question says what its answer stands on")
  func reveal() async throws {
    // No pair of the campaign's own is beyond doubt, so that gold units alone are asked about.
    let plain = ScriptedCampaign.make(unitCount: 40)
    let doubtful = plain.units.map { unit in
      var unit = unit
      unit.pairs = unit.pairs.map { pair in
        ReadPair(
          a: pair.a, b: pair.b, verdicts: Array(pair.verdicts.prefix(1)), better: pair.better,
          isInPlay: true)
      }
      return unit
    }
    let campaign = Campaign(
      info: plain.info, contentHash: plain.contentHash, units: doubtful, baseline: plain.baseline
    ).adding(gold: ScriptedCampaign.make(unitCount: 30, seed: 9))
    let server = try await SimulatedServer(campaign: campaign) { $0.goldShare = 1 }
    let (ada, bob) = (try server.join("Ada"), try server.join("Bob"))
    let duel = try ada.meet(bob, in: .pick)
    server.advance(by: .seconds(3))
    let unit = UnitID(rawValue: try ada.round(1).text("unit", "id"))
    #expect(campaign.isMade(unit))
    #expect(try ada.refusal(.unitGet(.init(unit: unit))) == .sealed)
    try ada.answer(.pick(.a), in: duel, round: 1)
    try bob.answer(.pick(.b), in: duel, round: 1)
    let reveal = try ada.reveal(1)
    #expect(try reveal.text("basis") == "construction")
    #expect(try reveal.text("explanations", "a", "text").isEmpty == false)
  }
}
