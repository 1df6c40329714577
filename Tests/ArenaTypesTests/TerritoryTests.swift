import ArenaTypes
import FoundationEssentials
import Testing

@Suite struct TerritoryTests {
  @Test(
    "a country or a region of one is read and written as itself",
    arguments: ["DE", "DE-BY", "GB-ENG", "US-CA", "FR-01", "AT-9", "MX-CMX", "ZW"])
  func reads(text: String) throws {
    let territory = try #require(Territory(text))
    #expect(territory.description == text)
    #expect(Territory(number: territory.number) == territory)
    #expect(territory.isRegion == text.contains("-"))
    #expect(territory.country.description == String(text.prefix(2)))
    #expect(territory.andCountry.last == territory)
    let coded = try JSONDecoder().decode(
      [Territory].self, from: try JSONEncoder().encode([territory]))
    #expect(coded == [territory])
  }

  @Test(
    "anything else is not",
    arguments: [
      "", "-", "D", "de", "ZZ", "DEU", "DE-", "-BY", "DE-by", "DE-ABCD", "DE-B Y", "DE-BY-1",
      "DE_BY",
      "D\u{C9}", "\u{0}\u{0}", "DE-\u{0}", String(repeating: "DE", count: 1_000),
    ])
  func refuses(text: String) { #expect(Territory(text) == nil) }

  @Test("all countries and all their regions are different numbers, in the order of their texts")
  func order() {
    let texts = Territory.countryCodes.flatMap { [$0, "\($0)-1", "\($0)-AB", "\($0)-ZZZ"] }
    let territories = texts.compactMap { Territory($0) }
    #expect(Set(territories.map(\.number)).count == 4 * 249)
    #expect(territories.sorted().map(\.description) == texts.sorted())
    #expect(MemoryLayout<Territory>.size == 4)
  }
}
