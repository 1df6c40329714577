import ArenaProtocol

/// What a player takes home from a duel: two sentences on why reading neurons matters.
enum ResultCards {
  private static let cards: [(title: String, text: String)] = [
    (
      "Why read neurons?",
      """
      Nobody wrote the rules inside a language model: they grew while it learned. Finding out what \
      its parts do is how people can check a model's reasons rather than its manners.
      """
    ),
    (
      "Guesses are cheap, tests are not",
      """
      An explanation that sounds right often fails on texts that nobody picked. That is why your \
      explanation is scored on excerpts that you have not seen.
      """
    ),
    (
      "One neuron, many jobs",
      """
      Many neurons answer to several unrelated things at once, which makes models hard to audit. \
      Every honest “it is a mess” is a finding too.
      """
    ),
    (
      "Humans and machines read together",
      """
      A model has more neurons than people have time, so machines propose explanations and people \
      judge them. Your choices show where the machines fool themselves.
      """
    ),
    (
      "From neurons to safety",
      """
      If we can see which parts of a model stand for deceit, danger or doubt, we can watch them \
      while it works. This game is practice for reading them well.
      """
    ),
  ]

  /// A card, the same for the same duel.
  static func card(for seed: UInt64) -> Wire.ResultCard {
    let card = cards[Int(seed % UInt64(cards.count))]
    return Wire.ResultCard(title: card.title, text: card.text)
  }
}
