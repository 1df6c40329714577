import ArenaProtocol
import ArenaRules
import ArenaTypes
import Interpretation

/// Turns what the rules and the campaign know into what clients may see.
///
/// Held-out excerpts can't come through here: `Campaign.excerpt` knows clues and reveal excerpts only.
struct WireViews {
  /// What may be shown: without what moderators have hidden and, for who wants that, what is explicit.
  let campaign: Campaign
  /// The campaign as it was loaded.
  let original: Campaign
  /// Knows what players wrote.
  var book: QuestionBook?
  /// The duel whose texts are shown, if it is one.
  var duel: DuelID?
  /// Who sits where a recorded person would, if somebody does: what is decided on the person's texts
  /// holds for their repetition.
  var ghost: (seat: Int, recording: GhostRecording)?
  /// Whether a moderator has decided on a text.
  var decision: @Sendable (TextReference) -> Bool? = { _ in nil }
  /// What the server's own scorer makes of a text on a unit, as far as it is known without asking;
  /// scores in a campaign may be of another scorer.
  var knownScore: @Sendable (ExplanationText, UnitID) -> Score? = { _, _ in nil }

  /// What everybody may see of a campaign at present.
  ///
  /// - Parameters:
  ///   - served: The campaign; the main one where nil.
  ///   - duel: The duel whose texts are shown, if it is one.
  ///   - isMild: Whether what is explicit is left out.
  init(
    _ services: ArenaServices, of served: ServedCampaign? = nil, duel: DuelID? = nil,
    isMild: Bool = false
  ) {
    let served = served ?? services.campaigns.main
    let (moderation, engine) = (services.moderation, served.engine)
    self.init(
      campaign: isMild ? moderation.mild(served.id) : moderation.shown(served.id),
      original: served.campaign, book: services.keeper.book,
      knownScore: { text, unit in engine.knownScore(text, unit: unit) })
    self.duel = duel
    decision = { moderation.isHidden($0) }
  }

  /// What everybody may see of a campaign in which nothing is hidden.
  init(
    campaign: Campaign, original: Campaign? = nil, book: QuestionBook? = nil,
    knownScore: @escaping @Sendable (ExplanationText, UnitID) -> Score? = { _, _ in nil }
  ) {
    self.campaign = campaign
    self.original = original ?? campaign
    self.book = book
    self.knownScore = knownScore
  }

  /// Everything of a campaign, for what is masked later.
  static func original(_ services: ArenaServices, of served: ServedCampaign) -> WireViews {
    WireViews(campaign: served.campaign, book: services.keeper.book)
  }

  /// Whether `text`, which a seat wrote, is hidden, where the rules say `isHidden`.
  func isHidden(
    _ isHidden: Bool, _ text: @autoclosure () -> String, round: Int, seat: Int, attempt: Int
  ) -> Bool {
    guard let duel else { return isHidden }
    let reference = TextReference.duel(id: duel, round: round, seat: seat, attempt: attempt)
    if let own = decision(reference) { return own }
    guard let ghost, ghost.seat == seat else { return isHidden }
    let decided = ghost.recording.originals(of: text(), round: round).compactMap(decision)
    return decided.isEmpty ? isHidden : decided.contains(true)
  }

  /// How many tokens on either side of the peak are shown before a clue is opened (game.md).
  static let windowRadius = 8

  /// A unit while it is played.
  func card(_ id: UnitID) -> Wire.UnitCard {
    let unit = campaign.unit(id)
    return Wire.UnitCard(
      id: id, layer: id.parts?.layer ?? 0, density: unit?.density ?? 0,
      lexical: unit?.isLexical ?? false)
  }

  /// An excerpt of a unit, its words masked if it is hidden; nil for an id that names no clue or reveal
  /// excerpt.
  ///
  /// - Parameter place: The token around which it is shown before it is opened; its peak where nil.
  func clue(_ id: ExcerptID, of unit: UnitID, around place: Int? = nil) -> Wire.Clue? {
    if let excerpt = campaign.excerpt(id) { return clue(excerpt, of: unit, around: place) }
    return original.excerpt(id).map { masked(clue($0, of: unit, around: place)) }
  }

  /// A heat map, its words masked if its excerpt is hidden.
  func shown(_ heat: Wire.Heat) -> Wire.Heat {
    campaign.excerpt(heat.excerpt.id) == nil
      ? Wire.Heat(excerpt: masked(heat.excerpt), predicted: heat.predicted) : heat
  }

  /// What stands for each token of a text that is hidden, but that a round is about.
  static let mask = "\u{2592}"

  private func masked(_ clue: Wire.Clue) -> Wire.Clue {
    Wire.Clue(
      id: clue.id, kind: clue.kind, source: clue.source,
      tokens: clue.tokens.map { _ in Self.mask }, activations: clue.activations,
      scale: clue.scale, peak: clue.peak, window: clue.window)
  }

  /// The tokens of an excerpt, masked if it is hidden.
  func tokens(of id: ExcerptID) -> [String] {
    campaign.excerpt(id)?.tokens ?? original.excerpt(id)?.tokens.map { _ in Self.mask } ?? []
  }

  private func clue(_ excerpt: Excerpt, of unit: UnitID, around place: Int? = nil) -> Wire.Clue {
    let peak = excerpt.peak ?? 0
    let centre = place ?? peak
    return Wire.Clue(
      id: excerpt.id, kind: excerpt.kind, source: excerpt.source, tokens: excerpt.tokens,
      activations: excerpt.activations, scale: scale(of: unit, on: excerpt), peak: peak,
      window: Wire.Pair(
        max(0, centre - Self.windowRadius),
        min(excerpt.tokens.count, centre + Self.windowRadius + 1)))
  }

  /// The activation of full colour.
  ///
  /// - Parameter excerpt: By whose peak it goes where the campaign doesn't know the unit.
  func scale(of unit: UnitID, on excerpt: Excerpt? = nil) -> Double {
    let strongest = excerpt?.activations.max() ?? 0
    return Double(max(campaign.unit(unit)?.top20MeanPeak ?? strongest, 0.001))
  }

  /// Several clues of a unit; one that is hidden is replaced by the next, as long as there are any.
  func clues(_ ids: [ExcerptID], of unit: UnitID) -> [Wire.Clue] {
    let isHidden = { campaign.excerpt($0) == nil && original.excerpt($0) != nil }
    guard ids.contains(where: isHidden) else {
      return ids.compactMap { clue($0, of: unit) }
    }
    var spare = (campaign.unit(unit)?.clues ?? []).map(\.excerpt.id).filter { !ids.contains($0) }[
      ...]
    return ids.compactMap { id in
      guard isHidden(id) else { return clue(id, of: unit) }
      return spare.popFirst().flatMap { clue($0, of: unit) }
    }
  }

  /// Excerpts that a round is about, which nothing can replace.
  func exactly(_ ids: [ExcerptID], of unit: UnitID) -> [Wire.Clue] {
    ids.compactMap { clue($0, of: unit) }
  }

  /// The words that a fire text may not use: the clues' peak words.
  ///
  /// Function words among them are let through, since nobody can write a sentence without them, unless
  /// the unit fires on nothing else.
  func taboo(of unit: UnitID) -> [String] {
    let words = campaign.unit(unit)?.peakWords ?? []
    let content = words.filter { !Self.functionWords.contains($0) }
    return content.isEmpty ? words : content
  }

  private static let functionWords: Set<String> = [
    "a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "from", "had", "has", "have",
    "he", "her", "his", "i", "in", "is", "it", "its", "no", "not", "of", "on", "or", "our", "she",
    "so", "than", "that", "the", "their", "them", "they", "this", "to", "was", "we", "were",
    "which", "who", "with", "you", "your",
  ]

  /// The text of an explanation.
  func text(_ id: ExplanationID) -> String {
    explanationText(id)?.description ?? (original.explanation(id) == nil ? "" : Self.hiddenText)
  }

  /// The text of an explanation, the campaign's or a player's; nil for one that is unknown, or hidden in
  /// the campaign.
  func explanationText(_ id: ExplanationID) -> ExplanationText? {
    campaign.explanation(id)?.explanation.text ?? book?.text(id)?.explanation.text
  }

  /// All that has been said of a unit: what moderators have hidden in the campaign, too, so that nobody
  /// brings it back; what they have hidden of players' left out.
  func normalisedTexts(of unit: UnitID) -> Set<NormalisedText> {
    let own = original.unit(unit)?.explanations.map(\.explanation.text) ?? []
    let key = UnitKey(campaign: campaign.info.id, unit: unit)
    let written = book?.texts(of: key).map(\.explanation.text) ?? []
    return Set((own + written).map(NormalisedText.init))
  }

  /// What stands for an explanation that a moderator has hidden while a round is about it.
  static let hiddenText = "(hidden by a moderator)"

  /// An explanation with its author and score, for after the round.
  ///
  /// - Parameter unit: The unit that it was shown for: what another unit's explanation scores there says
  ///   nothing here.
  func credit(_ id: ExplanationID, for unit: UnitID) -> Wire.ExplanationCredit {
    guard var found = campaign.explanation(id) else {
      if let text = book?.text(id) { return credit(text) }
      return Wire.ExplanationCredit(
        text: text(id), author: Wire.AuthorCredit(kind: .house, player: nil, name: "NeuronArena"),
        score: nil)
    }
    if found.explanation.unit != unit { found.score = nil }
    return credit(found)
  }

  private func credit(_ text: PlayerText) -> Wire.ExplanationCredit {
    Wire.ExplanationCredit(
      text: text.explanation.text.description,
      author: Wire.AuthorCredit(kind: .player, player: text.author, name: text.authorName),
      score: text.score)
  }

  private func credit(_ found: CampaignExplanation, score: Score? = nil)
    -> Wire.ExplanationCredit
  {
    Wire.ExplanationCredit(
      text: found.explanation.text.description, author: author(found.explanation.author),
      score: score ?? found.score)
  }

  private func author(_ author: Author) -> Wire.AuthorCredit {
    switch author {
    case .house: Wire.AuthorCredit(kind: .house, player: nil, name: "NeuronArena")
    case .machine(let name): Wire.AuthorCredit(kind: .machine, player: nil, name: name)
    case .player(let id): Wire.AuthorCredit(kind: .player, player: id, name: "A player")
    }
  }

  /// The best explanation of a unit that is known to be meant as right.
  func best(of unit: UnitID) -> Wire.ExplanationCredit? {
    campaign.unit(unit)?.bestExplanation.map { credit($0) }
  }

  /// What a program says of a unit, to be seen beside what players wrote.
  func machine(of unit: UnitID) -> Wire.ExplanationCredit? {
    campaign.unit(unit)?.machineExplanation.map { found in
      credit(found, score: knownScore(found.explanation.text, unit))
    }
  }

  /// All that a player may read of a unit outside its rounds; nil for an unknown one.
  ///
  /// - Parameter showsExplicit: Whether the reader wants to see explicit excerpts.
  func page(_ id: UnitID, showsExplicit: Bool) -> Wire.UnitPage? {
    guard let unit = campaign.unit(id) else { return nil }
    let clues = unit.clues.map(\.excerpt).filter { showsExplicit || !$0.isExplicit }
    let reveals = unit.reveals.map(\.excerpt).filter { showsExplicit || !$0.isExplicit }
    let explanations = unit.explanations.sorted {
      ($0.score?.value ?? -1, $1.explanation.id) > ($1.score?.value ?? -1, $0.explanation.id)
    }
    return Wire.UnitPage(
      unit: card(id), clues: clues.map { clue($0, of: id) },
      reveals: reveals.map { clue($0, of: id) }, peakWords: unit.peakWords,
      promoted: unit.promoted, suppressed: unit.suppressed,
      neighbours: neighbours(of: unit),
      explanations: explanations.map { credit($0) })
  }

  /// The units beside a unit in the campaign, then those that are like it; these first where they have a
  /// page.
  private func neighbours(of unit: CampaignUnit) -> [Wire.Neighbour] {
    var neighbours: [Wire.Neighbour] = []
    if let index = campaign.index(of: unit.id) {
      for (place, relation) in [(index - 1, "before"), (index + 1, "after")]
      where campaign.units.indices.contains(place) {
        neighbours.append(
          Wire.Neighbour(unit: campaign.units[place].id, relation: relation, here: true))
      }
    }
    let like = unit.neighbours.map {
      Wire.Neighbour(
        unit: $0.unit, relation: $0.relation.rawValue, here: campaign.unit($0.unit) != nil)
    }
    return neighbours + like.filter(\.here) + like.filter { !$0.here }
  }
}
