public import ArenaRules
import ArenaTypes

/// What an operator can set, each with the default that `serve` uses and the reason for it.
public struct ServerConfiguration: Sendable {
  /// The folder with `web` and `src` of the client; nil where no pages are served.
  public var clientFolder: String?
  /// The Host names that are answered; others get 421.
  ///
  /// An empty list answers to every name.
  ///
  /// Default: the loopback names, so that a page elsewhere can't reach a server at home by DNS
  /// rebinding.
  public var hostNames: [String] = ["localhost", "127.0.0.1", "[::1]"]
  /// The place, among the transport's listeners, of the one that answers `/metrics` and nothing for
  /// players; nil where there is none.
  ///
  /// Default nil: numbers about players are nobody's business, so they are shown where an operator
  /// asks for it, and never on a listener of the game's.
  public var metricsListener: Int?
  /// The origins whose pages may connect beside those of the server itself, such as
  /// `https://play.example`, with their ports where these are not the scheme's own.
  ///
  /// Default: none. A browser sends the player's address along with whatever a page does, so a page
  /// elsewhere could play in its visitors' names.
  public var origins: [String] = []
  /// What is said of `https`, where it is spoken.
  public var secure = SecurePolicy()
  /// The most engine jobs that wait.
  ///
  /// Default 256: at 0.1 s a score that is 25 s, longer than a round waits for its engine.
  public var engineQueueCapacity = 256
  /// The most engine jobs that run at once; one place is kept for live rounds.
  ///
  /// Default 3: two share the models' passes, and a live round never waits for either. 0 is for
  /// simulations, which run each job themselves.
  public var engineJobCountMax = 3
  /// What is added to the engine threads' nice value.
  ///
  /// Default 10, so that an answer's acknowledgement never waits for a matrix product.
  public var engineNice = 10
  /// How long a connection may take to say `hello`.
  ///
  /// Default 10 s: a client says it at once, and a silent connection costs a descriptor.
  public var helloTimeout: Duration = .seconds(10)
  /// How many commands a connection may send in a burst, and how many a second after it.
  ///
  /// Default 40 and 15: a fast player sends two a second, a page that opens sends six at once.
  public var commandBurst = 40
  /// See `commandBurst`.
  public var commandsPerSecond = 15.0
  /// How many refused commands in a row close a connection that floods.
  ///
  /// Default 200: a bug in a client is told apart from a flood.
  public var rateRefusalsMax = 200
  /// How many texts a player may try on units in a burst, and how many a second after it.
  ///
  /// Default 60 and 1: half a minute of typing with a look at every word, then one a second. What
  /// earlier tokens add costs more, as it takes longer: up to 55 for the last of 256 tokens.
  public var textBurst = 60
  /// See `textBurst`.
  public var textsPerSecond = 1.0
  /// How many texts of all players are read at once.
  ///
  /// Default 32: each has one job in the engine's queue, which then has room for rounds and scores.
  public var textCountMax = 32
  /// How long somebody waits for what the engine does behind rounds and scores, of which there may always
  /// be more.
  ///
  /// Default 20 s: then one is told so, and a text counts as a new one.
  public var enginePatience: Duration = .seconds(20)
  /// How many topics a connection may follow.
  ///
  /// Default 32: a page follows four.
  public var topicsPerConnectionMax = 32
  /// How many connections a player may have.
  ///
  /// Default 8: tabs and devices.
  public var connectionsPerPlayerMax = 8
  /// How many duels a shard may hold: those that run, and as long as there is room those that have
  /// ended, of which the first is dropped for a new one.
  ///
  /// Default 20,000: at 60 KB each that is 1.2 GB.
  public var duelCountMax = 20_000
  /// How many player rooms stay in memory.
  ///
  /// Default 200,000: at 2 KB each that is 400 MB.
  public var playerCountMax = 200_000
  /// How many of a player's answers are kept for repeated commands.
  ///
  /// Default 64: more than a client can have unanswered.
  public var answersKeptPerPlayer = 64
  /// How many events of a duel are kept for clients that come back.
  ///
  /// Default 256: a whole duel has fewer than 100.
  public var duelHistoryCount = 256
  /// How many private events of a player are kept.
  ///
  /// Default 64: whoever missed more gets a snapshot.
  public var playerHistoryCount = 64
  /// How long a finished duel stays in memory for those who still look at it.
  ///
  /// Default 5 min: a result is read in one.
  public var finishedDuelKept: Duration = .seconds(300)
  /// How long the journals of finished duels and contests are kept, from which duels are replayed and
  /// ghosts are made.
  ///
  /// Default 90 days: at 60 KB a duel that is 50 MB for ten duels a day.
  public var replaysKept: Duration = .seconds(90 * 86_400)
  /// How long an invitation is good.
  ///
  /// Default 30 min: long enough to send a link to a friend.
  public var inviteLifetime: Duration = .seconds(1_800)
  /// The shortest time between two versions of a board.
  ///
  /// Default 250 ms: four a second look alive, and more is noise.
  public var boardInterval: Duration = .milliseconds(250)
  /// How long a board rests after a version for each thousand connections that it was sent to.
  ///
  /// Default 40 ms: a delivery takes 10 us at most, so a board takes a quarter of its shard; 10,000
  /// watchers are sent a version every 0.4 s, 50,000 every 2 s.
  public var boardRestPerThousand: Duration = .milliseconds(40)
  /// By whose clocks the boards of a day, a week and a month begin.
  ///
  /// Default: UTC.
  public var boardZone: TimeZoneTable = .utc
  /// The shortest time between two lobby snapshots.
  public var lobbyInterval: Duration = .seconds(1)
  /// How long after joining the queue a bot is on offer (game.md: 8 s).
  public var botOfferDelay: Duration = .seconds(8)
  /// How long the queue of texts that wait for a score rests between two looks at it.
  ///
  /// Default 5 s: often enough for who waits, and a text a look leaves the engine to others.
  public var waitingTextPause: Duration = .seconds(5)
  /// The contests that are held.
  ///
  /// Default: a race every hour, a daily from midnight and a quest from Monday on, all by UTC.
  public var contests: [ContestOffer] = ContestOffer.standard
  /// How long a live contest gathers players before its first question.
  ///
  /// Default 20 s: long enough to open a page, short enough to wait for.
  public var contestGathering: Duration = .seconds(20)
  /// How long a closing contest waits for scores, and then again for settled ones.
  ///
  /// Default 10 min: some thousand settled scores; what does not come is counted and said.
  public var contestClosing: Duration = .seconds(600)
  /// The share of pick rounds in duels that ask a gold question, whose answer was known before.
  ///
  /// Default 0.1: one in two duels of five rounds tells how reliable its players are.
  public var goldShare = 0.1
  /// Whether the research export is handed out over HTTP of campaigns that are rated, too.
  ///
  /// Default off: it says what is right. Of practice campaigns, whose answers are public, it always is.
  public var exportsRated = false
  /// How long the parts of a duel last (game.md); questions of contests last as long.
  public var duelTiming = DuelTiming()

  /// The defaults with a client folder.
  public init(clientFolder: String?) { self.clientFolder = clientFolder }
}

/// Why a server could not start; each says what to do.
public enum ServerStartError: Error, CustomStringConvertible, Sendable {
  /// The web app is not where it should be.
  case webAppMissing(folder: String)
  /// The campaign can't be played.
  case campaignUnfit(String)
  /// The database or a journal in it can't be read.
  case storage(String)

  /// One sentence for the operator.
  public var description: String {
    switch self {
    case .webAppMissing(let folder):
      "The web app is not at \(folder): start from the project's folder or name it with --client."
    case .campaignUnfit(let reason): "The campaign can't be played: \(reason)."
    case .storage(let reason): "The database can't be used: \(reason)."
    }
  }
}
