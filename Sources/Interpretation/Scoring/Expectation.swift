import ArenaTypes

/// What an explanation makes one expect: of each token, and of each text's meaning.
struct Expectation {
  /// `[vocabulary]`: how much likelier than after other explanations each token is, in nats.
  let information: [Float]
  /// The embeddings of the meanings.
  let meanings: [[Float]]

  init(of text: ExplanationText, scorer: GenWindowScorer) throws(InterpretationError) {
    let rows = try scorer.templates.logProbabilities(
      of: text.meanings, model: scorer.models.subject, forms: scorer.forms)
    let baseline = scorer.baseline
    information = baseline.indices.map { token in
      rows.reduce(-.infinity) { max($0, $1[token]) } - baseline[token]
    }
    meanings = try scorer.models.embedder.embed(text.meanings)
  }

  /// How much likelier `token` is; 0 for one that the writing model does not have.
  func information(of token: Int32) -> Double {
    information.indices.contains(Int(token)) ? Double(information[Int(token)]) : 0
  }

  /// The cosine of the nearest meaning.
  func cosine(_ window: [Float]) -> Float {
    meanings.reduce(-1) { max($0, Vectors.dot($1, window)) }
  }

  /// The mean cosine of a unit's tokens, as far as its profile tells.
  func meanWindowCosine(of sample: HeldOutSample) -> Double {
    Double(cosine(sample.meanWindow))
  }

  /// What this expectation predicts on a unit's held-out excerpts.
  func evidence(on sample: HeldOutSample) -> [PartEvidence] {
    sample.parts.map { part in
      var evidence = PartEvidence()
      for (token, activation) in zip(part.tokenIDs, part.activations) {
        let x = information(of: token)
        let y = Double(activation)
        evidence.count += 1
        evidence.sumX += x
        evidence.sumY += y
        evidence.sumXX += x * x
        evidence.sumYY += y * y
        evidence.sumXY += x * y
      }
      if !part.peak.isEmpty {
        evidence.genPeak = part.peak.map { information(of: part.tokenIDs[$0]) }.max()
        evidence.windowPeak = part.windows.map { Double(cosine($0)) }.max()
      }
      return evidence
    }
  }
}
