import ArenaProtocol
import ArenaRules
import ArenaTypes

/// How a player plays contests.
extension SimulatedPlayer {
  /// Chooses among the contests that are open, and joins or watches one.
  func contestsListed(_ contests: [JSONValue]) {
    guard run == nil, !isRetired, part?.isDone != true else { return }
    var open = contests.filter { $0["state"]?.string == "open" }
    if case .contest(let kind)? = part?.part {
      open = open.filter { $0["kind"]?.string == kind.rawValue }
    }
    guard !open.isEmpty, let id = open[Int(chance.next() % UInt64(open.count))]["id"]?.string
    else { return }
    let contest = ContestID(rawValue: id)
    if part == nil, happens(0.3) {
      follow(.board(contest))
    } else {
      send(.contestStart(.init(contest: contest)))
    }
  }

  /// A wish to join was answered; `answer` is nil for a refusal.
  func contestStarted(_ contest: ContestID, _ answer: JSONValue?) {
    guard let view = answer?["run"] else { return }
    if run?.contest != contest {
      run = RunSeat(contest: contest, kind: Self.kind(of: view))
      run?.textCount = part == nil ? 1 + Int(chance.next() % 3) : 2
    }
    // First, since a live contest's question comes with its board.
    follow(.board(contest))
    ran(view)
  }

  private static func kind(of view: JSONValue) -> ContestKind {
    view["kind"]?.string.flatMap { ContestKind(rawValue: $0) } ?? .race
  }

  /// Looks at a run, and goes on with it.
  func ran(_ view: JSONValue) {
    guard let id = view["contest"]?.string else { return }
    let (contest, kind) = (ContestID(rawValue: id), Self.kind(of: view))
    if case .contest(kind)? = part?.part { part?.run = view }
    if run?.contest != contest {
      // A clock runs in a race and in a live contest; others wait until they are looked for.
      guard run == nil, seat == nil, kind == .race || kind == .live, part?.isDone != true,
        view["over"]?.bool == false
      else { return }
      run = RunSeat(contest: contest, kind: kind)
      follow(.board(contest))
    }
    run?.view = view
    goOn()
  }

  private func goOn() {
    guard let run else { return }
    if run.view["over"]?.bool == true {
      self.run = nil
      part?.isDone = true
      return
    }
    switch run.kind {
    case .race: race(run)
    case .daily: if !run.isBusy { goOnDaily(run) }
    case .quest: if !run.isBusy { goOnQuest(run) }
    case .live: break
    }
  }

  private func race(_ run: RunSeat) {
    guard let number = run.view["question"]?["number"]?.integer.map(Int.init),
      run.plannedQuestion != number
    else { return }
    self.run?.plannedQuestion = number
    steady(for: "race \(number)")
    let limit: Int64 = happens(ways.dawdles) ? 35_000 : 6_000
    let side: Wire.Side = happens(0.5) ? .a : .b
    later(milliseconds(300...limit)) { player in
      guard player.run?.contest == run.contest, player.run?.plannedQuestion == number else {
        return
      }
      player.send(.contestAnswer(.init(contest: run.contest, question: number, side: side)))
    }
  }

  private func goOnDaily(_ run: RunSeat) {
    let last = run.view["rounds"]?.array?.last
    if let round = run.view["round"], let number = round["number"]?.integer.map(Int.init) {
      let sentCount = run.sentCounts[number] ?? 0
      let isRefused = last?["refused"].map { $0 != .null } ?? false
      let goesOn =
        switch round["kind"]?.string {
        case "fire": sentCount < 4
        case "write": sentCount == 0 || (isRefused && sentCount < 4)
        default: sentCount == 0
        }
      if goesOn { plan(round, number) }
    } else if let number = last?["number"]?.integer.map(Int.init),
      !run.leftRounds.contains(number)
    {
      self.run?.leftRounds.insert(number)
      steady(for: "next \(number)")
      later(milliseconds(200...3_000)) { player in
        guard player.run?.contest == run.contest else { return }
        player.send(.contestNext(.init(contest: run.contest, round: number)))
      }
    }
  }

  private func goOnQuest(_ run: RunSeat) {
    var waits = false
    for round in run.view["rounds"]?.array ?? [] {
      guard let number = round["number"]?.integer.map(Int.init),
        (run.sentCounts[number] ?? 0) < run.textCount, round["triesLeft"]?.integer ?? 0 > 0
      else { continue }
      guard round["state"]?.string == "scoring" else { return plan(round, number) }
      waits = true
    }
    // Who has written all that there is to say plays something else until the quest closes.
    if !waits, part == nil { self.run = nil }
  }

  /// Where a live contest stands.
  func staged(_ contest: ContestID, _ stage: JSONValue) {
    guard let run, run.contest == contest, run.kind == .live,
      stage["phase"]?.string == "question", let round = stage["round"],
      let number = round["number"]?.integer.map(Int.init), run.sentCounts[number] == nil,
      !run.isBusy
    else { return }
    plan(round, number)
  }

  /// A contest's state has changed; what became of a run is told to who asks, if it was not before.
  func changed(_ contest: ContestID, to state: String) {
    guard state == "final", let run, run.contest == contest, run.kind != .race, !run.isAsked
    else { return }
    self.run?.isAsked = true
    send(.contestStart(.init(contest: contest)))
  }

  // MARK: Answers

  /// Answers a round a little later.
  private func plan(_ round: JSONValue, _ number: Int) {
    guard let run else { return }
    self.run?.isBusy = true
    let sentCount = run.sentCounts[number] ?? 0
    steady(for: "run \(number) \(sentCount)")
    let haste = world.settings.hazards.haste
    let limit: Int64 = happens(ways.dawdles) ? 90_000 : 12_000
    later(milliseconds(300...limit / haste)) { player in
      guard player.run?.contest == run.contest else { return }
      player.steady(for: "submit \(number) \(sentCount)")
      player.run?.sentCounts[number] = sentCount + 1
      guard let answer = player.content(round, sentCount) else { return }
      player.send(.contestSubmit(.init(contest: run.contest, round: number, answer: answer)))
    }
  }

  private func content(_ round: JSONValue, _ sentCount: Int) -> Wire.Answer? {
    guard let player else { return nil }
    let marked = MarkedAnswer(player: player, duel: nil, round: 0)
    switch round["kind"]?.string {
    case "pick": return .pick(happens(0.5) ? .a : .b)
    case "oddOneOut": return .oddOneOut(Int(chance.next() % 5))
    case "predict": return .predict(marks(of: round["excerpts"]?[0]?["tokens"]?.array?.count ?? 0))
    case "write": return .write(text(marked))
    case "fire": return sentCount > 0 && happens(0.3) ? .done : .fire(text(marked))
    default: return nil
    }
  }

  /// A command of a run was done; its answer tells of the run.
  ///
  /// One that comes again after a break tells of the run as it was then, so what was told since the
  /// command was sent counts more.
  func answered(_ one: SentCommand, _ data: JSONValue) {
    guard let view = data["run"], let id = view["contest"]?.string else { return }
    let toldAt = toldOfRuns[ContestID(rawValue: id)]
    if let toldAt, toldAt > one.number { goOn() } else { ran(view) }
  }

  /// A command of a run was refused for good.
  func refused(_ contest: ContestID, _ code: ErrorCode?) {
    guard run?.contest == contest else { return }
    switch code {
    case .runOver, .notStarted, .contestNotOpen, .notFound: run = nil
    default: goOn()
    }
  }

  /// The server tells of a run by itself.
  func told(of view: JSONValue) {
    guard let id = view["contest"]?.string else { return }
    toldOfRuns[ContestID(rawValue: id)] = commandCount
    ran(view)
  }
}
