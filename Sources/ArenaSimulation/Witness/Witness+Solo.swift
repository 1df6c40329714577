import ArenaProtocol
import ArenaStorage
import ArenaTypes

/// What is on the disk of solo play.
struct DurableSolo {
  /// A player's vote on an explanation, ever.
  struct Vote: Hashable {
    let player: PlayerID
    let unit: UnitID
    let explanation: ExplanationID
  }

  private(set) var texts: Set<ExplanationID> = []
  private(set) var votes: Set<Vote> = []

  mutating func apply(_ write: StoreWrite) {
    switch write {
    case .putExplanation(let record): texts.insert(record.explanation.id)
    case .putVote(let vote):
      votes.insert(
        Vote(player: vote.player, unit: vote.unit, explanation: vote.explanation))
    default: break
    }
  }
}

extension Witness {
  /// Something of solo play is acknowledged: it is on disk, and what is held back is not sent.
  func checkSolo(_ command: ClientCommand, _ id: String, _ data: JSONValue, on line: Line) {
    guard let player = line.player else { return fail("nobody plays solo") }
    if let solo = data["solo"] {
      require(
        solo["hidden"]?.bool != true || solo["explanations"]?.array == [],
        "explanations are held back and sent: \(solo)")
    }
    switch command {
    case .soloSubmit(let content):
      guard let name = data["explanation"]?.string else { return fail("a text without a name") }
      let explanation = ExplanationID(rawValue: name)
      switch data["outcome"]?.string {
      case "counted":
        require(
          durable.solo.votes.contains(
            .init(player: player, unit: content.unit, explanation: explanation)),
          "\(id) counts as a vote on \(name), which is not on disk")
      default:
        require(
          durable.solo.texts.contains(explanation),
          "\(name) of \(player) is acknowledged and not on disk")
      }
    case .soloVote(let content):
      require(
        durable.solo.votes.contains(
          .init(player: player, unit: content.unit, explanation: content.explanation)),
        "the vote \(id) of \(player) is acknowledged and not on disk")
    default: return
    }
    if firstAcknowledgement(id) { world.counts.soloAnswersAcknowledged += 1 }
  }
}
