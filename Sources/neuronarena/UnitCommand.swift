import ArenaTypes
import ArgumentParser
import FoundationEssentials
import Interpretation
import TransformerEngine

/// `neuronarena unit`.
struct UnitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unit",
    abstract: "Explain a unit from its weights, and its activation on a text from earlier tokens.",
    discussion: """
      Shows the tokens that the unit reads and writes (cosines with embeddings), the ones that it \
      makes likely and unlikely (through the final norm), and the units of its layer with the most \
      similar weights. With --text, its activation on each token, and what each earlier token adds \
      to the strongest: the difference that leaving it out makes. With --corpus, the units of its \
      layer that fire together with it.
      """)

  @Argument(help: "The unit, such as smollm2-135m/14/mlp/703 or gpt2/6/feature:NAME/4321.")
  var unit: String
  @Option(help: "A text on which the unit fires.")
  var text: String?
  @Option(help: "A text file: its lines are read for units that fire together.")
  var corpus: String?
  @Option(help: "How many entries each list has.")
  var count = 10
  @Flag(help: "The unit fires when its activation is negative.")
  var negative = false
  @OptionGroup var source: ModelOptions
  @OptionGroup var models: ModelsFolder

  /// The tokens of the corpus that are read: a minute's work.
  private static let corpusTokenCount = 50_000

  mutating func validate() throws {
    guard (1...1000).contains(count) else { throw ValidationError("--count must be 1 to 1000") }
    guard let parts = UnitID(rawValue: unit).parts else {
      throw ValidationError("\(unit) isn't a unit: model/layer/kind/index")
    }
    if case .feature = parts.kind, source.dictionaries.isEmpty {
      throw ValidationError("a feature needs its dictionary: --dictionary NAME=PATH")
    }
    if case .residual(let name) = parts.kind, source.directions.isEmpty {
      throw ValidationError("a direction needs its file: --directions \(name)@\(parts.layer)=FILE")
    }
    if source.model == nil, parts.model != InterpretationModels.subjectName {
      throw ValidationError(
        "\(parts.model) isn't the pinned model: name its file or folder with --model")
    }
  }

  /// Prints the portrait, then what the text shows.
  func run() throws {
    guard let parts = UnitID(rawValue: unit).parts else { return }
    let subject = try source.load(from: models, unnamedDictionary: parts.kind.collection)
    let model = subject.model
    let found = try subject.unit(UnitID(rawValue: unit))
    let siblings = "\(parts.layer)/\(parts.kind.rawValue)"
    let portrait = try UnitPortrait(
      of: found, in: model, polarity: negative ? .negative : .positive, count: count)
    show(portrait, siblings, model)
    if let text { try showText(text, found, model) }
    if let corpus { try showCompany(corpus, found, siblings, model) }
  }

  private func show(_ portrait: UnitPortrait, _ siblings: String, _ model: LanguageModel) {
    func list(_ tokens: [TokenSimilarity]) -> String {
      line(tokens.map { ($0.token, $0.cosine) }, model)
    }
    for reading in portrait.readings { print("reads (\(reading.name))  \(list(reading.tokens))") }
    if !portrait.written.isEmpty { print("writes      \(list(portrait.written))") }
    if let effects = portrait.effects {
      print("promotes    \(line(effects.promoted.map { ($0.token, $0.logit) }, model))")
      print("suppresses  \(line(effects.suppressed.map { ($0.token, $0.logit) }, model))")
    }
    let neighbours = portrait.neighbours.map { "\(siblings)/\($0.index) \(rounded($0.cosine))" }
    if !neighbours.isEmpty { print("alike       \(neighbours.joined(separator: ", "))") }
  }

  private func line(_ tokens: [(Int32, Float)], _ model: LanguageModel) -> String {
    tokens.map { token, value in
      "\(quoted(model.tokenizer.text(of: token))) \(rounded(value))"
    }.joined(separator: ", ")
  }

  private func showText(_ text: String, _ unit: ModelUnit, _ model: LanguageModel) throws {
    let tokens = model.tokenizer.encode(text)
    let found = try UnitAttribution(of: unit, in: model, tokens: tokens)
    let activations = try unit.activations(on: [tokens], in: model)[0]
    let pieces = tokens.map { quoted(model.tokenizer.text(of: $0)) }
    print("token, activation, what it adds to that of \(pieces[found.target]):")
    for (place, piece) in pieces.enumerated() {
      let share = found.shares.indices.contains(place) ? rounded(found.shares[place]) : ""
      let mark = place == found.target ? "  <-" : ""
      print("  \(piece)\t\(rounded(activations[place]))\t\(share)\(mark)")
    }
  }

  private func showCompany(
    _ path: String, _ unit: ModelUnit, _ siblings: String, _ model: LanguageModel
  ) throws {
    let contents = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    var texts: [[Int32]] = []
    var left = Self.corpusTokenCount
    for line in contents.split(separator: "\n") where left > 0 {
      let tokens = model.tokenizer.encode(String(line)).prefix(min(left, 256))
      if tokens.isEmpty { continue }
      texts.append(Array(tokens))
      left -= tokens.count
    }
    let company = try UnitCompany(of: unit, in: model, texts: texts, count: count)
    let list = company.companions.map {
      "\(siblings)/\($0.index) \(rounded(Float($0.correlation)))"
    }
    print("fires with  \(list.joined(separator: ", ")) (over \(company.tokenCount) tokens)")
  }

  private func quoted(_ token: String) -> String {
    "`\(token.replacing("\n", with: "\\n"))`"
  }

  private func rounded(_ value: Float) -> String {
    "\((Double(value) * 1_000).rounded() / 1_000)"
  }
}
