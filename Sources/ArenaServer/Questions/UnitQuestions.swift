import ArenaRules
import ArenaTypes
import Interpretation

/// A pair of explanations with what asking about it would tell.
struct PairQuestion: Sendable {
  let pair: ArenaRules.ExplanationPair
  /// By how much one more choice is expected to shrink the unit's intervals.
  let gain: Double
  /// The rating of who would be right in half of the cases.
  let difficulty: Double
  /// The players who wrote one of the two.
  let authors: [PlayerID]
}

/// Makes the pick questions of units: which pairs there are, and what decides each (game.md).
///
/// | pair | decided by |
/// |---|---|
/// | of the campaign, that readers decided | readers |
/// | any other | people, where the Bradley-Terry interval excludes zero |
/// | | else the campaign's own scorer, or the calibrated agreement of the server's |
/// | | else nobody: it is open |
struct UnitQuestions: Sendable {
  /// The most explanations of players that are asked about in one unit: the best-scored ones.
  static let playerTextCountMax = 12
  /// The weight of those who will be asked, for what a choice is expected to tell.
  static let askedWeight = Reliability().weight

  /// Knows the campaign, and what is said of units' neighbours in it.
  var decoys: Decoys
  let book: QuestionBook
  /// How often the server's scorer agrees with readers; nil: it settles nothing.
  var agreement: PairAgreement?
  /// What moderators have hidden: nothing is asked about it.
  var hidden: Set<TextReference> = []

  var campaign: Campaign { decoys.campaign }

  /// What pick rounds may ask of a campaign, by what `book` knows.
  init(decoys: Decoys, book: QuestionBook, agreement: PairAgreement? = nil) {
    self.decoys = decoys
    self.book = book
    self.agreement = agreement
  }

  /// What pick rounds may ask of a campaign, by what `book` knows.
  init(campaign: Campaign, book: QuestionBook, agreement: PairAgreement? = nil) {
    self.init(decoys: Decoys(campaign), book: book, agreement: agreement)
  }

  /// What pick rounds may ask of a unit, apart from what `players` wrote themselves.
  ///
  /// - Complexity: O(*n*) in the number of questions; where something has changed since somebody asked
  ///   last, O(*n*) fits.
  func questions(of unit: CampaignUnit, for players: [PlayerID]) -> [PairQuestion] {
    let key = UnitKey(campaign: campaign.info.id, unit: unit.id)
    return book.questions(of: key) { questions(of: unit) }
      .filter { question in
        !question.authors.contains(where: players.contains) && !isHidden(question.pair)
      }
  }

  private func isHidden(_ pair: ArenaRules.ExplanationPair) -> Bool {
    hidden.contains(.explanation(id: pair.better)) || hidden.contains(.explanation(id: pair.worse))
  }

  /// All that may be asked of a unit.
  private func questions(of unit: CampaignUnit) -> [PairQuestion] {
    let key = UnitKey(campaign: campaign.info.id, unit: unit.id)
    let texts = book.texts(of: key).sorted {
      ($1.score?.value ?? -1, $0.explanation.id) < ($0.score?.value ?? -1, $1.explanation.id)
    }.prefix(Self.playerTextCountMax)
    // In a stable order, so that strengths need not be computed anew.
    let decoys = decoys.of(unit)
    let known = Set(
      (unit.explanations + decoys).map(\.explanation.id) + texts.map(\.explanation.id)
    ).sorted()
    let fit = book.strengths(of: known, unit: key)
    let context = Context(key: key, known: known, fit: fit)
    let own = unit.pairs.compactMap { pair in
      self.pair(pair, context).map { question($0, context, authors: []) }
    }
    return own + decoyPairs(of: unit, decoys, context)
      + playerPairs(of: unit, Array(texts), context)
  }

  private struct Context {
    let key: UnitKey
    let known: [ExplanationID]
    let fit: BradleyTerry

    func index(of id: ExplanationID) -> Int? { known.firstIndex(of: id) }
  }

  private func question(
    _ pair: ArenaRules.ExplanationPair, _ context: Context, authors: [PlayerID]
  ) -> PairQuestion {
    var gain = 0.0
    if let better = context.index(of: pair.better), let worse = context.index(of: pair.worse) {
      gain = context.fit.gain(better, worse, weight: Self.askedWeight)
    }
    return PairQuestion(
      pair: pair, gain: gain,
      difficulty: book.difficulty(of: PairKey(pair.better, pair.worse), unit: context.key),
      authors: authors)
  }

  /// The better of two by people's choices; nil where these don't tell.
  private func preferred(
    _ one: ExplanationID, _ other: ExplanationID, _ context: Context
  ) -> ExplanationID? {
    guard let first = context.index(of: one), let second = context.index(of: other) else {
      return nil
    }
    return book.prefersFirst(first, second, of: context.known, unit: context.key)
      .map { $0 ? one : other }
  }

  /// A pair of the campaign; nil where it can be solved unread, and so is not in play.
  private func pair(_ pair: ReadPair, _ context: Context) -> ArenaRules.ExplanationPair? {
    guard let asked = pair.asked, asked.basis != .readers, asked.basis != .construction,
      let better = preferred(pair.a, pair.b, context)
    else { return pair.asked }
    return ExplanationPair(
      better: better, worse: better == pair.a ? pair.b : pair.a, basis: .people)
  }

  // MARK: Decoys

  /// The best text of the unit beside each decoy: open until people have settled it, since nobody has
  /// read the decoy on this unit's excerpts.
  private func decoyPairs(
    of unit: CampaignUnit, _ decoys: [CampaignExplanation], _ context: Context
  ) -> [PairQuestion] {
    guard let best = unit.bestExplanation?.explanation.id else { return [] }
    return decoys.map { decoy in
      question(decided((best, nil), (decoy.explanation.id, nil), context), context, authors: [])
    }
  }

  // MARK: What players wrote

  private func playerPairs(
    of unit: CampaignUnit, _ shown: [PlayerText], _ context: Context
  ) -> [PairQuestion] {
    let rivals = [unit.bestExplanation, unit.machineExplanation].compactMap { $0 }
    var questions: [PairQuestion] = []
    for (index, text) in shown.enumerated() {
      let authors = [text.author].compactMap { $0 }
      // Whatever says the same is no rival.
      var met: Set<NormalisedText> = [NormalisedText(text.explanation.text)]
      for rival in rivals where met.insert(NormalisedText(rival.explanation.text)).inserted {
        let pair = decided(
          (text.explanation.id, text.score), (rival.explanation.id, rival.score), context)
        questions.append(question(pair, context, authors: authors))
      }
      for other in shown.dropFirst(index + 1)
      where met.insert(NormalisedText(other.explanation.text)).inserted {
        let pair = decided(
          (text.explanation.id, text.score), (other.explanation.id, other.score), context)
        questions.append(
          question(pair, context, authors: authors + [other.author].compactMap { $0 }))
      }
    }
    return questions
  }

  private func decided(
    _ one: (id: ExplanationID, score: Score?), _ other: (id: ExplanationID, score: Score?),
    _ context: Context
  ) -> ArenaRules.ExplanationPair {
    if let better = preferred(one.id, other.id, context) {
      return ExplanationPair(
        better: better, worse: better == one.id ? other.id : one.id, basis: .people)
    }
    if let agreement, let first = one.score, let second = other.score,
      let prefersFirst = agreement.prefersFirst(first, second, kind: nil)
    {
      return ExplanationPair(
        better: prefersFirst ? one.id : other.id, worse: prefersFirst ? other.id : one.id,
        basis: .scorer)
    }
    return ExplanationPair(better: one.id, worse: other.id, basis: .open)
  }
}
