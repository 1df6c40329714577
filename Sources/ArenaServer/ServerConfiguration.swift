public import ArenaRules
import ArenaTypes

/// What an operator can set, each with the default that `serve` uses and the reason for it.
public struct ServerConfiguration: Sendable {
  /// The folder with `web` and `src` of the client.
  public var clientFolder: String
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
  /// Default 3: two share the models' passes, and a live round never waits for either.
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
  /// How many topics a connection may follow.
  ///
  /// Default 32: a page follows four.
  public var topicsPerConnectionMax = 32
  /// How many connections a player may have.
  ///
  /// Default 8: tabs and devices.
  public var connectionsPerPlayerMax = 8
  /// How many duels may run at once.
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
  /// How long an invitation is good.
  ///
  /// Default 30 min: long enough to send a link to a friend.
  public var inviteLifetime: Duration = .seconds(1_800)
  /// The shortest time between two versions of a board.
  ///
  /// Default 250 ms: four a second look alive, and more is noise.
  public var boardInterval: Duration = .milliseconds(250)
  /// The shortest time between two lobby snapshots.
  public var lobbyInterval: Duration = .seconds(1)
  /// How long after joining the queue a bot is on offer (game.md: 8 s).
  public var botOfferDelay: Duration = .seconds(8)
  /// How long the parts of a duel last (game.md).
  public var duelTiming = DuelTiming()

  /// The defaults with a client folder.
  public init(clientFolder: String) { self.clientFolder = clientFolder }
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
