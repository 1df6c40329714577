import ArenaTypes
import FoundationEssentials
import Testing

@testable import Interpretation

/// What the shipped campaign promises.
@Suite struct ShippedCampaignTests {
  private func campaign() throws -> Campaign { try #require(RealModels.campaign) }

  @Test func `it has three hundred units from ten layers or more`() throws {
    let campaign = try campaign()
    #expect(campaign.units.count >= 300)
    #expect(Set(campaign.units.compactMap { $0.id.parts?.layer }).count >= 3)
    #expect(campaign.info.tokenCount >= 200_000)
    #expect(campaign.info.modelDigest == InterpretationModels.subjectFile.digest)
  }

  @Test func `it lies in the repository in ten megabytes or less`() throws {
    let folder = Repository.path("Sources/neuronarena/Campaigns")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    let size = names.reduce(0) { sum, name in
      let contents = FileManager.default.contents(atPath: "\(folder)/\(name)")
      return sum + (contents?.count ?? 0)
    }
    #expect(size > 1_000_000)
    #expect(size <= 10_000_000)
  }

  @Test func `none of its units is reserved`() throws {
    struct Reserved: Decodable { let units: [[Int]] }
    let path = Repository.path("Sources/neuronarena/Campaigns/reserved-units.json")
    let data = try #require(FileManager.default.contents(atPath: path))
    let reserved = Set(try JSONDecoder().decode(Reserved.self, from: data).units)
    #expect(reserved.count > 100)
    for unit in try campaign().units {
      let parts = try #require(unit.id.parts)
      #expect(!reserved.contains([parts.layer, parts.index]), "\(unit.id)")
    }
  }

  @Test func `every unit has full pools that share no text`() throws {
    for unit in try campaign().units { try PoolRules.check(unit) }
  }

  @Test func `every source has a licence, and none fills a third`() throws {
    let info = try campaign().info
    #expect(info.sources.count >= 5)
    for source in info.sources {
      #expect(!source.licence.isEmpty && source.licence != "not stated")
      #expect(source.tokenCount * 3 < info.tokenCount, "\(source.title)")
    }
  }

  @Test func `every unit has three explanations, a scored one and a pair decided blind`() throws {
    for unit in try campaign().units {
      #expect(unit.explanations.count >= 3, "\(unit.id)")
      #expect(unit.explanations.contains { $0.role == .intended })
      #expect(unit.explanations.contains { $0.role == .machine })
      #expect(unit.explanations.allSatisfy { $0.score?.scorer == "judge/3" })
      let decided = unit.pairs.filter { $0.better != nil }
      #expect(!decided.isEmpty, "\(unit.id)")
      for pair in decided {
        let verdicts = pair.verdicts
        #expect(Set(verdicts.map(\.reader)).count >= 2)
        #expect(BlindRatings.decision(verdicts) == (pair.better == pair.a ? .a : .b))
      }
    }
  }

  @Test func `who sees only the two texts guesses no better than 55 in 100`() throws {
    let pairs = try campaign().pairsInPlay
    #expect(pairs.count >= 1_000)
    #expect(TextGuesser.accuracy(of: pairs).share <= 0.55)
    for glance in TextGuesser.glances(pairs) { #expect(glance.share <= 0.55, "\(glance.name)") }
  }
}
