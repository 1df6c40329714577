import Glibc
import Interpretation
import TransformerEngine

/// The engine beside llama.cpp and PyTorch: the same files, tokens and number of threads, in turns.
struct EngineComparison {
  /// What to compare with, as `.make/peers engine` leaves it.
  private static let folderName = "engine.work"
  /// Formats that llama.cpp may be faster in than in the file's own.
  private static let formats = ["f32", "f16", "bf16", "q8_0", "q4_0"]

  private let folder: String
  private let store: ModelStore
  private let runs: Int
  private let loaded: InterpretationModels
  private let threadCount: Int

  init(peerFolder: String, models: ModelsFolder, runs: Int) throws {
    folder = peerFolder + "/" + Self.folderName
    store = try ModelStore(folder: models.explicit)
    self.runs = runs
    let threads = try EngineThreads(niceValue: 0)
    threadCount = threads.count
    loaded = try models.load(threads: threads)
  }

  /// Measures everything, and reports each figure as soon as it is there.
  func measure(report: (Comparison.Figure) -> Void) {
    report(prompt())
    let encoders = [torch("minilm", ModelLock.embeddingModel, "f32")].compactMap { $0 }
    defer { for peer in encoders { peer.end() } }
    report(embed([EngineBench.shortText], "12 tokens alone", peers: encoders))
    let texts = (0..<128).map {
      "\(EngineBench.shortText) and those who sail on it, number \($0 % 10)"
    }
    report(embed(texts, "128 texts of 20 tokens", peers: encoders))
  }

  /// A prompt of 512 tokens, of which the last one's logits are wanted.
  private func prompt() -> Comparison.Figure {
    let tokens = EngineBench.tokens(511)
    let model = loaded.subject.model
    let file = store.folder + "/" + ModelLock.languageModel
    let own = "llama.cpp q4_1"
    var peers = [self.llama(own, file)].compactMap { $0 }
    for format in Self.formats {
      let path = "\(folder)/formats/\(format).gguf"
      if access(path, R_OK) == 0, let peer = self.llama("llama.cpp \(format)", path) {
        peers.append(peer)
      }
    }
    for format in ["f32", "bf16"] {
      if let peer = torch("smollm2", ModelLock.languageModel, format) { peers.append(peer) }
    }
    defer { for peer in peers { peer.end() } }
    var floors = Dictionary(
      uniqueKeysWithValues: peers.filter { $0.name.hasPrefix("llama.cpp") }.map { ($0.name, 1.0) })
    floors[own] = 4
    // As the engine puts it before every sequence.
    let sequence = [0] + tokens
    return compare(
      .init(load: "SmolLM2, prompt of 512, last logits", unit: "tokens/s", floors: floors),
      peers: peers, sequences: [sequence], rate: { 512 / $0 },
      ours: { _ = try model.nextTokenLogProbabilities(after: [tokens], of: [0]) })
  }

  private func embed(
    _ texts: [String], _ what: String, peers: [EnginePeer]
  ) -> Comparison.Figure {
    let tokenizer = loaded.embedder.tokenizer
    let sequences = texts.map { tokenizer.sequence(of: $0, countMax: 256) }
    let isAlone = texts.count == 1
    let count = Double(sequences.reduce(0) { $0 + $1.count })
    var figure = Comparison.Figure(
      load: "MiniLM, \(what)", unit: isAlone ? "ms" : "tokens/s")
    if isAlone { figure.boundOfOurs = 3 } else { figure.floors = ["torch minilm f32": 1.3] }
    return compare(
      figure, peers: peers, sequences: sequences, rate: { isAlone ? 1_000 * $0 : count / $0 },
      ours: { _ = try loaded.embedder.embed(texts) })
  }

  private func compare(
    _ figure: Comparison.Figure, peers: [EnginePeer], sequences: [[Int32]],
    rate: @escaping (Double) -> Double, ours: @escaping () throws -> Void
  ) -> Comparison.Figure {
    let contenders =
      [Comparison.Contender(name: ComparedServer.ours) { rate(try seconds(ours)) }]
      + peers.map { peer in
        Comparison.Contender(name: peer.name) {
          let figure = rate(try peer.seconds(for: sequences))
          // Its threads turn in circles for a while before they sleep.
          usleep(300_000)
          return figure
        }
      }
    // The first round makes what is made once.
    for contender in contenders { _ = try? contender.run() }
    return Comparison.measure(figure, among: contenders, runs: runs)
  }

  private func llama(_ name: String, _ path: String) -> EnginePeer? {
    peer(name, "llama.py", [path, "\(threadCount)"])
  }

  private func torch(_ model: String, _ file: String, _ format: String) -> EnginePeer? {
    peer(
      "torch \(model) \(format)", "torch_peer.py",
      [model, store.folder + "/" + file, "\(threadCount)", format])
  }

  /// A peer that is running; one that isn't installed is left out, with a line.
  private func peer(_ name: String, _ script: String, _ arguments: [String]) -> EnginePeer? {
    let found = EnginePeer(
      name, python: "\(folder)/bin/python",
      arguments: ["\(SharedFiles.enginePeers ?? "Tests/Peers/engine")/\(script)"] + arguments)
    if found == nil {
      BenchReport.note("\(name) is left out: it doesn't start; .make/peers engine installs it")
    }
    return found
  }
}
