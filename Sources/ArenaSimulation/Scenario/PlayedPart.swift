import ArenaProtocol
import ArenaTypes

/// A device's part in a scenario, and how far it is.
struct PlayedPart {
  let part: Scenario.Part
  /// Whether it is played to its end.
  var isDone = false
  /// Whether what it plays is unknown to the server it came back to.
  var isLost = false
  /// Every event that it has received, in order.
  var heard: [WitnessedFrame] = []
  /// Its run as it was told last.
  var run = JSONValue.null

  init(_ part: Scenario.Part) { self.part = part }
}

extension SimulatedPlayer {
  /// Whether its part is over, and all that it has sent is answered; a watcher holds nobody up.
  var hasPlayedPart: Bool {
    guard let part else { return true }
    return part.isLost || (part.isDone && pending.isEmpty)
  }

  /// What it does every second.
  func playPart() {
    if isWelcome, let part {
      resendOverdue()
      checkPatience()
      if !part.isDone, !part.isLost { goOn(with: part.part) }
    }
    later(.seconds(1)) { $0.playPart() }
  }

  private func goOn(with part: Scenario.Part) {
    switch part {
    case .duel(let format):
      guard seat == nil, !isQueued else { break }
      let isAsked = pending.contains { if case .queueJoin = $0.command { true } else { false } }
      if !isAsked { send(.queueJoin(.init(format: format))) }
    case .contest:
      if run == nil, !pending.contains(where: { !$0.isOfConnection }) { send(.contestList) }
    case .watch:
      if let duel = world.players.first?.seat?.id { follow(.duel(duel)) }
    }
  }
}
