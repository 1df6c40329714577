import ArgumentParser
import FoundationEssentials
import TransformerEngine

/// `neuronarena activations`.
struct ActivationsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "activations",
    abstract: "Show what units of a model do on a text, token by token.",
    discussion: """
      The text runs behind one end-of-text token, whose own position is left out. Without --neurons, \
      --heads and --features, --json prints all neurons of the layers.
      """)

  @Option(help: "The layers, such as 12,21 or 3..5.")
  var layer: IndexList?
  @Option(help: "The MLP neurons of each layer, such as 700..703,1191.")
  var neurons: IndexList?
  @Option(help: "The attention heads of each layer: the length of what each adds to the stream.")
  var heads: IndexList?
  @Option(help: "Features of --dictionary.")
  var features: IndexList?
  @Option(help: "The text.")
  var text: String
  @Option(help: "How many of the likeliest next tokens are shown.")
  var top = 5
  @Flag(help: "Print one JSON object: ids, tokens, top, mlp, heads, features.")
  var json = false
  @OptionGroup var source: ModelOptions

  mutating func validate() throws {
    guard (0...1000).contains(top) else { throw ValidationError("--top must be 0 to 1000") }
    guard layer != nil || features != nil else {
      throw ValidationError("name the layers with --layer, or features of a dictionary")
    }
    if layer == nil, neurons != nil || heads != nil {
      throw ValidationError("--neurons and --heads need --layer")
    }
    guard (features == nil) == (source.dictionary == nil) else {
      throw ValidationError("--features and --dictionary go together")
    }
    if !json, neurons == nil, heads == nil, features == nil {
      throw ValidationError("name --neurons, --heads or --features, or print all with --json")
    }
  }

  /// Runs the text and prints.
  func run() throws {
    let model = try source.load()
    let dictionary = try source.loadDictionary()
    let tokens = model.tokenizer.encode(text)
    let request = self.request(dictionary)
    let capture = try model.capture(request, of: [tokens])[0]
    let report = ActivationsReport(
      tokens: tokens, capture: capture, request: request, isWhole: isWhole, top: top, model)
    if json {
      print(try report.json())
    } else {
      print(report.table(capture, request))
    }
  }

  /// Whether all neurons of the layers are wanted.
  private var isWhole: Bool { neurons == nil && heads == nil && features == nil }

  private func request(_ dictionary: SparseDictionary?) -> CaptureRequest {
    var request = CaptureRequest(nextTokenLogits: true)
    for layer in layer?.values ?? [] {
      if isWhole { request.mlpLayers.append(layer) }
      request.neurons += (neurons?.values ?? []).map { NeuronIndex(layer: layer, neuron: $0) }
      request.heads += (heads?.values ?? []).map { HeadIndex(layer: layer, head: $0) }
    }
    if let dictionary {
      request.features = (features?.values ?? []).map {
        FeatureIndex(dictionary: dictionary, feature: $0)
      }
    }
    return request
  }
}
