import ArenaServer
import ArenaTypes
import ArgumentParser
import DispatchTransport
import Interpretation
import Logging

/// `neuronarena serve`: the game, for everybody who opens its address.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Start the server.",
    discussion: """
      It listens on loopback and answers its own Host names unless told otherwise. Limits are \
      settings of a file, the environment or --set; neuronarena settings lists them.
      """)

  @OptionGroup var listening: ListenOptions
  @OptionGroup var tls: TLSOptions

  @Option(
    name: .customLong("host-name"),
    help: "A Host name to answer to, beside those of loopback; may be given several times.")
  var hostNames: [String] = []

  @Option(
    name: .customLong("origin"),
    help: """
      An origin whose pages may connect, such as https://play.example, beside the server's own; may \
      be given several times.
      """)
  var origins: [String] = []

  @Option(
    name: .customLong("campaign"),
    help: """
      A campaign file; may be given several times, and players choose. By default the shipped one.
      """)
  var campaigns: [String] = []

  @Option(
    help: """
      The name of a campaign in which nothing is rated, since its answers are known; may be given several \
      times. In the shipped one nothing ever is.
      """)
  var practice: [String] = []

  @Option(
    help: """
      A file with gold questions for the first campaign, as campaign gold makes them; by default the \
      shipped ones for the shipped campaign, else none.
      """)
  var gold: String?

  @Option(
    help: """
      A JSON file with the contests to hold; by default a race every hour, a daily from midnight and a \
      quest from Monday on, all by UTC.
      """)
  var contests: String?

  @Option(
    help: "By whose clocks the boards of a day, a week and a month begin, such as Europe/Berlin.")
  var boardZone = "UTC"

  @Option(help: "The folder of the web app; by default client-js.")
  var client: String?

  @Option(help: "How many shards serve connections; by default one a core.")
  var shards: Int?

  @Option(
    help: """
      Where to show metrics for Prometheus, with /livez and /readyz: HOST:PORT or unix:PATH. By \
      default nowhere; never a place that the public can reach.
      """,
    transform: Listener.Address.argument)
  var metrics: Listener.Address?

  @Flag(help: "Check the settings, the contests, the campaigns and the web app, say so, and end.")
  var check = false

  @OptionGroup var settings: SettingsOptions
  @Option(
    help: """
      How much is logged on standard error: trace, debug (each connection), info, notice, warning, \
      error or critical.
      """,
    transform: { text in
      guard let level = Logger.Level(rawValue: text) else {
        throw ValidationError("--log-level takes a level such as info, not \(text).")
      }
      return level
    })
  var logLevel = Logger.Level.info

  @Option(
    help: "What lines of the log look like: text or json.",
    transform: { text in
      guard let format = LineLogHandler.Format(rawValue: text) else {
        throw ValidationError("--log-format takes text or json, not \(text).")
      }
      return format
    })
  var logFormat = LineLogHandler.Format.text

  @OptionGroup var data: DataFolder
  @OptionGroup var source: ModelOptions
  @OptionGroup var models: ModelsFolder

  func validate() throws {
    try Self.check(origins)
    if let shards, !(1...64).contains(shards) {
      throw ValidationError("--shards takes a number from 1 to 64.")
    }
  }

  private static func check(_ origins: [String]) throws {
    for origin in origins where !WebOrigin.isWellFormed(origin) {
      throw ValidationError(
        "An origin is a scheme and a host, such as https://play.example, not \(origin).")
    }
  }

  func run() async throws {
    guard check else { return try await ServerProcess(self).run() }
    let settings = try settings.resolve().settings
    try settings.transportConfiguration(listeners: listening.listeners, shardCount: shards).check()
    try ArenaServer.check(try serverConfiguration(settings), campaigns: try loadCampaigns())
    print("The settings, the contests, the campaigns and the web app are fine.")
  }

  /// What the server is told.
  func serverConfiguration(_ settings: ArenaSettings) throws -> ServerConfiguration {
    guard let client = client ?? SharedFiles.client else {
      throw ValidationError(
        "The web app is not found: start from the project's folder or name it with --client.")
    }
    var configuration = settings.server
    configuration.clientFolder = client
    configuration.hostNames += hostNames
    configuration.origins += origins
    if let contests { configuration.contests = try ContestsFile().load(contests) }
    configuration.boardZone = try ContestsFile().zone(named: boardZone, place: "--board-zone")
    try Self.check(configuration.origins)
    return configuration
  }

  /// Whether a campaign's answers are public: those of the shipped one are.
  func isPractice(_ loaded: Campaign) throws -> Bool {
    if practice.contains(loaded.info.id.rawValue) { return true }
    guard !campaigns.isEmpty, let shipped = SharedFiles.campaign else { return true }
    return try Campaign.load(from: shipped).contentHash == loaded.contentHash
  }

  /// The campaigns to play.
  func loadCampaigns() throws -> [Campaign] {
    try ServedFiles(campaigns: campaigns, gold: gold).load()
  }
}
