/// Names of bots; the client shows the label beside them.
enum BotNames {
  private static let names = [
    "Softmax Sam", "Layer Norma", "Gradient Greta", "Token Tom", "Residual Rita", "Logit Lou",
    "Epoch Ella", "Sigmoid Sid",
  ]

  /// A bot near a player's rating.
  static func participant(
    near rating: Double, from entropy: Entropy
  ) -> DuelRequest.Participant {
    var generator = entropy
    let name = names.randomElement(using: &generator) ?? "Token Tom"
    let offset = Double.random(in: -60...60, using: &generator)
    return .bot(name: name, rating: (rating + offset).rounded())
  }

  /// The bot that is on offer in the queue; who accepts it may meet a colleague.
  static let offered = names[3]
}
