import ArenaProtocol
import ArenaTypes

// Two samples of each type: `full` has every optional and list filled, `bare` has none.

extension ServerEvent.MeSnapshot {
  static let full = ServerEvent.MeSnapshot(
    player: .full,
    activeDuel: DuelID(rawValue: "x_1"),
    queue: .full,
    invite: .full,
    run: .full,
    runs: [.full, .bare])
  static let bare = ServerEvent.MeSnapshot(
    player: .bare,
    activeDuel: nil,
    queue: nil,
    invite: nil,
    run: nil)
}

extension ServerEvent.PlayerChanged {
  static let full = ServerEvent.PlayerChanged(
    player: .full)
  static let bare = ServerEvent.PlayerChanged(
    player: .bare)
}

extension ServerEvent.QueueWaiting {
  static let full = ServerEvent.QueueWaiting(
    queue: .full)
  static let bare = ServerEvent.QueueWaiting(
    queue: .bare)
}

extension ServerEvent.QueueBotOffered {
  static let full = ServerEvent.QueueBotOffered(
    format: .fire,
    bot: .full)
  static let bare = ServerEvent.QueueBotOffered(
    format: .pick,
    bot: .bare)
}

extension ServerEvent.QueueLeft {
  static let full = ServerEvent.QueueLeft(
    format: .fire,
    reason: .closing)
  static let bare = ServerEvent.QueueLeft(
    format: .pick,
    reason: .left)
}

extension ServerEvent.DuelMatched {
  static let full = ServerEvent.DuelMatched(
    duel: DuelID(rawValue: "x_1"),
    format: .fire,
    seat: 1,
    opponent: .full,
    startsAt: Timestamp(millisecondsSinceEpoch: 1_790_000_000_000),
    isPrivate: true,
    rematchOf: DuelID(rawValue: "x_1"))
  static let bare = ServerEvent.DuelMatched(
    duel: DuelID(rawValue: "x_1"),
    format: .pick,
    seat: 0,
    opponent: .bare,
    startsAt: Timestamp(millisecondsSinceEpoch: 0),
    isPrivate: false,
    rematchOf: nil)
}

extension ServerEvent.DuelRematchOffered {
  static let full = ServerEvent.DuelRematchOffered(
    duel: DuelID(rawValue: "x_1"),
    expiresAt: Timestamp(millisecondsSinceEpoch: 1_790_000_000_000))
  static let bare = ServerEvent.DuelRematchOffered(
    duel: DuelID(rawValue: "x_1"),
    expiresAt: Timestamp(millisecondsSinceEpoch: 0))
}

extension ServerEvent.DuelFireResult {
  static let full = ServerEvent.DuelFireResult(
    duel: DuelID(rawValue: "x_1"),
    round: 4,
    result: .full,
    triesLeft: 3)
  static let bare = ServerEvent.DuelFireResult(
    duel: DuelID(rawValue: "x_1"),
    round: 1,
    result: .bare,
    triesLeft: 0)
}

extension ServerEvent.DuelWriteChecked {
  static let full = ServerEvent.DuelWriteChecked(
    duel: DuelID(rawValue: "x_1"),
    round: 4,
    text: "Ä \"x\" \\ 😀",
    accepted: true,
    refused: .full,
    hidden: true)
  static let bare = ServerEvent.DuelWriteChecked(
    duel: DuelID(rawValue: "x_1"),
    round: 1,
    text: "",
    accepted: false,
    refused: nil,
    hidden: false)
}

extension ServerEvent.DuelScore {
  static let full = ServerEvent.DuelScore(
    duel: DuelID(rawValue: "x_1"),
    round: 4,
    text: "Ä \"x\" \\ 😀",
    score: Score(
      value: 62, low: 48.5, high: 75, cap: .peakWordList, scorer: "judge/3-provisional"),
    provisional: true)
  static let bare = ServerEvent.DuelScore(
    duel: DuelID(rawValue: "x_1"),
    round: 1,
    text: "",
    score: Score(value: 0, low: 0, high: 100, cap: nil, scorer: ""),
    provisional: false)
}

extension ServerEvent.ContestRun {
  static let full = ServerEvent.ContestRun(
    run: .full)
  static let bare = ServerEvent.ContestRun(
    run: .bare)
}

extension ServerEvent.ContestJudged {
  static let full = ServerEvent.ContestJudged(
    contest: ContestID(rawValue: "x_1"),
    question: 4,
    side: .b,
    right: true,
    rightSide: .b,
    run: .full)
  static let bare = ServerEvent.ContestJudged(
    contest: ContestID(rawValue: "x_1"),
    question: 1,
    side: nil,
    right: false,
    rightSide: .a,
    run: .bare)
}

extension ServerEvent.BoardYou {
  static let full = ServerEvent.BoardYou(
    contest: ContestID(rawValue: "x_1"),
    version: 3,
    rank: 4,
    of: 4,
    firstRank: 4,
    neighbours: [.full])
  static let bare = ServerEvent.BoardYou(
    contest: ContestID(rawValue: "x_1"),
    version: 0,
    rank: 1,
    of: 1,
    firstRank: 1,
    neighbours: [])
}

extension ServerEvent.RatingChanged {
  static let full = ServerEvent.RatingChanged(
    format: .fire,
    duel: DuelID(rawValue: "x_1"),
    change: .full)
  static let bare = ServerEvent.RatingChanged(
    format: .pick,
    duel: DuelID(rawValue: "x_1"),
    change: .bare)
}

extension ServerEvent.Kicked {
  static let full = ServerEvent.Kicked(
    reason: "Ä \"x\" \\ 😀",
    until: Timestamp(millisecondsSinceEpoch: 1_790_000_000_000))
  static let bare = ServerEvent.Kicked(
    reason: "",
    until: nil)
}

extension ServerEvent.Notice {
  static let full = ServerEvent.Notice(
    level: .warning,
    text: "Ä \"x\" \\ 😀")
  static let bare = ServerEvent.Notice(
    level: .info,
    text: "")
}

extension ServerEvent.BoardSnapshot {
  static let full = ServerEvent.BoardSnapshot(
    contest: .full,
    version: 3,
    count: 3,
    entries: [.full],
    stage: .full,
    standing: .full)
  static let bare = ServerEvent.BoardSnapshot(
    contest: nil,
    version: 0,
    count: 0,
    entries: [],
    standing: .bare)
}

extension ServerEvent.BoardDelta {
  static let full = ServerEvent.BoardDelta(
    from: 3,
    to: 3,
    count: 3,
    contest: .full,
    operations: [.move(from: 7, to: 6, entry: .full)],
    stage: .full,
    standing: .full)
  static let bare = ServerEvent.BoardDelta(
    from: 0,
    to: 0,
    count: 0,
    contest: nil,
    operations: [])
}

extension ServerEvent.LobbySnapshot {
  static let full = ServerEvent.LobbySnapshot(
    lobby: .full)
  static let bare = ServerEvent.LobbySnapshot(
    lobby: .bare)
}

extension ServerEvent.ModerationSnapshot {
  static let full = ServerEvent.ModerationSnapshot(
    moderation: .full)
  static let bare = ServerEvent.ModerationSnapshot(
    moderation: .bare)
}

extension ServerEvent {
  static let samples: [ServerEvent] =
    [
      .duelSnapshot(.full), .duelSnapshot(.bare),
      .duelStarted(.full), .duelStarted(.bare),
      .duelRoundStarted(.full), .duelRoundStarted(.bare),
      .duelLockedIn(.full), .duelLockedIn(.bare),
      .duelReadied(.full), .duelReadied(.bare),
      .duelScoring(.full), .duelScoring(.bare),
      .duelRevealed(.full), .duelRevealed(.bare),
      .duelHeat(.full), .duelHeat(.bare),
      .duelPresence(.full), .duelPresence(.bare),
      .duelSpectators(.full), .duelSpectators(.bare),
      .duelClockMoved(.full), .duelClockMoved(.bare),
      .duelFinished(.full), .duelFinished(.bare),
      .meSnapshot(.full), .meSnapshot(.bare),
      .playerChanged(.full), .playerChanged(.bare),
      .queueWaiting(.full), .queueWaiting(.bare),
      .queueBotOffered(.full), .queueBotOffered(.bare),
      .queueLeft(.full), .queueLeft(.bare),
      .duelMatched(.full), .duelMatched(.bare),
      .duelRematchOffered(.full), .duelRematchOffered(.bare),
      .duelFireResult(.full), .duelFireResult(.bare),
      .duelWriteChecked(.full), .duelWriteChecked(.bare),
      .duelScore(.full), .duelScore(.bare),
      .contestRun(.full), .contestRun(.bare),
      .contestJudged(.full), .contestJudged(.bare),
      .soloScored(.full), .soloScored(.bare),
      .boardYou(.full), .boardYou(.bare),
      .ratingChanged(.full), .ratingChanged(.bare),
      .kicked(.full), .kicked(.bare),
      .notice(.full), .notice(.bare),
      .boardSnapshot(.full), .boardSnapshot(.bare),
      .boardDelta(.full), .boardDelta(.bare),
      .lobbySnapshot(.full), .lobbySnapshot(.bare),
      .moderationSnapshot(.full), .moderationSnapshot(.bare),
      .boardOwn(.full), .boardOwn(.bare),
      .queueGhostOffered(.init(format: .fire, ghost: .full)),
    ] + moderationSamples
}
