import ArenaRules
import ArenaStorage
import ArenaTypes

/// What all answers so far tell: how strong explanations are, how hard questions are, how reliable
/// players are, and what players wrote.
///
/// It is a function of what the store has recorded, read in order by `BookKeeper`; a server that starts
/// reads the same again and knows the same. Any thread may ask.
final class QuestionBook: Sendable {
  /// How far the store's records have been read.
  struct Position: Hashable, Sendable {
    /// The number of the last answer.
    var answer: Int64 = 0
    /// The number of the last change of an explanation.
    var explanationChange: Int64 = 0
  }

  /// What is known of one unit.
  struct Entry {
    var choices = UnitChoices()
    var histories: [PairKey: QuestionHistory] = [:]
    var kindHistories: [RoundKind: QuestionHistory] = [:]
    /// How many answers of each kind there are.
    var answerCounts: [RoundKind: Int] = [:]
    /// What players wrote of it.
    var texts: [ExplanationID] = []
    /// Strengths as they were last computed; nil once something has changed.
    var strengths: Strengths?
    /// Counts the changes.
    private(set) var version = 0
    /// The pick questions as they were last made; nil once something has changed.
    var questions: [PairQuestion]?

    /// Whether nothing is known.
    var isEmpty: Bool { answerCounts.isEmpty && texts.isEmpty }

    /// Notes that what was computed from it no longer holds.
    mutating func changed(strengths isDifferent: Bool) {
      version += 1
      questions = nil
      if isDifferent { strengths = nil }
    }
  }

  /// Strengths and what was found out from them.
  struct Strengths {
    let explanations: [ExplanationID]
    let fit: BradleyTerry
    /// Which of two is preferred beyond doubt, by their positions.
    var preferences: [[Int]: Bool?] = [:]
  }

  /// A player who has answered.
  private struct Chooser {
    var reliability = Reliability()
    /// The gold questions answered so far, of which the first answer counts.
    var gold: Set<PairKey> = []
    /// The units whose strengths depend on the player's reliability.
    var units: Set<UnitKey> = []
  }

  private struct State {
    var position = Position()
    var numbers: [PlayerID: Int32] = [:]
    var choosers: [Chooser] = []
    var entries: [UnitKey: Entry] = [:]
    var texts: [ExplanationID: PlayerText] = [:]

    mutating func number(of player: PlayerID) -> Int32 {
      if let known = numbers[player] { return known }
      let number = Int32(choosers.count)
      numbers[player] = number
      choosers.append(Chooser())
      return number
    }
  }

  private let state = Locked(State())

  /// How far the store's records have been read.
  var position: Position { state.withLock { $0.position } }

  // MARK: What it is told

  /// Takes answers in the order of their numbers; those that it knows are passed over.
  func note(_ answers: [Numbered<AnswerRecord>]) {
    state.withLock { state in
      for answer in answers where answer.number > state.position.answer {
        state.position.answer = answer.number
        Self.note(answer.record, in: &state)
      }
    }
  }

  private static func note(_ answer: AnswerRecord, in state: inout State) {
    let key = UnitKey(campaign: answer.campaign, unit: answer.unit)
    let chooser = state.number(of: answer.player)
    let circumstances = answer.circumstances
    var entry = state.entries[key] ?? Entry()
    // Out of the table while it changes, so that nothing is copied.
    state.entries[key] = nil
    defer { state.entries[key] = entry }
    guard let kind = answer.content.kind else { return }
    entry.answerCounts[kind, default: 0] += 1
    entry.changed(strengths: false)
    guard case .pick(let chosen, let other, _) = answer.content else {
      if let isRight = circumstances?.isRight {
        entry.kindHistories[kind, default: QuestionHistory()]
          .note(isRight: isRight, rating: circumstances?.rating)
      }
      return
    }
    let pair = PairKey(chosen, other)
    if let isRight = circumstances?.isRight {
      entry.histories[pair, default: QuestionHistory()]
        .note(isRight: isRight, rating: circumstances?.rating)
      if circumstances?.testsReliability == true {
        noteGold(pair, isRight: isRight, by: chooser, in: &state)
        // The unit at hand is out of the table.
        entry.changed(strengths: true)
      }
    }
    if entry.choices.add(chooser: chooser, chosen: chosen, other: other) {
      entry.changed(strengths: true)
      state.choosers[Int(chooser)].units.insert(key)
    }
  }

  private static func noteGold(
    _ pair: PairKey, isRight: Bool, by chooser: Int32, in state: inout State
  ) {
    guard state.choosers[Int(chooser)].gold.insert(pair).inserted else { return }
    state.choosers[Int(chooser)].reliability.note(isRight: isRight)
    for unit in state.choosers[Int(chooser)].units {
      state.entries[unit]?.changed(strengths: true)
    }
  }

  /// Takes changes of explanations in their order; those that it knows are passed over.
  ///
  /// - Parameter names: What the authors are called.
  func note(_ explanations: [Numbered<ExplanationRecord>], names: [PlayerID: String]) {
    state.withLock { state in
      for change in explanations where change.number > state.position.explanationChange {
        state.position.explanationChange = change.number
        let record = change.record
        guard case .player(let author) = record.explanation.author else { continue }
        let id = record.explanation.id
        let key = UnitKey(campaign: record.campaign, unit: record.explanation.unit)
        if state.texts[id] == nil { state.entries[key, default: Entry()].texts.append(id) }
        state.entries[key]?.changed(strengths: false)
        state.texts[id] = PlayerText(
          explanation: record.explanation, score: record.score,
          authorName: names[author] ?? "A player",
          isShown: record.score != nil && !record.isHidden && !record.isExplicit)
      }
    }
  }

  /// Notes that what may be asked about is different: moderators hid or restored something.
  func forgetQuestions() {
    state.withLock { state in
      for unit in state.entries.keys { state.entries[unit]?.changed(strengths: false) }
    }
  }

  // MARK: What it is asked

  /// How reliable a player is.
  func reliability(of player: PlayerID) -> Reliability {
    state.withLock { state in
      state.numbers[player].map { state.choosers[Int($0)].reliability } ?? Reliability()
    }
  }

  /// What a player wrote, by its name; hidden texts, too.
  func text(_ id: ExplanationID) -> PlayerText? { state.withLock { $0.texts[id] } }

  /// What players wrote of a unit and others may see, by name.
  func texts(of unit: UnitKey) -> [PlayerText] {
    state.withLock { state in
      (state.entries[unit]?.texts ?? []).compactMap { state.texts[$0] }.filter(\.isShown)
        .sorted { $0.explanation.id < $1.explanation.id }
    }
  }

  /// The pick questions of a unit, made anew only where something has changed.
  ///
  /// - Parameter make: Makes them; it may ask the book.
  func questions(of unit: UnitKey, make: () -> [PairQuestion]) -> [PairQuestion] {
    let (known, version) = state.withLock { state in
      if let entry = state.entries[unit] { return (entry.questions, entry.version) }
      let entry = Entry()
      state.entries[unit] = entry
      return (nil, entry.version)
    }
    if let known { return known }
    let made = make()
    state.withLock { state in
      guard state.entries[unit]?.version == version else { return }
      state.entries[unit]?.questions = made
    }
    return made
  }

  /// How strong explanations of a unit are.
  ///
  /// - Complexity: O(1) where nothing has changed since somebody asked last; else as
  ///   `UnitChoices.strengths`.
  func strengths(of explanations: [ExplanationID], unit: UnitKey) -> BradleyTerry {
    state.withLock { Self.strengths(of: explanations, unit: unit, in: &$0).fit }
  }

  /// Whether people's choices prefer the first of two explanations of a unit, given by their positions in
  /// `explanations`, beyond doubt; nil where they don't tell.
  ///
  /// - Complexity: As `strengths(of:unit:)`, and one fit for each pair.
  func prefersFirst(
    _ first: Int, _ second: Int, of explanations: [ExplanationID], unit: UnitKey
  ) -> Bool? {
    state.withLock { state in
      let known = Self.strengths(of: explanations, unit: unit, in: &state)
      if let preference = known.preferences[[first, second]] { return preference }
      // Whom nobody has compared with anything is known by nothing.
      let preference =
        known.fit.isEmpty ? nil : known.fit.prefersFirst(first, second)
      state.entries[unit]?.strengths?.preferences[[first, second]] = .some(preference)
      return preference
    }
  }

  private static func strengths(
    of explanations: [ExplanationID], unit: UnitKey, in state: inout State
  ) -> Strengths {
    if let known = state.entries[unit]?.strengths, known.explanations == explanations {
      return known
    }
    let choosers = state.choosers
    let choices = state.entries[unit]?.choices ?? UnitChoices()
    let fit = choices.strengths(of: explanations) { choosers[Int($0)].reliability.weight }
    let strengths = Strengths(explanations: explanations, fit: fit)
    state.entries[unit, default: Entry()].strengths = strengths
    return strengths
  }

  /// The pairs of a unit's explanations that anybody chose between, with how many chose which.
  func tallies(of unit: UnitKey) -> [(pair: PairKey, first: Int, second: Int)] {
    state.withLock { state in
      guard let choices = state.entries[unit]?.choices else { return [] }
      return choices.pairs.map { pair in
        let tally = choices.tally(pair)
        return (pair, tally.first, tally.second)
      }
    }
  }

  /// How hard a pair is to tell apart.
  func difficulty(of pair: PairKey, unit: UnitKey) -> Double {
    state.withLock { ($0.entries[unit]?.histories[pair] ?? QuestionHistory()).difficulty }
  }

  /// How hard a unit is in rounds of a kind, and how many answers such rounds have had.
  func difficulty(of unit: UnitKey, in kind: RoundKind) -> (rating: Double, answerCount: Int) {
    state.withLock { state in
      let entry = state.entries[unit]
      return (
        (entry?.kindHistories[kind] ?? QuestionHistory()).difficulty,
        entry?.answerCounts[kind] ?? 0
      )
    }
  }

  /// Everything that it knows, in an order that is the same for the same records; for comparing.
  var digest: String {
    state.withLock { state in
      let players = state.numbers.sorted { $0.key < $1.key }.map { player, number in
        let reliability = state.choosers[Int(number)].reliability
        return "\(player) \(reliability.rightCount)/\(reliability.wrongCount)"
      }
      let units = state.entries.filter { !$0.value.isEmpty }.keys.map {
        ($0.campaign.rawValue, $0.unit.rawValue, $0)
      }
      .sorted { ($0.0, $0.1) < ($1.0, $1.1) }
      .map { campaign, unit, key -> String in
        guard let entry = state.entries[key] else { return "" }
        let pairs = entry.choices.pairs
        let ids = Set(pairs.flatMap { [$0.first, $0.second] }).sorted()
        let fit = entry.choices.strengths(of: ids) {
          state.choosers[Int($0)].reliability.weight
        }
        let tallies = pairs.map { pair in
          let tally = entry.choices.tally(pair)
          let difficulty = (entry.histories[pair] ?? QuestionHistory()).difficulty
          return "\(pair.first)-\(pair.second) \(tally.first):\(tally.second) \(difficulty)"
        }
        return "\(campaign) \(unit) \(tallies) \(fit.strengths) \(entry.texts.sorted())"
      }
      return (players + units).joined(separator: "\n")
    }
  }
}

extension AnswerRecord.Content {
  /// The kind of the round that was answered; nil where it was not.
  var kind: RoundKind? {
    switch self {
    case .pick: .pick
    case .write: .write
    case .oddOneOut: .oddOneOut
    case .predict: .predict
    case .fire: .fire
    case .unanswered: nil
    }
  }
}
