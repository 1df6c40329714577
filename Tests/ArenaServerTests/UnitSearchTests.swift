import ArenaProtocol
import ArenaTestSupport
import ArenaTypes
import Interpretation
import Testing

@testable import ArenaServer

/// A sentence model for which texts are alike that share words.
private struct WordEmbedder: SentenceEmbedder {
  let dimension = 64
  let failures = Locked(0)
  let textCount = Locked(0)

  func embed(_ texts: [String]) throws(InterpretationError) -> [[Float]] {
    let isBroken = failures.withLock { left in
      left -= 1
      return left >= 0
    }
    if isBroken { throw .engine("out of order") }
    textCount.withLock { $0 += texts.count }
    return texts.map { text in
      var vector = [Float](repeating: 0, count: dimension)
      for word in text.split(separator: " ") {
        vector[Int(word.utf8.reduce(UInt64(7)) { $0 &* 31 &+ UInt64($1) } % 64)] += 1
      }
      let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return length > 0 ? vector.map { $0 / length } : vector
    }
  }
}

@Suite("Finding units")
struct UnitSearchTests {
  private let campaign = ScriptedCampaign.make(unitCount: 60)

  @Test(
    "A token's word is the whole word around it, without what stands beside",
    arguments: [
      (1, "hailstorms"), (2, "hailstorms"), (3, ","), (4, "don't"), (5, "don't"), (6, "\u{201C}"),
      (7, "42nd"), (8, "42nd"), (0, "the"),
    ])
  func words(place: Int, word: String) {
    let tokens = [" The", " hail", "Storms", ",", " don", "'t", " \u{201C}", " 42", "nd"]
    #expect(FiringWords.word(at: place, in: tokens) == word)
  }

  /// The token that was found.
  private func finding(_ found: UnitSearch.Finding, in excerpt: Excerpt?) -> String {
    guard let token = found.token, let excerpt else { return "" }
    return excerpt.tokens[token]
  }

  @Test("Units are found by words on which they fire, and by how those begin")
  func byWord() {
    let search = UnitSearch(campaign, embedder: nil)
    let storms = search.byWord("Storm")
    #expect(!storms.isEmpty)
    for found in storms {
      let unit = campaign.unit(found.unit)
      #expect(unit?.peakWords.contains("storm") == true)
      let excerpt = found.excerpt.flatMap(campaign.excerpt)
      #expect(finding(found, in: excerpt).contains("storm"))
      #expect((0.05...1).contains(found.likeness))
    }
    #expect(storms.map(\.likeness) == storms.map(\.likeness).sorted(by: >))
    #expect(Set(search.byWord("sto").map(\.unit)) == Set(storms.map(\.unit)))
    #expect(Set(storms.map(\.unit)).isSubset(of: Set(search.byWord("storm, copper").map(\.unit))))
    #expect(!search.knowsMeanings && search.isComplete)
  }

  @Test(
    "What nobody fires on finds nothing, and harms nothing",
    arguments: [
      "", " ", "st", "the", "zzz", "\u{0}", "\u{202E}", "''", "e\u{301}",
      String(repeating: "a ", count: 100), String(repeating: "\u{1F600}", count: 200),
    ])
  func nothing(query: String) {
    #expect(UnitSearch(campaign, embedder: nil).byWord(query).isEmpty)
  }

  @Test("Units are found by what those explanations mean that are held for true")
  func byMeaning() throws {
    let embedder = WordEmbedder()
    let search = UnitSearch(campaign, embedder: embedder)
    #expect(!search.isComplete)
    let found = try search.byMeaning("words about music number 11")
    #expect(found.first?.unit == campaign.units.first { $0.id.parts?.index == 11 }?.id)
    #expect(found.map(\.likeness) == found.map(\.likeness).sorted(by: >))
    #expect(Set(found.map(\.unit)).count == found.count)
    for finding in found {
      let explanation = finding.explanation.flatMap(campaign.explanation)
      #expect(explanation?.role == .intended || explanation?.role == .machine)
    }
    #expect(search.isComplete)
    let count = embedder.textCount.withLock { $0 }
    _ = try search.byMeaning("rain")
    #expect(embedder.textCount.withLock { $0 } == count + 1)
  }

  @Test("A model that fails half-way leaves what is known, and the next search goes on")
  func failing() throws {
    let embedder = WordEmbedder()
    let search = UnitSearch(campaign, embedder: embedder)
    try search.grow()
    embedder.failures.withLock { $0 = 1 }
    #expect(throws: InterpretationError.self) { try search.byMeaning("music") }
    #expect(try !search.byMeaning("words about music number 11").isEmpty)
    #expect(search.isComplete)
  }

  @Test("A large campaign's meanings are learnt behind everything else, and the answer says so")
  func learning() async throws {
    let server = try await SimulatedServer(
      embedder: WordEmbedder(), campaign: ScriptedCampaign.make(unitCount: 400))
    let ada = try server.join("Ada")
    let query = ClientCommand.unitSearch(.init(query: "words about metals", by: .meaning))
    var answer = try ada.ask(query)
    #expect(try answer.at("complete") == .bool(false))
    for _ in 0..<200 where try answer.at("complete") == .bool(false) {
      server.advance(by: .seconds(2))
      answer = try ada.ask(query)
    }
    #expect(try answer.at("complete") == .bool(true))
    let hits = try #require(try answer.at("hits").array)
    #expect(hits.count == UnitSearch.hitCountMax)
    #expect(try hits[0].text("explanation", "text").contains("metals"))
    #expect(try hits[0].at("clue", "tokens").array?.isEmpty == false)
  }
}
