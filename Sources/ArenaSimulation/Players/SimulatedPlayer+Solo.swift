import ArenaProtocol
import ArenaTypes

/// Solo play, a step now and then.
extension SimulatedPlayer {
  /// Opens the unit that it is at.
  func playSolo() { send(.soloOpen(.init(unit: nil))) }

  /// Does something at the unit that it sees.
  func sawSolo(_ solo: JSONValue) {
    guard let name = solo["unit"]?["id"]?.string else { return }
    let unit = UnitID(rawValue: name)
    switch chance.next() % 7 {
    case 0, 1: send(.soloSubmit(.init(unit: unit, text: "words of sort \(chance.next() % 60)")))
    case 2: send(.soloMark(.init(unit: unit, mark: happens(0.7) ? .mess : .noneFits)))
    case 3: send(.soloNext(.init(unit: unit)))
    case 4: send(.soloBack(.init(unit: unit)))
    case 5: send(.profileGet)
    default: voteOnSomething(solo["explanations"]?.array ?? [], unit)
    }
  }

  private func voteOnSomething(_ explanations: [JSONValue], _ unit: UnitID) {
    guard !explanations.isEmpty else { return }
    let one = explanations[Int(chance.next() % UInt64(explanations.count))]
    guard let id = one["id"]?.string, one["own"]?.bool == false else { return }
    let vote = Wire.VoteDirection.allCases[Int(chance.next() % 3)]
    send(.soloVote(.init(unit: unit, explanation: ExplanationID(rawValue: id), vote: vote)))
  }
}
