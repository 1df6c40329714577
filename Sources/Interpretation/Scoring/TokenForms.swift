/// Pairs each token with its form with or without a leading space.
///
/// Whether a model writes `storm` or ` storm` depends on what stands before; what it means does not.
struct TokenForms: Sendable {
  /// `[vocabulary]`: the other form; the token itself where there is none.
  private let partners: [Int32]

  init(model: any SubjectModel) {
    let pieces = model.pieces(of: (0..<Int32(model.vocabularyCount)).map { $0 })
    var known: [String: Int32] = [:]
    for (id, piece) in pieces.enumerated() where known[piece] == nil {
      known[piece] = Int32(id)
    }
    partners = pieces.enumerated().map { id, piece in
      let other = piece.hasPrefix(" ") ? String(piece.dropFirst()) : " " + piece
      return known[other] ?? Int32(id)
    }
  }

  /// The log-probability of either form, for each token.
  ///
  /// - Parameter logProbabilities: `[vocabulary]`, in nats.
  func combined(_ logProbabilities: [Float]) -> [Float] {
    logProbabilities.indices.map { id in
      let partner = Int(partners[id])
      let own = logProbabilities[id]
      if partner == id { return own }
      let other = logProbabilities[partner]
      let high = max(own, other)
      return high + logOnePlusExp(min(own, other) - high)
    }
  }
}
