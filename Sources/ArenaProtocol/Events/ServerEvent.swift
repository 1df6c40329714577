/// What the server tells on a topic.
public enum ServerEvent: Hashable, Sendable {
  /// The types of events, as on the wire.
  public enum Kind: String, Hashable, Sendable, CaseIterable, JSONWritable {
    /// The whole duel; sent to one subscriber where missed events can't be told one by one.
    case duelSnapshot = "duel.snapshot"
    /// The duel was made; the first round opens after a countdown.
    case duelStarted = "duel.started"
    /// A round is open for answers.
    case duelRoundStarted = "duel.roundStarted"
    /// A seat has answered for good; what it answered is told at the reveal.
    case duelLockedIn = "duel.lockedIn"
    /// A seat wants the reveal to end; it ends when both do.
    case duelReadied = "duel.readied"
    /// The round is over and the engine works.
    case duelScoring = "duel.scoring"
    /// The truth of a round.
    case duelRevealed = "duel.revealed"
    /// What the explanations of a revealed round predict.
    case duelHeat = "duel.heat"
    /// A player has gone or come back.
    case duelPresence = "duel.presence"
    /// How many watch has changed; at most once a second.
    case duelSpectators = "duel.spectators"
    /// All clocks of the duel were moved, after an outage.
    case duelClockMoved = "duel.clockMoved"
    /// The duel is over; no event follows but a change of spectators.
    case duelFinished = "duel.finished"
    /// A moderator has hidden an excerpt of the running round: others have taken its place.
    case duelCluesChanged = "duel.cluesChanged"
    /// A moderator has hidden or restored what somebody wrote in a revealed round.
    case duelTextChanged = "duel.textChanged"
    /// All that is private to the player; sent where missed events can't be told one by one.
    case meSnapshot = "me.snapshot"
    /// The player was changed, here or on another connection.
    case playerChanged = "player.changed"
    /// The place in the queue, when it was taken and whenever what it says has changed.
    case queueWaiting = "queue.waiting"
    /// Waiting takes long: a bot would play at once.
    case queueBotOffered = "queue.botOffered"
    /// Beside the bot, a recorded duel could be played against.
    case queueGhostOffered = "queue.ghostOffered"
    /// The player no longer waits.
    case queueLeft = "queue.left"
    /// There is a duel: subscribe to it.
    case duelMatched = "duel.matched"
    /// The opponent of a finished duel would play again: answer with `duel.rematch`.
    case duelRematchOffered = "duel.rematchOffered"
    /// What the model made of the player's fire text.
    case duelFireResult = "duel.fireResult"
    /// Whether the player's explanation counts; a refused one may be written again.
    case duelWriteChecked = "duel.writeChecked"
    /// The score of the player's explanation, before anybody else learns of it.
    case duelScore = "duel.score"
    /// The player's run has changed other than by an answer: started, paused, resumed, over.
    case contestRun = "contest.run"
    /// A question of the player's run was answered, here or on another connection, or its time ran out.
    case contestJudged = "contest.judged"
    /// A text of the player's solo play has got its score.
    case soloScored = "solo.scored"
    /// The player's own place on a board, when it has changed and on subscribing to the board.
    case boardYou = "board.you"
    /// A duel has moved a rating.
    case ratingChanged = "rating.changed"
    /// A moderator has closed the player's connections; the socket closes after this.
    case kicked
    /// A sentence for the player.
    case notice
    /// What everybody is told at present; always all of it.
    case notices
    /// The top of the board and its contest.
    case boardSnapshot = "board.snapshot"
    /// What changed at the top between two versions; a client whose version is not `from` subscribes again.
    case boardDelta = "board.delta"
    /// The subscriber's own place on the board, when it has changed; it is sent with the board.
    case boardOwn = "board.own"
    /// What goes on here; always whole.
    case lobbySnapshot = "lobby.snapshot"
    /// All live sessions, for moderators; always whole.
    case moderationSnapshot = "moderation.snapshot"
  }

  /// The whole duel; sent to one subscriber where missed events can't be told one by one.
  case duelSnapshot(DuelSnapshot)
  /// The duel was made; the first round opens after a countdown.
  case duelStarted(DuelStarted)
  /// A round is open for answers.
  case duelRoundStarted(DuelRoundStarted)
  /// A seat has answered for good; what it answered is told at the reveal.
  case duelLockedIn(DuelLockedIn)
  /// A seat wants the reveal to end; it ends when both do.
  case duelReadied(DuelReadied)
  /// The round is over and the engine works.
  case duelScoring(DuelScoring)
  /// The truth of a round.
  case duelRevealed(DuelRevealed)
  /// What the explanations of a revealed round predict.
  case duelHeat(DuelHeat)
  /// A player has gone or come back.
  case duelPresence(DuelPresence)
  /// How many watch has changed; at most once a second.
  case duelSpectators(DuelSpectators)
  /// All clocks of the duel were moved, after an outage.
  case duelClockMoved(DuelClockMoved)
  /// The duel is over; no event follows but a change of spectators.
  case duelFinished(DuelFinished)
  /// A moderator has hidden an excerpt of the running round: others have taken its place.
  case duelCluesChanged(DuelCluesChanged)
  /// A moderator has hidden or restored what somebody wrote in a revealed round.
  case duelTextChanged(DuelTextChanged)
  /// All that is private to the player; sent where missed events can't be told one by one.
  case meSnapshot(MeSnapshot)
  /// The player was changed, here or on another connection.
  case playerChanged(PlayerChanged)
  /// The place in the queue, when it was taken and whenever what it says has changed.
  case queueWaiting(QueueWaiting)
  /// Waiting takes long: a bot would play at once.
  case queueBotOffered(QueueBotOffered)
  /// Beside the bot, a recorded duel could be played against.
  case queueGhostOffered(QueueGhostOffered)
  /// The player no longer waits.
  case queueLeft(QueueLeft)
  /// There is a duel: subscribe to it.
  case duelMatched(DuelMatched)
  /// The opponent of a finished duel would play again: answer with `duel.rematch`.
  case duelRematchOffered(DuelRematchOffered)
  /// What the model made of the player's fire text.
  case duelFireResult(DuelFireResult)
  /// Whether the player's explanation counts; a refused one may be written again.
  case duelWriteChecked(DuelWriteChecked)
  /// The score of the player's explanation, before anybody else learns of it.
  case duelScore(DuelScore)
  /// The player's run has changed other than by an answer: started, paused, resumed, over.
  case contestRun(ContestRun)
  /// A question of the player's run was answered, here or on another connection, or its time ran out.
  case contestJudged(ContestJudged)
  /// A text of the player's solo play has got its score.
  case soloScored(SoloScored)
  /// The player's own place on a board, when it has changed and on subscribing to the board.
  case boardYou(BoardYou)
  /// A duel has moved a rating.
  case ratingChanged(RatingChanged)
  /// A moderator has closed the player's connections; the socket closes after this.
  case kicked(Kicked)
  /// A sentence for the player.
  case notice(Notice)
  /// What everybody is told at present; always all of it.
  case notices(Notices)
  /// The top of the board and its contest.
  case boardSnapshot(BoardSnapshot)
  /// What changed at the top between two versions; a client whose version is not `from` subscribes again.
  case boardDelta(BoardDelta)
  /// The subscriber's own place on the board, when it has changed; it is sent with the board.
  case boardOwn(BoardOwn)
  /// What goes on here; always whole.
  case lobbySnapshot(LobbySnapshot)
  /// All live sessions, for moderators; always whole.
  case moderationSnapshot(ModerationSnapshot)

  /// Its type.
  public var kind: Kind {
    switch self {
    case .duelSnapshot: .duelSnapshot
    case .duelStarted: .duelStarted
    case .duelRoundStarted: .duelRoundStarted
    case .duelLockedIn: .duelLockedIn
    case .duelReadied: .duelReadied
    case .duelScoring: .duelScoring
    case .duelRevealed: .duelRevealed
    case .duelHeat: .duelHeat
    case .duelPresence: .duelPresence
    case .duelSpectators: .duelSpectators
    case .duelClockMoved: .duelClockMoved
    case .duelFinished: .duelFinished
    case .duelCluesChanged: .duelCluesChanged
    case .duelTextChanged: .duelTextChanged
    case .meSnapshot: .meSnapshot
    case .playerChanged: .playerChanged
    case .queueWaiting: .queueWaiting
    case .queueBotOffered: .queueBotOffered
    case .queueGhostOffered: .queueGhostOffered
    case .queueLeft: .queueLeft
    case .duelMatched: .duelMatched
    case .duelRematchOffered: .duelRematchOffered
    case .duelFireResult: .duelFireResult
    case .duelWriteChecked: .duelWriteChecked
    case .duelScore: .duelScore
    case .contestRun: .contestRun
    case .contestJudged: .contestJudged
    case .soloScored: .soloScored
    case .boardYou: .boardYou
    case .ratingChanged: .ratingChanged
    case .kicked: .kicked
    case .notice: .notice
    case .notices: .notices
    case .boardSnapshot: .boardSnapshot
    case .boardDelta: .boardDelta
    case .boardOwn: .boardOwn
    case .lobbySnapshot: .lobbySnapshot
    case .moderationSnapshot: .moderationSnapshot
    }
  }

  /// The content, which stands under `data`.
  var content: any JSONWritable {
    switch self {
    case .duelSnapshot(let content): content
    case .duelStarted(let content): content
    case .duelRoundStarted(let content): content
    case .duelLockedIn(let content): content
    case .duelReadied(let content): content
    case .duelScoring(let content): content
    case .duelRevealed(let content): content
    case .duelHeat(let content): content
    case .duelPresence(let content): content
    case .duelSpectators(let content): content
    case .duelClockMoved(let content): content
    case .duelFinished(let content): content
    case .duelCluesChanged(let content): content
    case .duelTextChanged(let content): content
    case .meSnapshot(let content): content
    case .playerChanged(let content): content
    case .queueWaiting(let content): content
    case .queueBotOffered(let content): content
    case .queueGhostOffered(let content): content
    case .queueLeft(let content): content
    case .duelMatched(let content): content
    case .duelRematchOffered(let content): content
    case .duelFireResult(let content): content
    case .duelWriteChecked(let content): content
    case .duelScore(let content): content
    case .contestRun(let content): content
    case .contestJudged(let content): content
    case .soloScored(let content): content
    case .boardYou(let content): content
    case .ratingChanged(let content): content
    case .kicked(let content): content
    case .notice(let content): content
    case .notices(let content): content
    case .boardSnapshot(let content): content
    case .boardDelta(let content): content
    case .boardOwn(let content): content
    case .lobbySnapshot(let content): content
    case .moderationSnapshot(let content): content
    }
  }
}
