import ArenaRules
import ArenaServer

extension Setting {
  /// The fields of `ServerConfiguration`.
  static let server: [Setting] = [
    .list(
      "host-names", \.server.hostNames,
      "Host names that are answered, others get 421; none answers to every name."),
    .list(
      "origins", \.server.origins,
      "Origins whose pages may connect beside our own, such as https://play.example."),
    .count(
      "engine-queue-capacity", \.server.engineQueueCapacity, 1...1_000_000,
      "Engine jobs that wait: at 0.1 s a score, longer than a round waits."),
    .count(
      "engine-job-count-max", \.server.engineJobCountMax, 1...64,
      "Engine jobs that run at once, and share passes; one place is for live rounds."),
    .count(
      "engine-nice", \.server.engineNice, 0...19,
      "Added to the engine threads' nice value, so that an answer never waits for it."),
    .duration(
      "engine-patience", \.server.enginePatience,
      "How long one waits for what goes behind rounds and scores, before one is told to try again."),
    .duration(
      "hello-timeout", \.server.helloTimeout,
      "How long a connection may take to say hello: a client says it at once."),
    .count(
      "command-burst", \.server.commandBurst, 1...100_000,
      "Commands of a connection in a burst: a page that opens sends six."),
    .number(
      "commands-per-second", \.server.commandsPerSecond, 0.1...100_000,
      "Commands a second after the burst: a fast player sends two."),
    .count(
      "rate-refusals-max", \.server.rateRefusalsMax, 1...1_000_000,
      "Refused commands in a row that close a connection: a flood, not a bug."),
    .count(
      "text-burst", \.server.textBurst, 1...100_000,
      "Texts that a player tries on units in a burst: half a minute of typing."),
    .number(
      "texts-per-second", \.server.textsPerSecond, 0.01...1_000,
      "Texts a second after the burst; what each token adds costs up to 55."),
    .count(
      "text-count-max", \.server.textCountMax, 1...100_000,
      "Texts of all players that are read at once, so that the engine has room for scores."),
    .count(
      "topics-per-connection-max", \.server.topicsPerConnectionMax, 1...10_000,
      "Topics that a connection may follow: a page follows four."),
    .count(
      "connections-per-player-max", \.server.connectionsPerPlayerMax, 1...1_000,
      "Connections that a player may have: tabs and devices."),
    .count(
      "duel-count-max", \.server.duelCountMax, 1...10_000_000,
      "Duels at once: at 60 KB each the default is 1.2 GB."),
    .count(
      "player-count-max", \.server.playerCountMax, 1...100_000_000,
      "Player rooms in memory: at 2 KB each the default is 400 MB."),
    .count(
      "answers-kept-per-player", \.server.answersKeptPerPlayer, 1...100_000,
      "Answers kept for repeated commands: more than a client can have unanswered."),
    .count(
      "duel-history-count", \.server.duelHistoryCount, 1...100_000,
      "Events of a duel kept for clients that come back: a duel has fewer than 100."),
    .count(
      "player-history-count", \.server.playerHistoryCount, 1...100_000,
      "Private events of a player that are kept; who missed more gets a snapshot."),
    .duration(
      "finished-duel-kept", \.server.finishedDuelKept,
      "How long a finished duel stays in memory: a result is read in a minute."),
    .duration(
      "replays-kept", \.server.replaysKept,
      "How long journals of finished games are kept, for replays and ghosts: a season."),
    .duration(
      "invite-lifetime", \.server.inviteLifetime,
      "How long an invitation is good: long enough to send a link to a friend."),
    .duration(
      "board-interval", \.server.boardInterval,
      "The shortest time between versions of a board: four a second look alive."),
    .duration(
      "board-rest-per-thousand", \.server.boardRestPerThousand,
      "How long a board rests after a version for each thousand who were sent it: 10,000 every 0.4 s."
    ),
    .duration(
      "lobby-interval", \.server.lobbyInterval,
      "The shortest time between two pictures of the lobby."),
    .duration(
      "contest-gathering", \.server.contestGathering,
      "How long a live contest gathers players before its first question."),
    .duration(
      "waiting-text-pause", \.server.waitingTextPause,
      "How long the queue of texts that wait for a score rests between two looks."),
    .duration(
      "contest-closing", \.server.contestClosing,
      "How long a closing contest waits for scores, and again for settled ones."),
    .number(
      "gold-share", \.server.goldShare, 0...1,
      "The share of pick rounds whose answer was known before, to weigh players' votes by."),
    .flag(
      "exports-rated", \.server.exportsRated,
      "Whether /v1/export.jsonl holds rated campaigns, too: it says what is right."),
    .duration(
      "bot-offer-delay", \.server.botOfferDelay,
      "How long after joining the queue a bot is on offer."),
  ]

  /// The fields of `DuelTiming`, whose values are the game's.
  static let duel: [Setting] = [
    .milliseconds(
      "duel-timing-countdown", \.server.duelTiming.countdownMilliseconds,
      "From the match to the first question."),
    .milliseconds(
      "duel-timing-pick", \.server.duelTiming.pickMilliseconds, "The time for a pick question."),
    .milliseconds(
      "duel-timing-write", \.server.duelTiming.writeMilliseconds, "The time for a write question."),
    .milliseconds(
      "duel-timing-odd-one-out", \.server.duelTiming.oddOneOutMilliseconds,
      "The time for an odd-one-out question."),
    .milliseconds(
      "duel-timing-predict", \.server.duelTiming.predictMilliseconds,
      "The time for a predict question."),
    .milliseconds(
      "duel-timing-fire", \.server.duelTiming.fireMilliseconds, "The time for a fire question."),
    .milliseconds(
      "duel-timing-pick-reveal", \.server.duelTiming.pickRevealMilliseconds,
      "How long the reveal of a pick round is shown."),
    .milliseconds(
      "duel-timing-text-reveal", \.server.duelTiming.textRevealMilliseconds,
      "How long the reveal of any other round is shown: there is more to read."),
    .milliseconds(
      "duel-timing-engine-wait", \.server.duelTiming.engineWaitMilliseconds,
      "How long a finished question waits for the engine; what is missing counts nothing."),
    .milliseconds(
      "duel-timing-absence", \.server.duelTiming.absenceMilliseconds,
      "How long a player must be away before the other may claim the duel."),
  ]
}
