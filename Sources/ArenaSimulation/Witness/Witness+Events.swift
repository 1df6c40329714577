import ArenaProtocol
import ArenaRules
import ArenaTypes

/// What the server says by itself: all of it is on disk.
extension Witness {
  /// An event leaves the server.
  func checkEvent(_ frame: ServerFrame, text: String, on line: Line) {
    guard let topic = frame.topic else { return }
    follow(frame, text: text, topic: topic, on: line)
    switch topic {
    case .duel(let id): checkDuel(id, frame, on: line)
    case .board(let id): checkBoard(BoardName(.contest(id)), frame, on: line)
    case .boardOf(let name): checkBoard(name, frame, on: line)
    case .me: checkOwn(frame, on: line)
    case .moderation: require(line.isModerator, "moderation is shown to who has shown no token")
    case .lobby: break
    }
  }

  private func checkDuel(_ id: DuelID, _ frame: ServerFrame, on line: Line) {
    guard let duel = durable.duels[id]?.duel else {
      return fail("\(frame.type) of \(id), which is not on disk")
    }
    let data = frame.data
    switch frame.type {
    case "duel.roundStarted":
      let number = data["round"]?["number"]?.integer ?? 0
      require(
        duel.round + 1 >= number && duel.question != nil,
        "\(id) shows round \(number) early: on disk it is in \(duel.phase)")
    case "duel.lockedIn":
      guard let round = data["round"]?.integer, let seat = data["seat"]?.integer else { break }
      require(
        isLockedIn(duel, round: Int(round) - 1, seat: Int(seat)),
        "\(id) tells of an answer of seat \(seat) in round \(round) that is not on disk")
    case "duel.revealed":
      checkReveal(data["reveal"], data["totals"], of: duel)
    case "duel.finished": checkResult(data["result"], of: duel)
    case "duel.snapshot": checkSnapshot(data["duel"] ?? .null, of: duel, on: line)
    default: break
    }
  }

  private func isLockedIn(_ duel: Duel, round: Int, seat: Int) -> Bool {
    if duel.round != round || duel.results.contains(where: { $0.round == round }) {
      return duel.round >= round
    }
    let isLocked = duel.view(for: nil).isLockedIn
    return isLocked.indices.contains(seat) && isLocked[seat]
  }

  private func checkReveal(_ reveal: JSONValue?, _ totals: JSONValue?, of duel: Duel) {
    let number = Int(reveal?["number"]?.integer ?? 0)
    guard let result = duel.results.first(where: { $0.round == number - 1 }) else {
      return fail("\(duel.setup.id) reveals round \(number), which is not over on disk")
    }
    let points = (0..<2).map { Int(reveal?["points"]?[$0]?.integer ?? -1) }
    require(
      points == result.points, "\(duel.setup.id) \(number): \(points), replayed \(result.points)")
    guard let totals else { return }
    let shown = (0..<2).map { Int(totals[$0]?.integer ?? -1) }
    require(
      shown == result.totals, "\(duel.setup.id) \(number): \(shown), replayed \(result.totals)")
  }

  private func checkResult(_ shown: JSONValue?, of duel: Duel) {
    guard let result = duel.result else {
      return fail("\(duel.setup.id) has ended for somebody and not on disk")
    }
    let totals = (0..<2).map { Int(shown?["totals"]?[$0]?.integer ?? -1) }
    let (outcome, winner): (String, Int64?) =
      switch result.outcome {
      case .winner(let seat): ("win", Int64(seat))
      case .draw: ("draw", nil)
      case .void: ("void", nil)
      }
    require(
      shown?["outcome"]?.string == outcome && shown?["winner"]?.integer == winner
        && totals == result.totals,
      "\(duel.setup.id) ended as \(String(describing: shown)), a replay gives \(result)")
  }

  private func checkSnapshot(_ shown: JSONValue, of duel: Duel, on line: Line) {
    let id = duel.setup.id
    let seat = line.player.flatMap { duel.seat(of: $0) }
    require(
      shown["you"]?["seat"]?.integer.map(Int.init) == seat,
      "\(id) is shown to \(String(describing: line.player)) as seat of another")
    let history = shown["history"]?.array ?? []
    require(history.count <= duel.results.count, "\(id) shows more rounds than are on disk")
    if let result = shown["result"], result != .null { checkResult(result, of: duel) }
    let phase = shown["phase"]?.string
    if let reveal = shown["reveal"], reveal != .null {
      require(phase == "reveal", "\(id) shows a reveal while \(phase ?? "")")
      checkReveal(reveal, nil, of: duel)
    }
    guard phase == "question", let player = line.player,
      let number = shown["round"]?["number"]?.integer, duel.round == Int(number) - 1,
      case .question = duel.phase
    else { return }
    let given = duel.view(for: player).ownAnswers.filter {
      switch $0.answer {
      case .pick, .oddOneOut, .predict: true
      case .write, .fire, .done: false
      }
    }
    let isShown = shown["you"]?["answer"].map { $0 != .null } ?? false
    // The disk may be ahead of what the server has acted on, never behind.
    require(
      !isShown || !given.isEmpty || duel.question?.kind == .write,
      "\(id) shows \(player) an answer that is not on disk")
    // Who comes back finds the answer that was acknowledged before.
    let mustBeShown = given.contains { isAcknowledged($0.commandID.rawValue) }
    require(
      !mustBeShown || isShown, "\(id) does not show \(player) an answer that was acknowledged")
  }

  private func checkOwn(_ frame: ServerFrame, on line: Line) {
    let data = frame.data
    switch frame.type {
    case "contest.judged":
      guard let player = line.player, let contest = data["contest"]?.string,
        let model = durable.contests[ContestID(rawValue: contest)]
      else { return fail("a verdict of a contest that is not on disk: \(data)") }
      let points = Int(data["run"]?["points"]?.integer ?? 0)
      let most = model.mostPoints[player] ?? 0
      require(points <= most, "\(player) is told of \(points) points, on disk \(most)")
    case "contest.run":
      guard let player = line.player, let contest = data["run"]?["contest"]?.string,
        let model = durable.contests[ContestID(rawValue: contest)]
      else { return fail("a run of a contest that is not on disk: \(data)") }
      let points = Int(data["run"]?["points"]?.integer ?? 0)
      let most = model.mostPoints[player] ?? 0
      require(
        model.hasRun(player) && points <= most,
        "\(player) is told of a run with \(points) points, on disk \(most)")
    case "rating.changed":
      guard let id = data["duel"]?.string, let player = line.player,
        let duel = durable.duels[DuelID(rawValue: id)]?.duel
      else { break }
      let seat = duel.seat(of: player)
      require(
        duel.result?.ratings.isEmpty == false && seat != nil,
        "\(player) is told of a rating that \(id) does not move")
    default: break
    }
  }
}
