import ArenaTypes
import Testing

@testable import TransformerEngine

/// Files with flipped bytes: refused with an error, or run as what they have become.
@Suite struct DamagedModelTests {
  private static let seed: UInt64 = 0xDA_4A6E

  /// Damages `whole` mostly before `headerEnd`, where the dangerous numbers are.
  private func damaged(
    _ whole: [UInt8], headerEnd: Int, round: Int, _ generator: inout SeededGenerator
  ) -> [UInt8] {
    var bytes = whole
    if round % 16 == 15 {
      return Array(bytes[..<Int.random(in: 0..<bytes.count, using: &generator)])
    }
    for _ in 0..<Int.random(in: 1...4, using: &generator) {
      let end = round % 4 == 0 ? bytes.count : headerEnd
      bytes[Int.random(in: 0..<end, using: &generator)] = UInt8.random(
        in: 0...255, using: &generator)
    }
    return bytes
  }

  private func bytes(_ name: String) throws -> [UInt8] {
    try FileContents(path: Fixtures.path("models/\(name)")).withUnsafeBytes { Array($0) }
  }

  @Test(arguments: ["gpt2-blocks.gguf", "llama-blocks.gguf"])
  func `a decoder with flipped bytes is refused or still runs`(name: String) throws {
    let whole = try bytes(name)
    let threads = try EngineThreads(count: 1, niceValue: 0)
    var generator = SeededGenerator(seed: Self.seed)
    let headerEnd =
      try GGUFFile(FileContents(whole, name: name)).tensors.values
      .map(\.range.lowerBound).min() ?? 0
    var loaded = 0
    for round in 0..<250 {
      let changed = damaged(whole, headerEnd: headerEnd, round: round, &generator)
      guard let file = try? GGUFFile(FileContents(changed, name: name)),
        let model = try? LanguageModel(file: file, threads: threads)
      else { continue }
      loaded += 1
      let request = CaptureRequest(
        mlpLayers: [0], heads: [HeadIndex(layer: 0, head: 0)],
        patterns: [HeadIndex(layer: 0, head: 0)], nextTokenLogits: true)
      // The context may have become shorter than this text.
      guard let capture = try? model.capture(request, of: [[1, 2, 3]])[0] else { continue }
      #expect(
        capture.mlp[0]?.tokenCount == 3
          && capture.nextTokenLogits.count == model.configuration.vocabularySize,
        "seed \(Self.seed), round \(round)")
    }
    #expect(loaded > 0 && loaded < 250)
  }

  @Test func `an encoder with flipped bytes is refused or still runs`() throws {
    let whole = try bytes("bert/model.gguf")
    let threads = try EngineThreads(count: 1, niceValue: 0)
    let tokenizer = try WordPiece(
      vocabulary: FileContents(path: Fixtures.path("models/bert/vocab.txt")))
    var generator = SeededGenerator(seed: Self.seed)
    let headerEnd =
      try GGUFFile(FileContents(whole, name: "bert")).tensors.values
      .map(\.range.lowerBound).min() ?? 0
    var loaded = 0
    for round in 0..<250 {
      let changed = damaged(whole, headerEnd: headerEnd, round: round, &generator)
      guard let file = try? GGUFFile(FileContents(changed, name: "bert")),
        let encoder = try? SentenceEncoder(file: file, tokenizer: tokenizer, threads: threads)
      else { continue }
      loaded += 1
      #expect(encoder.embed(["a cab"])[0].count == 24, "seed \(Self.seed), round \(round)")
    }
    #expect(loaded > 0 && loaded < 250)
  }

  @Test func `a dictionary with flipped bytes is refused or has its shape`() throws {
    var writer = SafetensorsWriter()
    writer.add("W_enc", [6, 9], (0..<54).map { Float($0) / 54 })
    writer.add("b_enc", [9], (0..<9).map { Float($0) })
    writer.add("b_dec", [6], (0..<6).map { Float($0) })
    writer.add("threshold", [9], (0..<9).map { Float($0) })
    writer.add("W_dec", [9, 6], (0..<54).map { Float($0) / 54 })
    let whole = writer.fileBytes
    var generator = SeededGenerator(seed: Self.seed)
    let configuration = SparseDictionary.Configuration(
      layer: 0, site: .residual, activation: .jumpReLU)
    var loaded = 0
    for round in 0..<1_000 {
      let changed = damaged(whole, headerEnd: 400, round: round, &generator)
      guard let file = try? SafetensorsFile(FileContents(changed, name: "dictionary")),
        let dictionary = try? SparseDictionary(
          file: file, name: "x", configuration: configuration)
      else { continue }
      loaded += 1
      #expect(
        try dictionary.inputDirection(of: dictionary.featureCount - 1).count
          == dictionary.inputSize, "seed \(Self.seed), round \(round)")
    }
    #expect(loaded > 0 && loaded < 1_000)
  }
}
