import ArenaRules
import ArenaTypes

/// What a person answered in a duel, and when; the name is left out.
struct GhostRecording: Hashable, Codable, Sendable {
  /// One answer.
  struct Step: Hashable, Codable, Sendable {
    /// The number of the round, from 0.
    let round: Int
    /// How long the question had been open, pauses of the server left out.
    let delayMilliseconds: Int64
    let answer: Answer
  }

  /// The duel that was recorded.
  let source: DuelID
  /// Where the person sat in it; nil in recordings of older servers.
  let seat: Int?
  /// What the ghost is called: a pseudonym that follows from the recording alone.
  let name: String
  /// About how well the person was rated then; rounded, so that it names nobody.
  let rating: Double
  /// The answers, in order.
  let steps: [Step]
}

/// A recorded duel that can be played against.
struct Ghost: Sendable {
  /// Ratings are rounded to a multiple of this.
  static let ratingStep = 25.0

  let recording: GhostRecording
  private let source: DuelSetup
  /// How many rounds were played.
  private let roundCount: Int

  /// What a seat of a recorded duel did; nil where it may not or can't be played against.
  ///
  /// Only public duels of two people that were played to their end are, whose texts nobody hid, and whose
  /// clocks were those of today.
  ///
  /// - Parameter decision: Whether a moderator has hidden a text, or restored it.
  init?(
    _ recorded: RecordedDuel, seat: Int, timing: DuelTiming,
    decision: (TextReference) -> Bool?
  ) {
    let setup = recorded.record.setup
    guard recorded.isClosed, !recorded.record.isPrivate, setup.timing == timing,
      setup.seats.indices.contains(seat), setup.seats.allSatisfy({ $0.kind == .human }),
      var duel = try? Duel.start(setup, now: recorded.record.startedAt).duel
    else { return nil }
    let player = setup.seats[seat].player
    var steps: [GhostRecording.Step] = []
    for timed in recorded.commands {
      let before = duel
      guard (try? duel.apply(timed.command, now: timed.at)) != nil else { return nil }
      guard case .answer(player, let round, let answer, _) = timed.command,
        case .question(let until) = before.phase, before.round == round, before != duel,
        let kind = before.question?.kind
      else { continue }
      let left = (until - timed.at).wholeMilliseconds
      steps.append(
        GhostRecording.Step(
          round: round, delayMilliseconds: max(0, timing.question(kind) - left),
          answer: answer))
    }
    guard duel.result?.reason == .points, !duel.hidesText(decision) else { return nil }
    source = setup
    roundCount = duel.results.count
    let rating = (setup.seats[seat].rating.value / Self.ratingStep).rounded() * Self.ratingStep
    let name = PlayerName.guest(from: Entropy(seed: setup.seed &+ UInt64(seat)))
    recording = GhostRecording(
      source: setup.id, seat: seat, name: "Ghost of \(name)", rating: rating, steps: steps)
  }

  /// What its rounds are.
  var format: DuelFormat { source.format }
  /// The units that it asks about.
  var units: [UnitID] { source.materials.map(\.unit) }

  /// The excerpts that its rounds may show.
  var excerpts: [ExcerptID] {
    source.materials.flatMap { material -> [ExcerptID] in
      var excerpts = material.clues + material.reveals
      if let odd = material.oddOneOut {
        excerpts += odd.firing.map(\.excerpt) + odd.silent.map(\.excerpt)
      }
      if let predict = material.predict { excerpts += predict.excerpts.map(\.excerpt) }
      return excerpts
    }
  }

  /// The ghost's own seat.
  var seat: Seat {
    Seat(
      player: PlayerID(rawValue: "ghost"), name: recording.name, kind: .ghost,
      rating: Rating(value: recording.rating, deviation: 80))
  }

  /// The same questions for others; the rounds end where the recording does.
  func setup(_ request: DuelRequest, seated: [SeatedPlayer]) -> DuelSetup {
    let count = max(roundCount, source.format.rounds.count)
    return DuelSetup(
      id: request.id, format: source.format, seats: seated.map(\.seat),
      materials: Array(source.materials.prefix(count)), seed: source.seed, isRated: false,
      timing: source.timing, campaign: request.campaign)
  }
}

extension GhostRecording {
  /// What the person wrote of which a text is a repetition, where that is known.
  ///
  /// Found by its words: a try to which the engine comes too late is left out, and moves the numbers of
  /// those behind it.
  func originals(of text: String, round: Int) -> [TextReference] {
    guard let seat else { return [] }
    return texts(round: round).enumerated().filter { $0.element == text }.map { attempt, _ in
      .duel(id: source, round: round, seat: seat, attempt: attempt)
    }
  }

  /// What the person wrote in a round, by attempts.
  func texts(round: Int) -> [String] {
    steps.filter { $0.round == round }.compactMap { step in
      switch step.answer {
      case .write(let text): text.description
      case .fire(let text): text
      case .pick, .oddOneOut, .predict, .done: nil
      }
    }
  }
}

extension Duel {
  /// Whether nobody is shown a text of its rounds: a moderator hid it, or it waits for one.
  fileprivate func hidesText(_ decision: (TextReference) -> Bool?) -> Bool {
    results.contains { result in
      result.reveal.texts.contains { seat, attempt, isHidden in
        let reference = TextReference.duel(
          id: setup.id, round: result.round, seat: seat, attempt: attempt)
        return decision(reference) ?? isHidden
      }
    }
  }
}

extension RoundReveal {
  /// What was written in it: by which seat, which attempt it was, and whether the check of texts hid it.
  fileprivate var texts: [(seat: Int, attempt: Int, isHidden: Bool)] {
    switch self {
    case .write(let entries, _):
      entries.enumerated().compactMap { seat, entry in
        entry.map { (seat, 0, $0.isHidden) }
      }
    case .fire(_, let tries):
      tries.enumerated().flatMap { seat, tries in
        tries.map { (seat, $0.attempt, $0.isHidden) }
      }
    case .pick, .oddOneOut, .predict: []
    }
  }
}
