import ArenaProtocol
import ArenaRules
import ArenaTypes
import Interpretation

extension WireViews {
  /// The two seats of a duel.
  func seats(of duel: Duel) -> Wire.Pair<Wire.Seat> {
    Wire.Pair(seat(0, of: duel), seat(1, of: duel))
  }

  /// One seat of a duel.
  func seat(_ index: Int, of duel: Duel) -> Wire.Seat {
    let seat = duel.setup.seats[index]
    return Wire.Seat(
      player: seat.player, name: seat.name, kind: seat.kind == .human ? .human : .bot,
      rating: seat.rating.value, deviation: seat.rating.deviation,
      connected: duel.isConnected(seat: index), ghost: seat.kind == .ghost)
  }

  /// The open or last round; nil before the first.
  func round(of duel: Duel, startedAt: Timestamp) -> Wire.RoundView? {
    guard let question = duel.question else { return nil }
    var deadline = startedAt + .milliseconds(duel.setup.timing.question(question.kind))
    if case .question(let until) = duel.phase { deadline = until }
    return round(
      question, number: duel.round + 1, of: duel.setup.format.rounds.count,
      isSuddenDeath: duel.isSuddenDeath(round: duel.round),
      weight: duel.multiplier(round: duel.round), startedAt: startedAt, deadline: deadline)
  }

  /// A question as everybody sees it, in a duel or in a contest.
  func round(
    _ question: ArenaRules.Question, number: Int, of count: Int, isSuddenDeath: Bool = false,
    weight: Int = 1, startedAt: Timestamp, deadline: Timestamp
  ) -> Wire.RoundView {
    let unit = campaign.unit(question.unit)
    let isFire = question.kind == .fire
    return Wire.RoundView(
      number: number, of: count, kind: Wire.RoundKind(question.kind),
      suddenDeath: isSuddenDeath, weight: weight, unit: card(question.unit),
      clues: clues(question.clues, of: question.unit), startedAt: startedAt,
      deadline: deadline,
      options: question.options.count == 2
        ? Wire.SideTexts(a: text(question.options[0]), b: text(question.options[1])) : nil,
      excerpts: question.excerpts?.map(plain),
      explanation: question.kind == .predict ? question.options.first.map(text) : nil,
      taboo: isFire ? taboo(of: question.unit) : nil, tries: isFire ? question.tryCount : nil,
      full100: isFire ? unit.map { Double($0.top20MeanPeak) } : nil)
  }

  /// An excerpt that a question asks about, without anything that tells what the unit does on it: not
  /// even its name or source, which would tell its pool.
  private func plain(_ shown: ShownExcerpt) -> Wire.PlainExcerpt {
    Wire.PlainExcerpt(
      tokens: tokens(of: shown.excerpt),
      window: Wire.Pair(shown.from, shown.to))
  }

  /// A duel in the list of what goes on.
  func listing(of duel: Duel, startedAt: Timestamp, spectators: Int) -> Wire.DuelListing {
    Wire.DuelListing(
      id: duel.setup.id, format: Wire.DuelFormat(duel.setup.format),
      players: Wire.Pair(duel.setup.seats[0].name, duel.setup.seats[1].name),
      round: duel.round + 1, of: duel.setup.format.rounds.count,
      totals: Wire.Pair(duel.totals[0], duel.totals[1]), spectators: spectators,
      startedAt: startedAt, campaign: duel.setup.campaign)
  }

  /// A try of a fire round; what is hidden has its text and tokens only for who wrote it.
  func fireTry(_ attempt: ArenaRules.FireTry, isOwn: Bool, round: Int, seat: Int) -> Wire.FireTry {
    let isHidden = isHidden(
      attempt.isHidden, attempt.text, round: round, seat: seat, attempt: attempt.attempt)
    let isShown = isOwn || !isHidden
    var state = Wire.FireState.measuring
    var tokens: [Wire.TokenActivation] = []
    var peak: Double?
    var isCopied = false
    var refused: Wire.TextRefusal?
    switch attempt.outcome {
    case .measured(let probed):
      state = .measured
      tokens =
        isShown
        ? zip(probed.tokens, probed.activations).map {
          Wire.TokenActivation(text: $0, activation: $1)
        } : []
      peak = probed.peak
      isCopied = probed.isCopied
    case .refused(let reason):
      state = .refused
      refused = Wire.TextRefusal(reason)
    case .failed: state = .failed
    case nil: break
    }
    return Wire.FireTry(
      attempt: attempt.attempt + 1, text: isShown ? attempt.text : "", state: state,
      tokens: tokens, peak: peak, copied: isCopied, points: attempt.points, refused: refused,
      hidden: state != .measuring && isHidden)
  }

  /// A round that is over, in one line.
  func summary(_ result: RoundResult) -> Wire.RoundSummary {
    Wire.RoundSummary(
      number: result.round + 1, kind: Wire.RoundKind(result.reveal.kind), unit: result.unit,
      weight: result.multiplier, suddenDeath: result.isSuddenDeath,
      points: Wire.Pair(result.points[0], result.points[1]), counted: result.counts)
  }

  /// How a duel ended.
  func result(_ result: ArenaRules.DuelResult, of duel: Duel) -> Wire.DuelResult {
    let (outcome, winner): (Wire.DuelOutcome, Int?) =
      switch result.outcome {
      case .winner(let seat): (.win, seat)
      case .draw: (.draw, nil)
      case .void: (.void, nil)
      }
    var note: String?
    let reason: Wire.DuelEndReason
    switch result.reason {
    case .points: reason = .points
    case .resigned: reason = .resigned
    case .absent: reason = .absent
    case .moderator(let text):
      reason = .moderator
      note = text
    }
    return Wire.DuelResult(
      outcome: outcome, winner: winner, reason: reason, note: note,
      totals: Wire.Pair(result.totals[0], result.totals[1]),
      rounds: duel.results.map(summary), rated: !result.ratings.isEmpty,
      ratings: Wire.Pair(result.ratings.map { Wire.RatingChange($0) }) ?? Wire.Pair(nil, nil),
      card: ResultCards.card(for: duel.setup.seed))
  }
}
