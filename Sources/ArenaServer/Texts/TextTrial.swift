import ArenaProtocol
import ArenaTypes
import Interpretation
import TransformerEngine

/// A text of a connection from its command to its last frame; belongs to the connection's shard.
///
/// What the engine finds waits here until it is known that the unit isn't sealed: a round about it may
/// have begun since the command came.
final class TextTrial {
  let command: Wire.CommandID
  let question: TextQuestion
  let player: PlayerID
  /// Ends it; and names it, among all that there have been.
  let handle = InferenceHandle()
  /// What the player may still try at once.
  var textsLeft = 0
  /// How often the engine has said something.
  var eventCount = 0
  /// What the engine has said and nobody was told yet.
  var untold: [TextEvent] = []
  /// Whether the player's rooms are being asked which units are sealed.
  var isAsking = false
  private var tokens: [String] = []
  private var target: TextTarget?
  private var values: [Float] = []

  init(_ question: TextQuestion, of player: PlayerID, command: Wire.CommandID) {
    self.question = question
    self.player = player
    self.command = command
  }

  /// Takes in a piece, and says what it tells; nil where that is nothing yet.
  ///
  /// - Parameter scale: The activation of full colour.
  func part(_ piece: TextPiece, of reading: any TextReading, scale: Double) -> ServerPart? {
    target = reading.target
    if tokens.isEmpty {
      tokens = reading.tokens
      values = Array(repeating: 0, count: reading.target?.token ?? tokens.count)
    }
    let places = piece.start..<piece.start + piece.values.count
    guard !places.isEmpty, places.upperBound <= values.count else { return nil }
    values.replaceSubrange(places, with: piece.values)
    if let target {
      return .unitAttribute(
        .init(from: piece.start, adds: piece.values, activation: Double(target.activation)))
    }
    return .unitTry(
      .init(
        from: piece.start, of: tokens.count, tokens: places.map(token), scale: scale))
  }

  private func token(_ place: Int) -> Wire.TokenActivation {
    Wire.TokenActivation(text: tokens[place], activation: Double(values[place]))
  }

  /// The whole answer.
  func answer(scale: Double) -> ServerAnswer {
    if let target {
      return .unitAttribute(
        .init(
          token: target.token, activation: Double(target.activation), adds: values,
          left: textsLeft))
    }
    return .unitTry(.init(tokens: tokens.indices.map(token), scale: scale, left: textsLeft))
  }
}

/// The texts of a connection that are being read: one of each kind at most.
struct TextTrials {
  private var reading: TextTrial?
  private var attribution: TextTrial?

  /// The one that `handle` ends, if it is still going on.
  func trial(of handle: InferenceHandle) -> TextTrial? {
    [reading, attribution].compactMap(\.self).first { $0.handle === handle }
  }

  /// Takes in another text, which ends those whose place it takes: a reading means that the text has
  /// changed, so that nobody looks at an attribution any more.
  ///
  /// - Returns: Those that were ended.
  mutating func begin(_ trial: TextTrial) -> [TextTrial] {
    let ended = trial.question.token == nil ? [reading, attribution] : [attribution]
    if trial.question.token == nil {
      (reading, attribution) = (trial, nil)
    } else {
      attribution = trial
    }
    for trial in ended { trial?.handle.cancel() }
    return ended.compactMap(\.self)
  }

  /// Forgets one that is over.
  mutating func end(_ handle: InferenceHandle) {
    if reading?.handle === handle { reading = nil }
    if attribution?.handle === handle { attribution = nil }
  }

  /// Ends all, since the connection is gone.
  func cancel() {
    reading?.handle.cancel()
    attribution?.handle.cancel()
  }
}
