import ArenaProtocol
import ArenaTypes

/// What became of one player's answers: each is to be acknowledged, and then revealed as it was given.
///
/// An answer is settled when both have come, in either order, or when it was refused. Whatever is never
/// settled, or is revealed as something else, is lost.
struct AnswerWatch {
  /// What has come of answers.
  struct Tally: Codable, Equatable {
    /// Answers that were sent.
    var sent = 0
    /// Of these, acknowledged.
    var acknowledged = 0
    /// Of these, revealed as they were given.
    var revealed = 0
    /// Acknowledged or not, revealed as something else or as nothing.
    var lost = 0
    /// Refused, by code.
    var refused: [String: Int] = [:]

    /// Answers whose end has not come.
    var openCount: Int { sent - revealed - lost - refused.values.reduce(0, +) }

    /// Adds those of others.
    mutating func add(_ other: Tally) {
      sent += other.sent
      acknowledged += other.acknowledged
      revealed += other.revealed
      lost += other.lost
      refused.merge(other.refused, uniquingKeysWith: +)
    }
  }

  private struct Answer {
    let duel: DuelID
    let round: Int
    let side: Wire.Side
    let isCounted: Bool
    var isAcknowledged = false
    /// Whether it was revealed as it was given; nil before the reveal.
    var isRevealed: Bool?
  }

  private var open: [Wire.CommandID: Answer] = [:]

  /// Notes that an answer goes out.
  ///
  /// - Parameter isCounted: Whether the tally knows it.
  mutating func sent(
    _ command: Wire.CommandID, duel: DuelID, round: Int, side: Wire.Side, isCounted: Bool,
    in tally: inout Tally
  ) {
    guard open[command] == nil else { return }
    open[command] = Answer(duel: duel, round: round, side: side, isCounted: isCounted)
    if isCounted { tally.sent += 1 }
  }

  /// Notes an acknowledgement; whether it is the first one of an answer that counts.
  mutating func acknowledged(_ command: Wire.CommandID, in tally: inout Tally) -> Bool {
    guard var answer = open[command], !answer.isAcknowledged else { return false }
    answer.isAcknowledged = true
    open[command] = answer.isRevealed == nil ? answer : nil
    guard answer.isCounted else { return false }
    tally.acknowledged += 1
    if answer.isRevealed == true { tally.revealed += 1 }
    return true
  }

  /// Notes that an answer was refused.
  mutating func refused(_ command: Wire.CommandID, code: String, in tally: inout Tally) {
    guard let answer = open.removeValue(forKey: command), answer.isCounted else { return }
    // Accepted and then refused is no refusal.
    if answer.isAcknowledged || answer.isRevealed != nil {
      if answer.isRevealed != false { tally.lost += 1 }
    } else {
      tally.refused[code, default: 0] += 1
    }
  }

  /// Notes what a reveal says that the player has answered; nil: nothing.
  mutating func revealed(
    _ side: Wire.Side?, duel: DuelID, round: Int, in tally: inout Tally
  ) {
    let found = open.first { $0.value.duel == duel && $0.value.round == round }
    guard let (command, known) = found, known.isRevealed == nil else { return }
    var answer = known
    answer.isRevealed = answer.side == side
    if answer.isCounted, answer.isRevealed == false { tally.lost += 1 }
    if answer.isCounted, answer.isRevealed == true, answer.isAcknowledged { tally.revealed += 1 }
    open[command] = answer.isAcknowledged ? nil : answer
  }
}
