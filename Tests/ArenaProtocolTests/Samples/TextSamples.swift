import ArenaProtocol
import ArenaTypes

// Two samples of each type: `full` has every optional and list filled, `bare` has none.

private let sampleUnit = UnitID(rawValue: "smollm2-135m/12/residual:truth/0")
private let sampleText = "\u{0}\u{202E}\u{FFFD}\u{1F600} \"x\" \\ |"

extension ClientCommand.UnitTry {
  static let full = ClientCommand.UnitTry(unit: sampleUnit, text: sampleText)
  static let bare = ClientCommand.UnitTry(unit: sampleUnit, text: "")
}

extension ClientCommand.UnitAttribute {
  static let full = ClientCommand.UnitAttribute(unit: sampleUnit, text: sampleText, token: 255)
  static let bare = ClientCommand.UnitAttribute(unit: sampleUnit, text: "", token: 0)
}

extension ClientCommand.UnitSearch {
  static let full = ClientCommand.UnitSearch(
    query: String(repeating: "\u{1F600}", count: 200), by: .token)
  static let bare = ClientCommand.UnitSearch(query: "x", by: .meaning)
}

extension ServerAnswer.TextTried {
  static let full = ServerAnswer.TextTried(
    tokens: [.init(text: sampleText, activation: -0.5)], scale: 9.125, left: 3)
  static let bare = ServerAnswer.TextTried(tokens: [], scale: 0, left: 0)
}

extension ServerAnswer.TextAttributed {
  static let full = ServerAnswer.TextAttributed(
    token: 2, activation: 7.25, adds: [-1.5, 0], left: 3)
  static let bare = ServerAnswer.TextAttributed(token: 0, activation: 0, adds: [], left: 0)
}

extension ServerAnswer.UnitsFound {
  static let full = ServerAnswer.UnitsFound(
    hits: [
      Wire.UnitHit(unit: .full, explanation: .full, likeness: 1, clue: .full),
      Wire.UnitHit(unit: .bare, explanation: nil, likeness: 0, clue: nil),
    ], complete: true)
  static let bare = ServerAnswer.UnitsFound(hits: [], complete: false)
}

extension ServerPart {
  static let samples: [ServerPart] = [
    .unitTry(
      .init(from: 32, of: 34, tokens: [.init(text: sampleText, activation: 7.25)], scale: 9.125)),
    .unitTry(.init(from: 0, of: 1, tokens: [], scale: 0)),
    .unitAttribute(.init(from: 3, adds: [-1.5, 0.25], activation: 7.25)),
    .unitAttribute(.init(from: 0, adds: [], activation: 0)),
  ]
}
