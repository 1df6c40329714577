import ArenaProtocol
import ArenaStorage
import ArenaTypes

/// Boards equal to a recount: those of contests, of ratings, campaigns and series, and of territories.
extension Witness {
  /// How many lines a board shows.
  private static let windowCount = 100

  /// A board, or somebody's place on it, leaves the server.
  func checkBoard(_ name: BoardName, _ frame: ServerFrame, on line: Line) {
    guard let history = durable.history(of: name) else {
      return fail("the board \(name) is shown, which is not on disk")
    }
    switch frame.type {
    case "board.own": checkOwnPlace(name, frame.data, history, on: line)
    case "board.snapshot", "board.delta":
      guard let board = shown(name, frame, on: line) else { return }
      line.topics.boards[name] = board
      require(
        board.entries.count == min(board.count, Self.windowCount),
        "\(name) shows \(board.entries.count) of \(board.count)")
      checkLines(board.entries, of: name, history)
    default: break
    }
  }

  /// The board as a client puts it together; each version follows from the one before.
  private func shown(
    _ name: BoardName, _ frame: ServerFrame, on line: Line
  ) -> LineTopics.Board? {
    let data = frame.data
    let count = Int(data["count"]?.integer ?? -1)
    if frame.type == "board.snapshot" {
      let entries = (data["entries"]?.array ?? []).compactMap(LineTopics.Entry.init)
      return LineTopics.Board(version: frame.offset ?? 0, count: count, entries: entries)
    }
    guard let before = line.topics.boards[name] else {
      fail("a delta of \(name) before any snapshot")
      return nil
    }
    require(
      data["from"]?.integer == Int64(before.version),
      "\(name): a delta from \(String(describing: data["from"])) after \(before.version)")
    guard let entries = before.applying(data["operations"]?.array ?? []) else {
      fail("\(name): a delta that can't be applied: \(data)")
      return nil
    }
    return LineTopics.Board(
      version: Int(data["to"]?.integer ?? 0), count: count, entries: entries)
  }

  /// Each line is or was true on disk, and they are in order.
  private func checkLines(
    _ entries: [LineTopics.Entry], of name: BoardName,
    _ history: [LineTopics.Entry: CountedLine]
  ) {
    var previous: CountedLine?
    for entry in entries {
      guard let known = history[entry] else {
        let own = history.keys.filter { $0.player == entry.player }.map { "\($0)" }.sorted()
        return fail("\(name) shows \(entry), which was never so on disk, only \(own)")
      }
      if let previous {
        require(previous.precedes(known), "\(name) shows \(known) behind \(previous)")
      }
      previous = known
    }
  }

  /// Somebody's own place: a row among its neighbours, if there is one.
  private func checkOwnPlace(
    _ name: BoardName, _ data: JSONValue, _ history: [LineTopics.Entry: CountedLine],
    on line: Line
  ) {
    let entries = (data["neighbours"]?.array ?? []).compactMap(LineTopics.Entry.init)
    checkLines(entries, of: name, history)
    let rank = data["rank"]?.integer.map(Int.init)
    let place = entries.firstIndex { $0.player == line.player }
    require(
      place.map { $0 + Int(data["firstRank"]?.integer ?? 0) } == rank,
      "\(name) tells \(line.player?.rawValue ?? "nobody") of place \(data)")
    line.topics.ownPlaces[name] = .init(rank: rank, neighbours: entries)
  }

  // MARK: In quiet moments

  /// Compares what watchers see with a recount, where all that is on disk has been published.
  func compareBoards(lines: [Line]) {
    let bans = Array(durable.moderation.bans.values)
    let unsettled = durable.standings.unsettled(at: world.clock.now, bans: bans)
    var recounts: [BoardName: [CountedLine]] = [:]
    for line in lines where line.isFluent {
      for name in line.topics.boards.keys.sorted(by: { $0.description < $1.description }) {
        guard let board = line.topics.boards[name] else { continue }
        let late: Set<PlayerID>
        if case .contest(let id) = name.subject {
          guard let changedAt = durable.contests[id]?.changedAt,
            world.clock.now - changedAt > .seconds(2)
          else { continue }
          late = []
        } else {
          guard let unsettled else { continue }
          late = unsettled
        }
        let counted = recounts[name] ?? durable.recount(of: name, now: world.clock.now, bans: bans)
        recounts[name] = counted
        compare(board, line.topics.ownPlaces[name], of: name, counted, late, on: line)
      }
    }
  }

  private func compare(
    _ board: LineTopics.Board, _ own: LineTopics.OwnPlace?, of name: BoardName,
    _ counted: [CountedLine], _ late: Set<PlayerID>, on line: Line
  ) {
    world.counts.boardsRecounted += 1
    // Whoever has just played may stand on either side of the change.
    let wanted = counted.map(\.entry).filter { !late.contains($0.player) }
    let shown = board.entries.filter { !late.contains($0.player) }
    let isWhole = board.entries.count == board.count
    let isSame =
      isWhole || late.isEmpty
      ? shown == Array(wanted.prefix(Self.windowCount)) : wanted.starts(with: shown)
    require(
      isSame && (!late.isEmpty || board.count == counted.count),
      "\(name) is shown as \(board), a recount gives \(wanted), beside \(late.sorted())")
    guard let own, late.isEmpty else { return }
    let place = counted.firstIndex { $0.player == line.player }
    let around = place.map { counted[max(0, $0 - 2)..<min(counted.count, $0 + 3)].map(\.entry) }
    require(
      own.rank == place.map { $0 + 1 } && own.neighbours == around ?? [],
      "\(name) tells \(line.player?.rawValue ?? "nobody") of \(own), a recount gives "
        + "\(String(describing: place)) among \(around ?? [])")
  }
}

extension DurableWorld {
  /// Every line that a board ever had; nil for one that there can't be.
  func history(of name: BoardName) -> [LineTopics.Entry: CountedLine]? {
    if case .contest(let id) = name.subject { return contests[id]?.history }
    return standings.history[name.everywhere] ?? [:]
  }

  /// A board as a plain sort of the recount gives it.
  func recount(
    of name: BoardName, now: Timestamp, bans: some Collection<BanRecord>
  ) -> [CountedLine] {
    if case .contest(let id) = name.subject {
      return contests[id]?.recount.filter { $0.isOf(name.territory) } ?? []
    }
    return standings.recount(of: name, now: now, bans: bans)
  }
}
