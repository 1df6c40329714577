import ArenaServer
import DispatchTransport
import Testing
import WebSocketCodec

@testable import neuronarena

@Suite("Sources of settings")
struct SettingSourcesTests {
  private func setting(_ name: String) throws -> Setting {
    try #require(Setting.all.first { $0.name == name })
  }

  @Test("A file is below the environment, and that below the command line")
  func order() throws {
    var sources = SettingSources()
    let file = """
      # The classroom's server.
      command-burst = 1
      duel-count-max = 2 # small
      player-count-max=3

      """
    try sources.take(file: file, path: "arena.conf")
    try sources.take(environment: [
      "NEURONARENA_DUEL_COUNT_MAX": "4", "NEURONARENA_PLAYER_COUNT_MAX": "5",
      "NEURONARENA_DATA": "/tmp", "PATH": "/bin",
    ])
    try sources.take(assignments: ["player-count-max=6"])
    #expect(sources.settings.server.commandBurst == 1)
    #expect(sources.settings.server.duelCountMax == 4)
    #expect(sources.settings.server.playerCountMax == 6)
    let origins = try ["command-burst", "duel-count-max", "player-count-max", "backlog"].map {
      sources.origin(of: try setting($0)).description
    }
    #expect(origins == ["arena.conf:2", "NEURONARENA_DUEL_COUNT_MAX", "--set", "default"])
  }

  @Test("Compression is a setting of the transport like any other")
  func deflate() throws {
    func configuration(_ assignments: String...) throws -> TransportConfiguration {
      var sources = SettingSources()
      try sources.take(assignments: assignments)
      return sources.settings.transportConfiguration(listeners: [], shardCount: 1)
    }
    #expect(try configuration("deflate=off").deflate == nil)
    #expect(try configuration("deflate-level=9").deflate?.level == 9)
    #expect(try configuration("message-timeout=2s").limits.messageTimeout == .seconds(2))
  }

  private func error(_ body: (inout SettingSources) throws(SettingError) -> Void) -> SettingError? {
    var sources = SettingSources()
    do throws(SettingError) { try body(&sources) } catch { return error }
    return nil
  }

  @Test("A misspelt name is told with its place and the one that may be meant")
  func misspelt() {
    let inFile = error { (sources) throws(SettingError) in
      try sources.take(file: "\n\nconection-count-max = 1", path: "a.conf")
    }
    #expect(
      inFile?.description
        == "a.conf:3: there is no setting conection-count-max; did you mean connection-count-max?")
    let inEnvironment = error { (sources) throws(SettingError) in
      try sources.take(environment: ["NEURONARENA_PING_INTERVALL": "1s"])
    }
    #expect(inEnvironment?.description.contains("did you mean ping-interval?") == true)
    let unlike = error { (sources) throws(SettingError) in
      try sources.take(assignments: ["colour=blue"])
    }
    #expect(unlike?.description == "--set: there is no setting colour; see neuronarena settings.")
  }

  @Test("A malformed value is told with what would be allowed")
  func malformed() {
    let found = error { (sources) throws(SettingError) in
      try sources.take(file: "http-body-byte-count-max = 8kb", path: "a.conf")
    }
    #expect(
      found?.description
        == "a.conf:1: http-body-byte-count-max takes a size such as 65536, 64KiB or 1MiB, from 0B "
        + "to 32KiB, not \"8kb\".")
    #expect(
      error { (sources) throws(SettingError) in try sources.take(assignments: ["linger"]) }
        == .noAssignment("linger", .flag("--set")))
  }

  @Test("A setting that stands twice in a file is refused, on the command line the last one counts")
  func repeated() throws {
    let found = error { (sources) throws(SettingError) in
      try sources.take(file: "linger = 1ms\nlinger = 2ms", path: "a.conf")
    }
    #expect(found?.description == "a.conf:2: linger is set in a.conf:1 already.")
    var sources = SettingSources()
    try sources.take(assignments: ["linger=1ms", "linger=2ms"])
    #expect(sources.settings.transport.linger == .milliseconds(2))
  }

  @Test("What is printed has every setting, and as JSON its parts")
  func printing() throws {
    var sources = SettingSources()
    try sources.take(assignments: ["host-names=a.example,b.example"])
    let rows = SettingRow.all(of: sources)
    #expect(rows.count == Setting.all.count)
    let row = try #require(rows.first { $0.name == "host-names" })
    #expect(row.value == "a.example,b.example")
    #expect(row.standard == "localhost,127.0.0.1,[::1]")
    #expect(row.origin == "--set")
    #expect(SettingRow.table(rows).split(separator: "\n").count == rows.count)
    #expect(try SettingRow.json(rows).contains("\"default\" : \"localhost,127.0.0.1,[::1]\""))
  }
}
