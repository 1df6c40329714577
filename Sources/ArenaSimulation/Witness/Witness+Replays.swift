import ArenaProtocol
import ArenaRules
import ArenaTypes

/// Recorded duels: replayed as they were, and as secret as others while somebody plays against them.
extension Witness {
  /// A page of a replay leaves the server: the duel is over, it is told as a replay has it, and its units
  /// are not in the reader's running duel.
  func checkReplay(_ id: DuelID, _ data: JSONValue, _ sent: SentCommand, on line: Line) {
    // A duel that was over for long is forgotten here.
    guard let duel = durable.duels[id]?.duel else { return }
    require(duel.phase == .finished, "\(id) is replayed and goes on")
    var offset = 0
    for event in data["events"]?.array ?? [] {
      offset += 1
      guard event["type"]?.string == "duel.revealed" else { continue }
      let number = Int(event["data"]?["reveal"]?["number"]?.integer ?? 0)
      let points = (0..<2).map { Int(event["data"]?["reveal"]?["points"]?[$0]?.integer ?? -1) }
      let result = duel.results.first { $0.round == number - 1 }
      require(result?.points == points, "\(id) is replayed with \(points) in round \(number)")
    }
    require(offset > 0, "the replay of \(id) is empty")
    guard let player = line.player, let running = durable.openDuels[player],
      let asked = durable.duels[running]?.duel, durable.openedBefore(running, sent.lastSentAt)
    else { return }
    require(
      Set(asked.units).isDisjoint(with: duel.units),
      "\(player) is shown the replay of \(id), whose units are asked about in \(running)")
  }

  /// A text that a ghost will give must not be seen in its duel before that round's reveal.
  func checkGhosts(_ number: String, _ text: String, _ line: Line) {
    guard let place = durable.ghostMarks[number] else { return }
    for (id, round) in place {
      guard let duel = durable.duels[id]?.duel else { continue }
      let isRevealed =
        duel.results.contains { $0.round == round } || duel.phase == .finished
      let isIn =
        text.contains("\"topic\":\"duel/\(id)\"")
        || (text.contains("\"duel\":\"\(id)\""))
      require(
        isRevealed || !isIn,
        "\(line.player?.rawValue ?? "somebody") sees what the ghost of \(id) will write: \(text)")
    }
  }
}
