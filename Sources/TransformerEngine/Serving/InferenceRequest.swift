/// Work for an `InferenceQueue`: sequences, and what is wanted of each.
public struct InferenceRequest<Value: Sendable>: Sendable {
  /// What is computed.
  let work: InferenceWork
  /// The tokens of each sequence, without the sink.
  let sequences: [[Int32]]
  /// Takes its own kind of result out of what a pass gives.
  let value: @Sendable (InferenceOutput) -> Value?
}

extension InferenceRequest where Value == Capture {
  /// Any mix of units of each sequence, as `LanguageModel.capture(_:of:)`.
  public static func capture(_ request: CaptureRequest, of sequences: [[Int32]]) -> Self {
    InferenceRequest(work: .capture(request), sequences: sequences) { $0.capture }
  }
}

extension InferenceRequest where Value == CapturedPiece {
  /// Pieces of texts, each from where its text was left off, as `LanguageModel.read(_:of:after:)`.
  public static func reading(
    _ request: CaptureRequest, of pieces: [[Int32]], after prefixes: [SequencePrefix?]
  ) -> Self {
    InferenceRequest(
      work: .goingOn(request, after: prefixes, keepsPrefixes: true), sequences: pieces
    ) { if case .piece(let piece) = $0 { piece } else { nil } }
  }
}

extension InferenceRequest where Value == Capture {
  /// Any mix of units of sequences, each of which goes on from a beginning, as
  /// `LanguageModel.capture(_:of:prefixes:)`.
  public static func capture(
    _ request: CaptureRequest, of sequences: [[Int32]], after prefixes: [SequencePrefix?]
  ) -> Self {
    InferenceRequest(
      work: .goingOn(request, after: prefixes, keepsPrefixes: false), sequences: sequences
    ) { $0.capture }
  }
}

extension InferenceRequest where Value == ActivationMatrix {
  /// The MLP activations of chosen neurons, as `LanguageModel.mlpActivations(of:neurons:)`.
  public static func activations(of sequences: [[Int32]], neurons: [NeuronIndex]) -> Self {
    InferenceRequest(work: .capture(CaptureRequest(neurons: neurons)), sequences: sequences) {
      $0.capture?.neurons
    }
  }
}

extension InferenceRequest where Value == [Int: ActivationMatrix] {
  /// The MLP activations of all neurons of `layers`, as `LanguageModel.mlpActivations(of:layers:)`.
  public static func activations(of sequences: [[Int32]], layers: [Int]) -> Self {
    InferenceRequest(work: .capture(CaptureRequest(mlpLayers: layers)), sequences: sequences) {
      $0.capture?.mlp
    }
  }
}

extension InferenceRequest where Value == [Float] {
  /// The natural-log probability of each of `tokens` (of every token, where nil) to come after each
  /// sequence.
  ///
  /// - Parameter beginnings: What many sequences, of this and other requests, begin with; each is
  ///   computed once and kept. The longest that a sequence goes beyond is used.
  public static func nextTokenLogProbabilities(
    after sequences: [[Int32]], of tokens: [Int32]? = nil, beginnings: [[Int32]] = []
  ) -> Self {
    InferenceRequest(
      work: .nextToken(of: tokens, beginnings: beginnings), sequences: sequences, value: floats)
  }

  /// The sentence embedding of each text, as `SentenceEncoder.embed(_:)`.
  public static func embeddings(of texts: [String], encoder: SentenceEncoder) -> Self {
    InferenceRequest(
      work: .embedding, sequences: encoder.tokenized(texts), value: floats)
  }

  private static var floats: @Sendable (InferenceOutput) -> [Float]? {
    { if case .floats(let floats) = $0 { floats } else { nil } }
  }
}

/// How far a request is; the last event is `finished` or `refused`.
public enum InferenceEvent<Value: Sendable>: Sendable {
  /// The results of some of its sequences, in order; with them, all before `range.upperBound` are
  /// there.
  case part(range: Range<Int>, values: [Value])
  /// All results have been handed over.
  case finished
  /// There will be no further results.
  case refused(InferenceRefusal)
}

/// What is computed of each sequence of a request.
enum InferenceWork: Sendable {
  case capture(CaptureRequest)
  /// As many beginnings as sequences; whether what a sequence becomes is kept to go on from.
  case goingOn(CaptureRequest, after: [SequencePrefix?], keepsPrefixes: Bool)
  case nextToken(of: [Int32]?, beginnings: [[Int32]])
  case embedding
}

/// What a pass gives for one sequence.
enum InferenceOutput: Sendable {
  case capture(Capture)
  case piece(CapturedPiece)
  case floats([Float])

  var capture: Capture? { if case .capture(let capture) = self { capture } else { nil } }
}
