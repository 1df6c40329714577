import ArgumentParser
import Interpretation
import TransformerEngine

/// `neuronarena activations`.
struct ActivationsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "activations",
    abstract: "Show what units of a model do on a text, token by token.",
    discussion: """
      The text runs behind one end-of-text token, whose own position is left out. Without --neurons, \
      --heads, --features and --directions, --json prints all neurons of the layers.
      """)

  @Option(help: "The layers, such as 12,21 or 3..5.")
  var layer: IndexList?
  @Option(help: "The MLP neurons of each layer, such as 700..703,1191.")
  var neurons: IndexList?
  @Option(help: "The attention heads of each layer: the length of what each adds to the stream.")
  var heads: IndexList?
  @Option(help: "Features of each --dictionary.")
  var features: IndexList?
  @Option(help: "The text.")
  var text: String
  @Option(help: "How many of the likeliest next tokens are shown.")
  var top = 5
  @Flag(help: "Print one JSON object: ids, tokens, top, mlp, heads, directions, features.")
  var json = false
  @OptionGroup var source: ModelOptions
  @OptionGroup var models: ModelsFolder

  mutating func validate() throws {
    guard (0...1000).contains(top) else { throw ValidationError("--top must be 0 to 1000") }
    guard layer != nil || features != nil || !source.directions.isEmpty else {
      throw ValidationError(
        "name the layers with --layer, features of a --dictionary, or --directions")
    }
    if layer == nil, neurons != nil || heads != nil {
      throw ValidationError("--neurons and --heads need --layer")
    }
    guard (features == nil) == source.dictionaries.isEmpty else {
      throw ValidationError("--features and --dictionary go together")
    }
    if !json, isWhole {
      throw ValidationError(
        "name --neurons, --heads, --features or --directions, or print all with --json")
    }
  }

  /// Runs the text and prints.
  func run() throws {
    let subject = try source.load(from: models)
    let tokens = try subject.tokenIDs(of: text)
    let request = self.request(subject)
    let capture = try subject.model.capture(request, of: [tokens])[0]
    let report = ActivationsReport(
      tokens: tokens, capture: capture, request: request, isWhole: isWhole, top: top, subject)
    if json {
      print(try report.json())
    } else {
      print(report.table(capture, names: names(subject)))
    }
  }

  /// Whether all neurons of the layers are wanted.
  private var isWhole: Bool {
    neurons == nil && heads == nil && features == nil && source.directions.isEmpty
  }

  private func request(_ subject: LanguageSubject) -> CaptureRequest {
    // Logits need all layers, and units only those up to their own.
    var request = CaptureRequest(nextTokenLogits: top > 0)
    for layer in layer?.values ?? [] {
      if isWhole { request.mlpLayers.append(layer) }
      request.neurons += (neurons?.values ?? []).map { NeuronIndex(layer: layer, neuron: $0) }
      request.heads += (heads?.values ?? []).map { HeadIndex(layer: layer, head: $0) }
    }
    for set in subject.directions {
      request.directions += set.vectors.map { ResidualDirection(layer: set.layer, vector: $0) }
    }
    for dictionary in subject.dictionaries {
      request.features += (features?.values ?? []).map {
        FeatureIndex(dictionary: dictionary, feature: $0)
      }
    }
    return request
  }

  /// What the columns of a table are: as units' names, without the model's.
  private func names(_ subject: LanguageSubject) -> [String] {
    var names: [String] = []
    let layers = layer?.values ?? []
    for layer in layers { names += (neurons?.values ?? []).map { "\(layer)/mlp/\($0)" } }
    for layer in layers { names += (heads?.values ?? []).map { "\(layer)/head/\($0)" } }
    for set in subject.directions {
      names += set.vectors.indices.map { "\(set.layer)/residual:\(set.name)/\($0)" }
    }
    for dictionary in subject.dictionaries {
      let place = "\(dictionary.configuration.layer)/feature:\(dictionary.name)"
      names += (features?.values ?? []).map { "\(place)/\($0)" }
    }
    return names
  }
}
