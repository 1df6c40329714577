import ArenaProtocol
import ArenaRules
import ArenaStorage
import ArenaTypes
import DispatchTransport
import Interpretation

extension PlayerRoom {
  /// Carries out a command of solo play.
  func routeSolo(_ command: ClientCommand, _ origin: CommandOrigin) {
    switch command {
    case .soloOpen(let content):
      moveSolo(origin, to: content.unit) { .soloOpen(.init(solo: $0)) }
    case .soloNext(let content):
      moveSolo(origin, answer: { .soloNext(.init(solo: $0)) }) { state, room in
        let now = room.context.now
        state.next(from: content.unit, now: now) { [trail = state.trail] in
          room.freshUnit(besides: trail)
        }
      }
    case .soloBack(let content):
      moveSolo(origin, answer: { .soloBack(.init(solo: $0)) }) { state, room in
        state.back(from: content.unit, now: room.context.now)
      }
    case .soloSubmit(let content): submit(content, origin)
    case .soloVote(let content): queueSolo(origin) { $0.vote(content, origin) }
    case .soloMark(let content): queueSolo(origin) { $0.mark(content, origin) }
    case .profileGet: queueSolo(origin) { $0.openProfile(origin) }
    default: context.refuse(origin, .unknownType)
    }
  }

  // MARK: Moving

  private func moveSolo(
    _ origin: CommandOrigin, to unit: UnitID?,
    answer: @escaping @Sendable (Wire.SoloUnit) -> ServerAnswer
  ) {
    if let unit, context.services.campaign.unit(unit) == nil {
      return context.refuse(origin, .notFound)
    }
    moveSolo(origin, answer: answer) { state, room in
      if let unit { state.open(unit, now: room.context.now) }
    }
  }

  private func moveSolo(
    _ origin: CommandOrigin, answer: @escaping @Sendable (Wire.SoloUnit) -> ServerAnswer,
    _ move: @escaping @Sendable (inout SoloState, PlayerRoom) -> Void
  ) {
    queueSolo(origin) { room in
      let id = room.id
      room.readSolo(origin) { reader throws(StorageError) in
        try SoloState.read(reader, of: id)
      } then: { room, before in
        var state = before
        move(&state, room)
        let campaign = room.context.services.campaign
        // The campaign may be another one than that of the trail.
        if state.current.flatMap(campaign.unit) == nil, let unit = room.freshUnit(besides: []) {
          state.open(unit, now: room.context.now)
        }
        guard let unit = state.current else { return room.refuseSolo(origin, .notFound) }
        let writes = state == before ? [] : state.write(of: id)
        room.unlessSealed(unit, origin) { room in
          room.noteUnits([unit])
          room.commitSolo(origin, writes) { $0.showSolo(unit, origin) { answer($1) } }
        }
      }
    }
  }

  /// A unit that the player has not met; the one met longest ago where there is none.
  private func freshUnit(besides trail: [UnitID]) -> UnitID? {
    var entropy = context.services.entropy
    let units = context.services.campaign.units.map(\.id)
    let met = Set(trail)
    let fresh = units.filter { !met.contains($0) && unitsSeen[$0] == nil }
    if let unit = fresh.randomElement(using: &entropy) { return unit }
    let rest = units.filter { !met.contains($0) }
    return rest.randomElement(using: &entropy) ?? trail.first { $0 != trail.last }
  }

  /// Answers the command under way with what there is at a unit now.
  func showSolo(
    _ unit: UnitID, _ origin: CommandOrigin,
    _ answer: @escaping @Sendable (PlayerRoom, Wire.SoloUnit) -> ServerAnswer
  ) {
    readMoment(origin, unit: unit) { room, moment in
      guard let shown = room.soloViews.soloUnit(unit, moment, of: room.soloReader) else {
        return room.refuseSolo(origin, .notFound)
      }
      room.settleSolo(origin, .success(answer(room, shown)), isKept: false)
    }
  }

  // MARK: Votes and marks

  private func vote(_ content: ClientCommand.SoloVote, _ origin: CommandOrigin) {
    unlessSealed(content.unit, origin) { room in
      room.readMoment(origin, unit: content.unit) { room, moment in
        if let code = room.refusal(of: content, moment) {
          return room.refuseSolo(origin, code)
        }
        let vote = VoteRecord(
          player: room.id, unit: content.unit, explanation: content.explanation,
          direction: content.vote.record, at: room.context.now)
        room.commitSolo(origin, [.putVote(vote)]) { $0.voted(content, origin) }
      }
    }
  }

  private func refusal(of content: ClientCommand.SoloVote, _ moment: SoloMoment) -> ErrorCode? {
    let isOfCampaign =
      context.services.campaign.explanation(content.explanation)?.explanation.unit == content.unit
    if !isOfCampaign {
      guard let text = moment.texts.first(where: { $0.explanation.id == content.explanation }),
        moment.isVisible(text, showsExplicit: record.showsExplicit)
      else { return .notFound }
      if text.explanation.author == .player(id) { return .ownExplanation }
    }
    // A vote of before can be taken back, whatever is held back now.
    return content.vote != .none && moment.state.holdsBack(content.unit) ? .guessFirst : nil
  }

  private func voted(_ content: ClientCommand.SoloVote, _ origin: CommandOrigin) {
    readMoment(origin, unit: content.unit) { room, moment in
      room.context.scoreIfWanted(content.explanation, moment)
      guard let unit = room.context.services.campaign.unit(content.unit),
        let shown = room.soloViews.soloExplanations(
          of: unit, moment, showsExplicit: room.record.showsExplicit
        ).first(where: { $0.id == content.explanation })
      else { return room.refuseSolo(origin, .notFound) }
      room.settleSolo(
        origin,
        .success(
          .soloVote(
            .init(
              unit: content.unit, explanation: shown,
              budget: room.soloReader.budget(moment.state)))))
    }
  }

  private func mark(_ content: ClientCommand.SoloMark, _ origin: CommandOrigin) {
    guard context.services.campaign.unit(content.unit) != nil else {
      return refuseSolo(origin, .notFound)
    }
    unlessSealed(content.unit, origin) { room in
      room.readMoment(origin, unit: content.unit) { room, moment in
        if content.mark == .noneFits, moment.state.holdsBack(content.unit) {
          return room.refuseSolo(origin, .guessFirst)
        }
        let mark = UnitMarkRecord(
          player: room.id, unit: content.unit, mark: content.mark.record, at: room.context.now)
        var writes: [StoreWrite] = [.putUnitMark(mark)]
        if content.mark == .mess {
          var state = moment.state
          state.guess(at: content.unit)
          writes += state.write(of: room.id)
        }
        room.commitSolo(origin, writes) { room in
          room.showSolo(content.unit, origin) { .soloMark(.init(solo: $1)) }
        }
      }
    }
  }

  // MARK: Settings

  /// Changes what the player has set, whether explanations are held back included.
  func changeSettings(_ content: ClientCommand.SettingsSet, _ origin: CommandOrigin) {
    guard let hides = content.hideExplanations else {
      return change(origin, answer: { .settingsSet(.init(player: $0)) }) {
        $0.showsExplicit = content.showExplicit
      }
    }
    queueSolo(origin) { room in
      let id = room.id
      room.readSolo(origin) { reader throws(StorageError) in
        try SoloState.read(reader, of: id)
      } then: { room, state in
        var state = state
        state.hidesExplanations = hides
        room.commitSolo(origin, state.write(of: id)) { room in
          room.hidesExplanations = hides
          room.change(origin, answer: { .settingsSet(.init(player: $0)) }) {
            $0.showsExplicit = content.showExplicit
          }
          room.endSolo()
        }
      }
    }
  }
}
