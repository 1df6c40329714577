public import TransformerEngine

extension InterpretationModels {
  /// A queue over both models, for many callers at once.
  ///
  /// It lives until it is stopped.
  /// - Parameter niceValue: Of the queue's own thread, as of the models' threads.
  public func makeQueue(
    limits: InferenceLimits = InferenceLimits(), niceValue: Int = 0
  ) -> InferenceQueue {
    InferenceQueue(
      model: subject.model, encoder: embedder.encoder, limits: limits, niceValue: niceValue)
  }

  /// The same models, whose short requests are computed by `queue` together with those of others.
  ///
  /// Requests wait on the terms in force (`InferenceTerms.current`); results differ by no more than
  /// the rounding of f32.
  /// - Parameter queue: One that `makeQueue` has made of these models.
  public func served(by queue: InferenceQueue) -> InterpretationModels {
    var models = self
    models.subject.queue = queue
    models.embedder.queue = queue
    return models
  }
}
