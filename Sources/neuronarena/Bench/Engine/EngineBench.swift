import Interpretation
import TransformerEngine

/// The loads of `bench engine`.
struct EngineBench {
  /// What the register-bound yardstick is called in figures.
  static let roofline = "roofline"
  /// Tokens of a long prompt, the sink included, as llama.cpp's own bench has.
  private static let promptTokenCount = 512
  /// Tokens of an excerpt.
  private static let excerptTokenCount = 24
  /// A text of twelve tokens, [CLS] and [SEP] included.
  static let shortText = "what a storm does to the sea and ships"

  let models: ModelsFolder
  let threads: EngineThreads
  let rounds: Int
  let yardstick: Yardstick
  let loaded: InterpretationModels

  init(models: ModelsFolder, threads: EngineThreads, rounds: Int) throws {
    self.models = models
    self.threads = threads
    self.rounds = rounds
    loaded = try models.load(threads: threads)
    yardstick = Yardstick(threads)
  }

  private var model: LanguageModel { loaded.subject.model }

  /// The median of some measurements of the processor's peak.
  func peak() -> Double {
    BenchReport.median((0..<rounds).map { _ in yardstick.operationsPerSecond() })
  }

  /// The median of some measurements of the memory's speed.
  func readRate() -> Double {
    BenchReport.median((0..<rounds).map { _ in yardstick.bytesPerSecond() })
  }

  /// Measures one kind of load, and reports each figure as soon as it is there.
  func measure(
    _ load: BenchEngineCommand.Load, report: (Comparison.Figure) -> Void
  ) throws {
    switch load {
    case .all: break
    case .products: for figure in products() { report(figure) }
    case .prompt: report(prompt())
    case .arithmetic: for figure in try arithmetics() { report(figure) }
    case .excerpt: report(excerpt())
    case .embed:
      report(embedAlone())
      report(embedTogether())
    case .corpus: report(try corpus())
    case .start: for figure in start() { report(figure) }
    }
  }

  /// What our own figure and the roofline's are, in turns.
  private func beside(
    _ figure: Comparison.Figure, roofline: @escaping (Double) -> Double,
    ours: @escaping () throws -> Double
  ) -> Comparison.Figure {
    Comparison.measure(
      figure,
      among: [
        .init(name: ComparedServer.ours, run: ours),
        .init(name: Self.roofline) { roofline(yardstick.operationsPerSecond()) },
      ], runs: rounds)
  }

  /// A prompt of 512 tokens, of which the last one's logits are wanted.
  private func prompt() -> Comparison.Figure {
    let work = operations(blocks: Double(model.configuration.layerCount))
    return beside(
      .init(load: "SmolLM2, prompt of \(Self.promptTokenCount)", unit: "tokens/s"),
      roofline: { $0 / work }, ours: { try promptRate(of: model) })
  }

  /// The same prompt in each arithmetic that is faster and less exact, beside single precision.
  private func arithmetics() throws -> [Comparison.Figure] {
    let named: [(EngineThreads.Arithmetic, String)] = [(.pairs, "bfloat16"), (.integers, "8 bits")]
    return try named.map { arithmetic, name in
      let other = try models.loadSubject(
        threads: EngineThreads(
          count: threads.count, niceValue: 0, instructionSet: threads.instructionSet,
          arithmetic: arithmetic)
      ).model
      return Comparison.measure(
        .init(
          load: "SmolLM2 in \(name), prompt of \(Self.promptTokenCount)", unit: "tokens/s",
          floors: ["floats": 1.6]),
        among: [
          .init(name: ComparedServer.ours) { try promptRate(of: other) },
          .init(name: "floats") { try promptRate(of: model) },
        ], runs: rounds)
    }
  }

  /// Tokens a second of a prompt of 512.
  private func promptRate(of model: LanguageModel) throws -> Double {
    let tokens = Self.tokens(Self.promptTokenCount - 1)
    return Double(Self.promptTokenCount)
      / (try seconds { _ = try model.nextTokenLogProbabilities(after: [tokens], of: [0]) })
  }

  /// All neurons of the middle layer for a text of 24 tokens.
  private func excerpt() -> Comparison.Figure {
    let tokens = Self.tokens(Self.excerptTokenCount)
    let layer = model.configuration.layerCount / 2
    // The last block's output isn't needed: of its 13 thirteenths the last 3 are left out.
    let work = operations(blocks: Double(layer) + 0.75) * Double(Self.excerptTokenCount + 1)
    return beside(
      .init(
        load: "SmolLM2, neurons of layer \(layer) for \(Self.excerptTokenCount) tokens",
        unit: "ms", boundOfOurs: 12),
      roofline: { 1_000 * work / $0 },
      ours: {
        1_000 * (try seconds { _ = try model.mlpActivations(of: [tokens], layers: [layer]) })
      })
  }

  private func embedAlone() -> Comparison.Figure {
    let work = Self.operationsPerMiniLMToken * 12
    return beside(
      .init(load: "MiniLM, 12 tokens alone", unit: "ms", boundOfOurs: 3),
      roofline: { 1_000 * work / $0 },
      ours: { 1_000 * (try seconds { _ = try loaded.embedder.embed([Self.shortText]) }) })
  }

  private func embedTogether() -> Comparison.Figure {
    let texts = (0..<128).map { "\(Self.shortText) and those who sail on it, number \($0 % 10)" }
    // Twelve, " and those who sail on it ," and " number n".
    let tokens = 20.0 * Double(texts.count)
    return beside(
      .init(load: "MiniLM, \(texts.count) texts of 20 tokens together", unit: "tokens/s"),
      roofline: { $0 / Self.operationsPerMiniLMToken },
      ours: { tokens / (try seconds { _ = try loaded.embedder.embed(texts) }) })
  }

  /// Float operations that the matrices of so many of SmolLM2's blocks cost a token; attention is
  /// left out.
  private func operations(blocks: Double) -> Double {
    let sizes = model.configuration
    let keys = sizes.keyValueHeadCount * sizes.headSize
    let weights = sizes.hiddenSize * (2 * sizes.hiddenSize + 2 * keys + 3 * sizes.feedForwardSize)
    return 2 * blocks * Double(weights)
  }

  /// Six blocks: four matrices of 384 x 384 and two of 384 x 1,536.
  private static let operationsPerMiniLMToken = 2.0 * 6 * Double(4 * 384 * 384 + 2 * 384 * 1_536)

  /// Tokens from all over the vocabulary.
  static func tokens(_ count: Int, number: Int = 0) -> [Int32] {
    (0..<count).map { Int32((number * 577 + $0 * 131) % 40_000 + 200) }
  }
}
