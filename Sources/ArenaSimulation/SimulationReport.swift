import ArenaTypes

/// What happened in a simulation.
public struct SimulationReport: Sendable {
  /// The seed.
  public internal(set) var seed: UInt64
  /// The simulated time.
  public internal(set) var simulated: Duration = .zero
  /// The SHA-256 of everything that happened, in lower-case hexadecimal: equal for equal runs.
  public internal(set) var traceHash = ""
  /// What was done and what went wrong.
  public internal(set) var counts = SimulationCounts()
  /// What others saw of the probed answer before its reveal.
  public internal(set) var probed: ProbedView?

  /// The report, a few lines for people.
  public var text: String {
    let rows: [(String, [(String, Int)])] = [
      (
        "played",
        [
          ("duels finished", counts.duelsFinished), ("of them rated", counts.duelsRated),
          ("void", counts.duelsVoid), ("with a bot", counts.duelsWithBot),
          ("of them with a ghost", counts.duelsWithGhost),
          ("contest runs", counts.runs), ("voided later", counts.duelsVoided),
          ("moderators' acts", counts.acts),
        ]
      ),
      (
        "acknowledged",
        [
          ("duel answers", counts.duelAnswersAcknowledged),
          ("race answers", counts.raceAnswersAcknowledged),
          ("votes and texts of solo play", counts.soloAnswersAcknowledged),
          ("other contest answers", counts.contestAnswersAcknowledged),
          ("repeated commands", counts.repetitions), ("refusals", counts.refusals),
        ]
      ),
      (
        "went wrong",
        [
          ("crashes", counts.crashes), ("restarts", counts.restarts),
          ("commits lost in crashes", counts.commitsLost),
          ("failed commits", counts.commitsFailed), ("failed reads", counts.readsFailed),
          ("connections broken", counts.connectionsBroken),
          ("reconnects", counts.reconnects), ("hostile messages", counts.hostileMessages),
        ]
      ),
      (
        "checked",
        [
          ("frames", counts.framesChecked), ("gapless events", counts.eventsChecked),
          ("recovered topics", counts.topicsRecovered),
          ("journal entries replayed", counts.entriesReplayed),
          ("boards recounted", counts.boardsRecounted), ("final boards", counts.finalBoards),
          ("parts of texts", counts.textParts), ("ratings", counts.ratingsChecked),
          ("invariants in all", counts.checks),
        ]
      ),
    ]
    let lines = rows.map { name, values in
      "\(name): " + values.map { "\($0.1) \($0.0)" }.joined(separator: ", ")
    }
    let minutes = (simulated.inSeconds / 6).rounded() / 10
    return (["seed \(seed): \(minutes) simulated minutes"] + lines + ["trace \(traceHash)"])
      .joined(separator: "\n")
  }
}

/// What was done, what went wrong and what was checked.
public struct SimulationCounts: Hashable, Sendable {
  /// Duels that ended, those among them that moved ratings, were void, or had a bot.
  public internal(set) var duelsFinished = 0
  /// See `duelsFinished`.
  public internal(set) var duelsRated = 0
  /// See `duelsFinished`.
  public internal(set) var duelsVoid = 0
  /// See `duelsFinished`.
  public internal(set) var duelsWithBot = 0
  /// Duels against a recording.
  public internal(set) var duelsWithGhost = 0
  /// Duels that a moderator voided after their end.
  public internal(set) var duelsVoided = 0
  /// Moderators' acts that were acknowledged.
  public internal(set) var acts = 0
  /// Parts of activations of players' own texts.
  public internal(set) var textParts = 0
  /// Runs begun in contests.
  public internal(set) var runs = 0
  /// Runs begun in contests, by kind.
  public internal(set) var runsByKind: [String: Int] = [:]
  /// Answers in duels that the server acknowledged, each once.
  public internal(set) var duelAnswersAcknowledged = 0
  /// Answers in races that the server acknowledged, each once.
  public internal(set) var raceAnswersAcknowledged = 0
  /// Votes and texts of solo play that the server acknowledged, each once.
  public internal(set) var soloAnswersAcknowledged = 0
  /// Answers in other contests that the server acknowledged, each once.
  public internal(set) var contestAnswersAcknowledged = 0
  /// Commands that were sent again under their id.
  public internal(set) var repetitions = 0
  /// Commands that the server refused.
  public internal(set) var refusals = 0
  /// Deaths of the server.
  public internal(set) var crashes = 0
  /// Orderly restarts.
  public internal(set) var restarts = 0
  /// Commits on their way that a crash lost.
  public internal(set) var commitsLost = 0
  /// Commits that the disk failed or refused.
  public internal(set) var commitsFailed = 0
  /// Reads that the disk failed.
  public internal(set) var readsFailed = 0
  /// Connections that broke without a word.
  public internal(set) var connectionsBroken = 0
  /// Times that a known player said hello again.
  public internal(set) var reconnects = 0
  /// Messages that no honest client sends.
  public internal(set) var hostileMessages = 0
  /// Frames that left the server; each was searched for secrets.
  public internal(set) var framesChecked = 0
  /// Events whose offset follows the one before.
  public internal(set) var eventsChecked = 0
  /// Subscriptions that got exactly what was missed.
  public internal(set) var topicsRecovered = 0
  /// Journal entries that were read back and replayed.
  public internal(set) var entriesReplayed = 0
  /// Boards on their way to a watcher that were compared with a recount.
  public internal(set) var boardsRecounted = 0
  /// Final boards compared with a recount.
  public internal(set) var finalBoards = 0
  /// Ratings compared with a replay, to the last bit.
  public internal(set) var ratingsChecked = 0
  /// All checks together.
  public internal(set) var checks = 0
}

/// What everybody but its author saw of an answer.
public struct ProbedView: Hashable, Sendable {
  /// How many frames.
  public internal(set) var frameCount = 0
  /// The SHA-256 of the frames and of whom they went to.
  public internal(set) var hash = ""
  /// Whether the answer was revealed, so that the view is complete.
  public internal(set) var isRevealed = false
}

/// Why a simulation failed.
public struct SimulationFailure: Error, CustomStringConvertible, Sendable {
  /// The seed, which gives the same failure again.
  public let seed: UInt64
  /// The moment on the simulated clock, since the start.
  public let after: Duration
  /// Which promise was broken, or what did not happen at all.
  public let what: String
  /// What happened last, oldest first.
  public let tail: [String]
  /// What was done until then.
  public let report: SimulationReport

  /// The failure, for people.
  public var description: String {
    "seed \(seed) fails after \(after.inSeconds) simulated seconds: \(what)"
  }
}
