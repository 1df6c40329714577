import ArenaProtocol
import ArenaRules
import ArenaTypes

/// What the server says to commands.
extension Witness {
  /// An answer or a refusal leaves the server.
  func checkAnswer(_ frame: ServerFrame, text: String, to id: String, on line: Line) {
    guard let sent = line.owner.command(id) else { return }
    if frame.type == "part" { return checkPart(frame, id, sent, on: line) }
    if frame.type == "error" {
      world.counts.refusals += 1
      checkRefusal(frame, id, sent, on: line)
    } else {
      require(
        frame.command == sent.command.kind.rawValue,
        "\(sent.command.kind) was answered as \(frame.command ?? "nothing")")
      checkDone(frame, id, sent, on: line)
    }
    remember(frame, text, id, sent.command, on: line)
  }

  /// A command that is repeated gets its first answer again, as long as the server remembers.
  private func remember(
    _ frame: ServerFrame, _ text: String, _ id: String, _ command: ClientCommand, on line: Line
  ) {
    switch command {
    // A place in the queue goes with the connection, and the answer with the place.
    case .queueJoin: return
    case .hello, .ping, .subscribe, .unsubscribe, .contestList, .contestFinal, .unitGet,
      .unitTry, .unitAttribute, .unitSearch, .boardPage, .boardTerritories, .duelReplay,
      .soloOpen, .soloNext, .soloBack, .soloMark, .profileGet,
      .moderateLogin, .moderateAudit, .moderateList, .moderateLook:
      return
    // Who has not logged in is refused without a look at the command.
    case let act where act.kind.isForModerators && frame.errorCode == .forbidden: return
    default: break
    }
    guard let player = line.player, frame.errorCode?.isRetryable != true,
      !world.settings.hazards.isForgetful
    else { return }
    let first = firstAnswers[player, default: FirstAnswers()].note(text, to: id)
    require(first == nil, "\(id) was answered with \(first ?? "") and then with \(text)")
  }

  private func checkRefusal(
    _ frame: ServerFrame, _ id: String, _ sent: SentCommand, on line: Line
  ) {
    switch sent.command {
    case .hello(let hello):
      // Who was told a secret has an identity that outlives everything.
      require(
        hello.player == nil || frame.errorCode != .badSecret, "a player's own secret is refused")
    case .duelAnswer(let given):
      // A duel that is over for long is not found; a refusal for now promises nothing.
      guard let code = frame.errorCode, !code.isRetryable, code != .notFound,
        let player = line.player
      else { return }
      let key = DurableWorld.AnswerKey(player: player, command: CommandID(rawValue: id))
      require(
        durable.duels[given.duel]?.answers[key] == nil,
        "the answer \(id) of \(player) is refused with \(code) and is on disk")
    default: break
    }
  }

  private func checkDone(
    _ frame: ServerFrame, _ id: String, _ sent: SentCommand, on line: Line
  ) {
    let data = frame.data
    checkMute(sent, on: line)
    switch sent.command {
    case .hello(let hello):
      guard let player = data["player"]?["id"]?.string else { return fail("nobody said hello") }
      line.player = PlayerID(rawValue: player)
      require(
        hello.player.map { $0.id == line.player } ?? true, "hello to another player than asked")
    case .subscribe(let asked): subscribed(frame, asked: asked, on: line)
    case .unsubscribe(let asked):
      line.topics.lossless[asked.topic] = nil
      if let name = asked.topic.board {
        line.topics.boards[name] = nil
        line.topics.ownPlaces[name] = nil
      }
    case .duelAnswer(let answer): acknowledged(answer, id, on: line)
    case .contestStart(let content):
      require(
        line.player.map { durable.contests[content.contest]?.hasRun($0) ?? false } ?? false,
        "a run in \(content.contest) is acknowledged that is not on disk")
    case .contestAnswer(let answer): acknowledged(answer, id, data, on: line)
    case .contestSubmit(let answer): acknowledged(answer, id, on: line)
    case .unitGet(let content): checkSeal(content.unit, sent, on: line)
    case .unitTry(let content): checkTried(content.unit, id, data, sent, on: line)
    case .unitSearch:
      for hit in data["hits"]?.array ?? [] {
        guard let unit = hit["unit"]?["id"]?.string else { return fail("a hit without a unit") }
        checkSeal(UnitID(rawValue: unit), sent, on: line)
      }
    case .soloOpen, .soloNext, .soloBack, .soloSubmit, .soloVote, .soloMark:
      checkSolo(sent.command, id, data, on: line)
    case .duelReplay(let content): checkReplay(content.duel, data, sent, on: line)
    case .moderateLogin: line.isModerator = true
    case .contestList: checkList(data["contests"]?.array ?? [])
    case .moderateEndDuel, .moderatePauseContest, .moderateResumeContest, .moderateEndContest,
      .moderateRemoveFromContest, .moderateKick, .moderateAct, .moderateUndo:
      checkAct(sent.command, id, data, on: line)
      noteDraining()
    case .moderateAudit, .moderateList, .moderateLook:
      require(line.isModerator, "\(sent.command.kind) was done for who has shown no token")
    default: break
    }
  }

  /// An answer in a duel is acknowledged: it is on disk, once, as it was given.
  private func acknowledged(_ given: ClientCommand.DuelAnswer, _ id: String, on line: Line) {
    guard let player = line.player else { return fail("an answer of nobody is acknowledged") }
    // A duel that was over for long is forgotten here and by the server.
    guard let model = durable.duels[given.duel] else {
      return fail("an answer in \(given.duel) is acknowledged, which is not on disk")
    }
    let key = DurableWorld.AnswerKey(player: player, command: CommandID(rawValue: id))
    let kept = model.answers[key]
    require(
      kept.map { Self.isSame($0.answer, given.answer) } ?? false,
      "the answer \(id) of \(player) in \(given.duel) is acknowledged; on disk is "
        + (kept.map { "\($0.answer)" } ?? "nothing"))
    if firstAcknowledgement(id) { world.counts.duelAnswersAcknowledged += 1 }
  }

  private func acknowledged(
    _ given: ClientCommand.ContestAnswer, _ id: String, _ data: JSONValue, on line: Line
  ) {
    guard let player = line.player, let model = durable.contests[given.contest] else {
      return fail("an answer in \(given.contest) is acknowledged, which is not on disk")
    }
    let key = DurableWorld.AnswerKey(player: player, command: CommandID(rawValue: id))
    guard let verdict = model.verdicts[key] else {
      return fail("the answer \(id) of \(player) is acknowledged and not on disk")
    }
    let isSame =
      verdict.question == given.question - 1 && verdict.choice?.rawValue == given.side.rawValue
      && data["right"]?.bool == verdict.isRight
      && data["rightSide"]?.string == verdict.right.rawValue
    require(isSame, "\(id) was judged as \(data), a replay says \(verdict)")
    if firstAcknowledgement(id) { world.counts.raceAnswersAcknowledged += 1 }
  }

  private func acknowledged(
    _ given: ClientCommand.ContestSubmit, _ id: String, on line: Line
  ) {
    guard let player = line.player, let model = durable.contests[given.contest] else {
      return fail("an answer in \(given.contest) is acknowledged, which is not on disk")
    }
    let kept = model.answers[DurableWorld.AnswerKey(player: player, command: .init(rawValue: id))]
    require(
      kept.map { $0.question == given.round - 1 && Self.isSame($0.answer, given.answer) } ?? false,
      "the answer \(id) of \(player) in \(given.contest) is acknowledged; on disk is "
        + (kept.map { "\($0)" } ?? "nothing"))
    if firstAcknowledgement(id) { world.counts.contestAnswersAcknowledged += 1 }
  }

  private static func isSame(_ kept: ArenaRules.Answer, _ given: Wire.Answer) -> Bool {
    switch (kept, given) {
    case (.pick(let kept), .pick(let given)): kept.rawValue == given.rawValue
    case (.write(let kept), .write(let given)):
      kept == (try? ExplanationText(given))
    case (.oddOneOut(.allTheSame), .oddOneOut(let given)): given == 0
    case (.oddOneOut(.excerpt(let index)), .oddOneOut(let given)): given == index + 1
    case (.predict(let kept), .predict(let given)): kept == given
    case (.fire(let kept), .fire(let given)): kept == given
    case (.done, .done): true
    default: false
    }
  }

  /// There is always a race, a daily and a quest to come to, once the server has had the time to open
  /// them.
  private func checkList(_ contests: [JSONValue]) {
    let now = world.clock.now
    guard now - world.wellSince > .seconds(15) else { return }
    let there = contests.filter { contest in
      contest["closesAt"]?.integer.map { $0 + 15_000 > now.millisecondsSinceEpoch } ?? false
    }.compactMap { $0["kind"]?.string }
    // Where a moderator has ended one, there is none until the next one's time.
    let altered = Set(
      durable.contests.values.filter(\.isAltered).map(\.contest.setup.kind.rawValue))
    for kind in ["race", "daily", "quest"] where !altered.contains(kind) {
      require(there.contains(kind), "there is no \(kind) to come to: \(contests)")
    }
  }

  /// The page of a unit is shown: the unit is not in the player's running round.
  func checkSeal(_ unit: UnitID, _ sent: SentCommand, on line: Line) {
    guard let player = line.player, let id = durable.openDuels[player],
      let duel = durable.duels[id]?.duel, case .question = duel.phase,
      duel.question?.unit == unit, let openedAt = durable.duels[id]?.roundOpenedAt
    else { return }
    // A page that was asked for before the round began may still be on its way.
    require(
      openedAt + .seconds(2) > sent.firstSentAt,
      "\(player) is shown \(unit) while it is asked about in \(id)")
  }
}
