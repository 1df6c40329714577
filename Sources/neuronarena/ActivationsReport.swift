import FoundationEssentials
import Interpretation
import TransformerEngine

/// What `neuronarena activations` prints.
struct ActivationsReport: Encodable {
  /// The text's tokens.
  let ids: [Int32]
  /// The text of each.
  let tokens: [String]
  /// The likeliest tokens after the text, each with its logit.
  let top: [[Float]]
  /// By layer, a row of values for each token.
  let mlp: [String: [[Float]]]?
  /// By layer, a row of lengths for each token.
  let heads: [String: [[Float]]]?
  /// A row of dot products for each token, set by set.
  let directions: [[Float]]?
  /// A row of values for each token, dictionary by dictionary.
  let features: [[Float]]?

  init(
    tokens ids: [Int32], capture: Capture, request: CaptureRequest, isWhole: Bool, top: Int,
    _ subject: LanguageSubject
  ) {
    self.ids = ids
    tokens = subject.pieces(of: ids)
    let logits = capture.nextTokenLogits
    self.top = logits.indices.sorted {
      logits[$0] == logits[$1] ? $0 < $1 : logits[$0] > logits[$1]
    }.prefix(top).map { [Float($0), logits[$0]] }
    if isWhole {
      mlp = Dictionary(
        uniqueKeysWithValues: capture.mlp.map { layer, matrix in
          ("\(layer)", Self.rows(matrix))
        })
    } else {
      mlp = Self.byLayer(capture.neurons, request.neurons.map(\.layer))
    }
    heads = Self.byLayer(capture.heads, request.heads.map(\.layer))
    directions = request.directions.isEmpty ? nil : Self.rows(capture.directions)
    features = request.features.isEmpty ? nil : Self.rows(capture.features)
  }

  private static func rows(_ matrix: ActivationMatrix) -> [[Float]] {
    (0..<matrix.tokenCount).map { Array(matrix.row($0)) }
  }

  /// The columns of each layer, row by row; nil where there are none.
  private static func byLayer(_ matrix: ActivationMatrix, _ layers: [Int]) -> [String: [[Float]]]? {
    if layers.isEmpty { return nil }
    return Dictionary(grouping: layers.indices) { "\(layers[$0])" }.mapValues { columns in
      (0..<matrix.tokenCount).map { token in columns.map { matrix[token, $0] } }
    }
  }

  /// One line of JSON.
  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }

  /// A line a token, a column a unit.
  ///
  /// - Parameter names: What the columns are.
  func table(_ capture: Capture, names: [String]) -> String {
    let width = max(12, (names.map(\.count).max() ?? 0) + 2)
    var lines = [padded("token", 20) + names.map { aligned($0, width) }.joined()]
    for (row, token) in tokens.enumerated() {
      let values = [
        capture.neurons, capture.heads, capture.directions, capture.features,
      ].flatMap { $0.row(row) }
      lines.append(
        padded(shown(token), 20) + values.map { aligned(rounded($0), width) }.joined())
    }
    let next = top.map { "\(Int($0[0])) (\(rounded($0[1])))" }.joined(separator: ", ")
    if !top.isEmpty { lines.append("likeliest next tokens, with their logits: \(next)") }
    return lines.joined(separator: "\n")
  }

  private func shown(_ token: String) -> String {
    token.replacing("\n", with: "\\n").replacing("\t", with: "\\t")
  }

  private func rounded(_ value: Float) -> String {
    let scaled = (Double(value) * 10_000).rounded() / 10_000
    return "\(scaled)"
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }

  private func aligned(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(1, width - text.count)) + text
  }
}
