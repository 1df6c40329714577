import ArenaTypes
import FoundationEssentials
import Testing

@testable import Interpretation

/// `protocol/vectors/scoring.json`; its description tells how to run it.
struct ScoringVectors: Decodable {
  struct Text: Decodable {
    let text: String
    let rejection: String?
  }
  struct Copy: Decodable {
    let clue: [String]
    let text: String
    let copies: Bool
  }
  struct List: Decodable {
    let peakWords: [String]
    let text: String
    let list: Bool
  }
  struct Taboo: Decodable {
    let taboo: [String]
    let text: String
    let used: [String]
  }
  struct Same: Decodable {
    let a: ExplanationText
    let b: ExplanationText
    let same: Bool
  }
  struct Score: Decodable {
    let z: [Double]
    let score: Double
  }

  let texts: [Text]
  let copies: [Copy]
  let lists: [List]
  let taboo: [Taboo]
  let same: [Same]
  let scores: [Score]

  static func load() throws -> ScoringVectors {
    let path = Repository.path("protocol/vectors/scoring.json")
    let data = try #require(FileManager.default.contents(atPath: path))
    return try JSONDecoder().decode(ScoringVectors.self, from: data)
  }
}

/// Where this repository lies.
enum Repository {
  static func path(_ relative: String, file: String = #filePath) -> String {
    let root = file.split(separator: "/", omittingEmptySubsequences: false)
      .prefix { $0 != "Tests" }
    return root.joined(separator: "/") + "/" + relative
  }
}

@Suite struct ScoringVectorTests {
  private let checks = TextChecks()

  @Test func `every text is taken or refused as the vectors say`() throws {
    for vector in try ScoringVectors.load().texts {
      var rejection: String?
      do {
        _ = try ExplanationText(vector.text)
      } catch {
        rejection = "\(error)".split(separator: "(").first.map(String.init)
      }
      #expect(rejection == vector.rejection, "\(vector.text)")
    }
  }

  @Test func `copies, lists and taboo words are found as the vectors say`() throws {
    let vectors = try ScoringVectors.load()
    for vector in vectors.copies {
      let clue = ClueExcerpt(
        Excerpt(
          id: ExcerptID(rawValue: "c"), kind: .top, source: "",
          tokenIDs: vector.clue.map { _ in 0 }, tokens: vector.clue,
          activations: vector.clue.map { _ in 0 }, isExplicit: false))
      #expect(checks.copies(vector.text, from: [clue]) == vector.copies, "\(vector.text)")
    }
    for vector in vectors.lists {
      let text = try ExplanationText(vector.text)
      #expect(
        checks.isPeakWordList(text, peakWords: vector.peakWords) == vector.list, "\(text)")
    }
    for vector in vectors.taboo {
      #expect(checks.tabooWords(in: vector.text, taboo: vector.taboo) == vector.used)
    }
  }

  @Test func `texts are one after normalisation as the vectors say`() throws {
    for vector in try ScoringVectors.load().same {
      #expect((NormalisedText(vector.a) == NormalisedText(vector.b)) == vector.same, "\(vector.a)")
    }
  }

  @Test func `scores follow from z values as the vectors say`() throws {
    for vector in try ScoringVectors.load().scores {
      let z = SIMD3(vector.z[0], vector.z[1], vector.z[2])
      #expect(abs(FeatureScale.score(ofZ: z) - vector.score) <= 0.051, "\(vector.z)")
    }
  }
}
