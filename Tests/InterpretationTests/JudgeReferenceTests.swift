import FoundationEssentials
import Testing
import TransformerEngine

@testable import Interpretation

/// The judge beside PyTorch's: words, features, pieces and logits of `Tests/Training/judge` with an
/// adapter of random numbers (`Fixtures/judge`, made by `Tests/Training/judge/random_fixture.py`).
@Suite(.enabled(if: RealModels.shared != nil, "needs the models: make models"))
struct JudgeReferenceTests {
  private struct Reference: Decodable {
    struct Case: Decodable {
      let explanation: String
      let tokens: [String]
      let center: Int
      let window: [Int]
      let pieces: [Int]
      let explanationIDs: [Int32]
      let explanationFeatures: [[Int]]
      let ids: [Int32]
      let features: [[Int]]
      let matches: [[Int]]
      let places: [Int]
      let logits: [Float]
    }
    let piecesBefore: Int
    let piecesAfter: Int
    let tables: [Int32]
    let cases: [Case]
  }

  private static let folder = Repository.path("Tests/InterpretationTests/Fixtures/judge")
  private static let reference = Result {
    try JSONDecoder().decode(
      Reference.self,
      from: Data(contentsOf: URL(filePath: folder + "/judge-tiny.json")))
  }

  private func judge() throws -> Judge {
    let base = try #require(RealModels.shared).embedder.encoder
    let reference = try Self.reference.get()
    let file = try SafetensorsFile(path: Self.folder + "/judge-tiny.safetensors")
    return Judge(
      encoder: try CrossEncoder(base: base, adapter: file, layersApart: 3),
      configuration: Judge.Configuration(
        tables: reference.tables, piecesBefore: reference.piecesBefore,
        piecesAfter: reference.piecesAfter))
  }

  @Test func `words, pieces and features are those that the judge was trained with`() throws {
    let judge = try judge()
    for reference in try Self.reference.get().cases {
      let text = JudgeText(reference.explanation, tokenizer: judge.encoder.base.tokenizer)
      #expect(text.pieces.map(\.token) == reference.explanationIDs, "\(reference.explanation)")
      #expect(text.rows == reference.explanationFeatures, "\(reference.explanation)")
      let window = try #require(judge.window(of: reference.tokens, around: reference.center))
      #expect([window.tokens.lowerBound, window.tokens.upperBound] == reference.window)
      #expect([window.pieces.lowerBound, window.pieces.upperBound] == reference.pieces)
      let excerpt = window.excerpt
      #expect(excerpt.text.pieces[window.pieces].map(\.token) == reference.ids)
      #expect(Array(excerpt.text.rows[window.pieces]) == reference.features)
      #expect(excerpt.places[window.tokens].map(\.rawValue) == reference.places)
      let rows = Judge.rows(of: window, named: JudgeNaming(reference.explanation))
      #expect(
        rows.map { Array($0.suffix(3)) } == reference.matches, "\(reference.explanation)")
    }
  }

  @Test func `logits are PyTorch's`() throws {
    let judge = try judge()
    for reference in try Self.reference.get().cases {
      let window = try #require(judge.window(of: reference.tokens, around: reference.center))
      // Beside another window, which changes nothing.
      let other = try #require(judge.window(of: ["another", " text"], around: 0))
      let read = try judge.read([other, window])
      let questions = try judge.questions([reference.explanation])
      let logits = try #require(try judge.logits(of: questions, on: read).last)
      #expect(logits.count == reference.logits.count)
      let worst = zip(logits, reference.logits).map { abs($0 - $1) }.max() ?? 0
      #expect(worst < 1e-3, "\(worst) off: \(reference.explanation)")
    }
  }
}
