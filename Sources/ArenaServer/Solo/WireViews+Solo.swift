import ArenaProtocol
import ArenaRules
import ArenaStorage
import ArenaTypes
import Interpretation

extension WireViews {
  /// The most explanations of players that are listed for a unit, the best.
  static let soloTextCountMax = 50

  /// The unit that a player is at; nil for one that the campaign doesn't have.
  func soloUnit(_ id: UnitID, _ moment: SoloMoment, of reader: SoloReader) -> Wire.SoloUnit? {
    guard let unit = campaign.unit(id), let page = page(id, showsExplicit: reader.showsExplicit)
    else { return nil }
    let isHeldBack = moment.state.holdsBack(id)
    let explanations = soloExplanations(of: unit, moment, showsExplicit: reader.showsExplicit)
    let marks = isHeldBack ? [:] : moment.marks
    return Wire.SoloUnit(
      unit: page.unit, clues: page.clues, neighbours: page.neighbours, hidden: isHeldBack,
      count: explanations.count, explanations: isHeldBack ? [] : explanations,
      own: moment.ownTexts.prefix(20).map { soloText($0, moment) },
      mark: Wire.UnitMark(moment.mark),
      marks: Wire.MarkCounts(
        noneFits: marks[.noneFits] ?? 0, mess: marks[.mess] ?? 0),
      number: moment.state.place + 1, back: moment.state.hasBack,
      forward: moment.state.hasForward, budget: reader.budget(moment.state))
  }

  /// All explanations of a unit that a player may see, the best first.
  func soloExplanations(
    of unit: CampaignUnit, _ moment: SoloMoment, showsExplicit: Bool
  ) -> [Wire.SoloExplanation] {
    let known = unit.explanations.map { soloExplanation($0, moment) }
    let written = moment.texts.filter { moment.isVisible($0, showsExplicit: showsExplicit) }
      .map { soloExplanation($0, moment) }
      .sorted { Self.isBetter($0, $1) }
      .prefix(Self.soloTextCountMax)
    return (known + written).sorted { Self.isBetter($0, $1) }
  }

  private static func isBetter(
    _ one: Wire.SoloExplanation, _ other: Wire.SoloExplanation
  ) -> Bool {
    let (left, right) = (one.score?.value ?? -1, other.score?.value ?? -1)
    return left == right ? one.id < other.id : left > right
  }

  private func soloExplanation(
    _ found: CampaignExplanation, _ moment: SoloMoment
  ) -> Wire.SoloExplanation {
    let id = found.explanation.id
    let count = moment.counts[id]
    return Wire.SoloExplanation(
      id: id, text: found.explanation.text.description,
      author: credit(id, for: found.explanation.unit).author,
      score: knownScore(found.explanation.text, found.explanation.unit) ?? found.score,
      draft: false, up: count?.up ?? 0, down: count?.down ?? 0,
      vote: Wire.VoteDirection(moment.votes[id] ?? VoteRecord.Direction.none), own: false)
  }

  private func soloExplanation(
    _ text: ExplanationRecord, _ moment: SoloMoment
  ) -> Wire.SoloExplanation {
    let id = text.explanation.id
    let count = moment.counts[id]
    return Wire.SoloExplanation(
      id: id, text: text.explanation.text.description, author: author(of: text, moment),
      score: text.score, draft: text.score == nil, up: count?.up ?? 0, down: count?.down ?? 0,
      vote: Wire.VoteDirection(moment.votes[id] ?? VoteRecord.Direction.none),
      own: text.explanation.author == .player(moment.player))
  }

  private func author(of text: ExplanationRecord, _ moment: SoloMoment) -> Wire.AuthorCredit {
    switch text.explanation.author {
    case .player(let id):
      Wire.AuthorCredit(kind: .player, player: id, name: moment.names[id] ?? "A player")
    case .machine(let name): Wire.AuthorCredit(kind: .machine, player: nil, name: name)
    case .house: Wire.AuthorCredit(kind: .house, player: nil, name: "NeuronArena")
    }
  }

  /// The best explanation of a unit by anybody but the player.
  func bestOfOthers(_ id: UnitID, _ moment: SoloMoment, showsExplicit: Bool)
    -> Wire.ExplanationCredit?
  {
    guard let unit = campaign.unit(id) else { return nil }
    return soloExplanations(of: unit, moment, showsExplicit: showsExplicit)
      .first { !$0.own && $0.score != nil }
      .map { Wire.ExplanationCredit(text: $0.text, author: $0.author, score: $0.score) }
  }

  /// What a player wrote, as the player sees it.
  func soloText(_ text: ExplanationRecord, _ moment: SoloMoment) -> Wire.SoloText {
    soloText(
      text, queue: moment.queue, votes: moment.supporters(of: text),
      meaningScores: moment.meaningScores)
  }

  /// See `soloText(_:_:)`.
  func soloText(
    _ text: ExplanationRecord, queue: [WaitingTextRecord], votes: Int,
    meaningScores: [ExplanationText: Score]
  ) -> Wire.SoloText {
    let place = queue.firstIndex { $0.explanation == text.explanation.id }
    let isPaid = place.map { queue[$0].isPaid } ?? false
    return Wire.SoloText(
      id: text.explanation.id, unit: text.explanation.unit,
      text: text.explanation.text.description,
      state: text.score != nil ? .scored : isPaid ? .scoring : .draft, score: text.score,
      meanings: text.explanation.text.alone.map {
        Wire.MeaningScore(text: $0.description, score: meaningScores[$0])
      }, at: text.createdAt, hidden: text.isHidden, place: place.map { $0 + 1 }, votes: votes,
      needed: SoloMoment.votesNeeded)
  }
}

/// Who looks at a unit in solo play.
struct SoloReader: Sendable {
  let standing: Standing
  let showsExplicit: Bool
  let now: Timestamp

  /// What is left of the day's scores.
  func budget(_ state: SoloState) -> Wire.ScoringBudget {
    Wire.ScoringBudget(
      left: state.budget.left(standing, now: now), of: state.budget.limit(standing, now: now),
      renewsAt: ScoringBudget.renewal(after: now), established: standing.isEstablished(at: now))
  }
}

extension Wire.VoteDirection {
  init(_ direction: VoteRecord.Direction) {
    switch direction {
    case .up: self = .up
    case .down: self = .down
    case .none: self = .none
    }
  }

  /// The vote as the store keeps it.
  var record: VoteRecord.Direction {
    switch self {
    case .up: .up
    case .down: .down
    case .none: .none
    }
  }
}

extension Wire.UnitMark {
  init(_ mark: UnitMarkRecord.Mark) {
    switch mark {
    case .noneFits: self = .noneFits
    case .mess: self = .mess
    case .none: self = .none
    }
  }

  /// The mark as the store keeps it.
  var record: UnitMarkRecord.Mark {
    switch self {
    case .noneFits: .noneFits
    case .mess: .mess
    case .none: .none
    }
  }
}
