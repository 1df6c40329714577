import ArenaProtocol
import ArenaRules
import ArenaTypes

@testable import ArenaSimulation

/// A scenario that was played, and what is left of it.
struct PlayedScenario {
  /// Which promise was broken, or what did not come to its end.
  let failure: String?
  /// How many messages and writes there were.
  let breaks: ScenarioBreaks
  /// What the draws of what was played came from; nil where it did not begin.
  let seed: UInt64?
  /// What was played as the disk has it, line by line, without what depends on how fast one was.
  let story: [String]
  /// Lines that differ between devices that saw the same.
  let disagreements: [String]
  /// How many snapshots of each lossless topic the first device was sent.
  let snapshotCounts: [Topic: Int]

  init(
    _ parts: [Scenario.Part], _ interruption: Scenario.Interruption? = nil,
    noticedAfter: Duration = .zero
  ) throws {
    var settings = SimulationSettings(seed: 11, duration: .seconds(600))
    settings.hazards = .none
    settings.playerCount = parts.count
    settings.scenario = Scenario(
      parts: parts, interruption: interruption, noticedAfter: noticedAfter)
    let world = try World(settings)
    defer { world.end() }
    world.playScenario(within: .seconds(600))
    breaks = world.breaks
    let devices = world.players
    failure = world.failure ?? devices.compactMap { Self.trouble(of: $0) }.first
    if case .contest = parts[0] {
      let model = world.witness.durable.contests.values.first { model in
        devices.contains { $0.player.map(model.hasRun) ?? false }
      }
      seed = model?.contest.setup.seed
      story = model.map { Self.story(of: $0, devices) } ?? []
    } else {
      let duel = world.witness.durable.duels.values.first?.duel
      seed = duel?.setup.seed
      story = duel.map(Self.story) ?? []
    }
    disagreements = Self.disagreements(devices)
    var counts: [Topic: Int] = [:]
    for frame in devices[0].part?.heard ?? [] where frame.frame.type.hasSuffix(".snapshot") {
      if let topic = frame.frame.topic, topic.lane == .lossless { counts[topic, default: 0] += 1 }
    }
    snapshotCounts = counts
  }

  private static func trouble(of device: SimulatedPlayer) -> String? {
    guard let part = device.part else { return nil }
    if part.isLost { return "device \(device.number): its duel is gone" }
    if let command = device.pending.first {
      return "device \(device.number): \(command.text) has no answer"
    }
    return part.isDone ? nil : "device \(device.number) has not come to its end"
  }

  // MARK: What was played

  private static func story(of duel: Duel) -> [String] {
    var lines = duel.results.map { result in
      "\(result.round) \(result.unit) \(result.reveal.kind) "
        + "\(points(result.points, result.reveal.kind, result.multiplier))"
    }
    for seat in duel.setup.seats {
      for round in 0...duel.round {
        let answers = duel.answerReceipts(player: seat.player, round: round).map(\.answer)
        lines.append("\(seat.name) in \(round): \(answers)")
      }
    }
    return lines + ["\(String(describing: duel.result?.reason))"]
  }

  /// Points without what speed adds to a right answer.
  private static func points(_ points: [Int], _ kind: RoundKind, _ multiplier: Int) -> [Int] {
    switch kind {
    case .pick, .oddOneOut: points.map { min($0, 100 * multiplier) }
    case .write, .predict, .fire: points
    }
  }

  private static func story(of model: ContestModel, _ devices: [SimulatedPlayer]) -> [String] {
    devices.compactMap(\.player).flatMap { player -> [String] in
      guard let run = model.contest.run(of: player) else { return ["\(player) has no run"] }
      var lines = run.rounds.map { round in
        let value = points([round.points ?? -1], round.kind, 1)
        let tries = round.tries.map { "\($0.text) \($0.state) \($0.score?.value ?? -1)" }
        return "\(player) \(round.number) \(round.kind) \(round.unit) \(round.state) \(value) "
          + "\(tries) \(round.fireTries.map(\.text))"
      }
      let answers = model.answers.filter { $0.key.player == player }.map { answer in
        "\(player) answered \(answer.value)"
      }
      let verdicts = model.verdicts.filter { $0.key.player == player }.map { answer in
        "\(player) picked \(answer.value.question) \(String(describing: answer.value.choice))"
          + " of \(answer.value.unit): \(answer.value.isRight)"
      }
      lines += answers.sorted() + verdicts.sorted()
      if model.contest.setup.kind == .race { lines.append("\(run.points) \(run.wrongCount)") }
      return lines + ["\(String(describing: run.end))"]
    }
  }

  // MARK: What was seen

  private struct Place: Hashable {
    let topic: Topic
    let epoch: String
    let offset: Int
  }

  private static func disagreements(_ devices: [SimulatedPlayer]) -> [String] {
    var known: [Place: String] = [:]
    var found: [String] = []
    var results: Set<String> = []
    for device in devices {
      for frame in device.part?.heard ?? [] {
        let data = frame.data
        let result: JSONValue? =
          switch frame.frame.type {
          case "duel.finished": data["result"]
          case "duel.snapshot": data["duel"]?["result"]
          default: nil
          }
        if let result, result != .null { results.insert("\(result)") }
        guard case .duel? = frame.frame.topic, let topic = frame.frame.topic,
          frame.frame.type != "duel.snapshot", let epoch = frame.frame.epoch,
          let offset = frame.frame.offset
        else { continue }
        let place = Place(topic: topic, epoch: epoch, offset: offset)
        if let other = known.updateValue(frame.text, forKey: place), other != frame.text {
          found.append("at \(place): \(other) and \(frame.text)")
        }
      }
    }
    if results.count > 1 { found.append("results: \(results.sorted())") }
    return found
  }
}
