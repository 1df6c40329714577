import ArenaProtocol
import ArenaTypes
import ArgumentParser

/// `neuronarena admin list`: what goes on and what waits, a line each.
struct AdminListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract:
      "List \(Wire.ListKind.allCases.map(\.rawValue).joined(separator: ", ")) of the running server."
  )

  @Argument(help: "Which list.", transform: Self.kind)
  var list: Wire.ListKind

  @Option(help: "Words that a line must have, all of them.")
  var find: String?

  @Flag(help: "Also what is decided.")
  var all = false

  @Option(help: "How many lines at most.")
  var limit = 1_000

  @Flag(help: "Print each line as a JSON object.")
  var json = false

  @OptionGroup var at: AdminTarget

  private static func kind(_ text: String) throws -> Wire.ListKind {
    guard let kind = Wire.ListKind(rawValue: text) else {
      throw ValidationError(
        "\(text) is none of \(Wire.ListKind.allCases.map(\.rawValue).joined(separator: ", ")).")
    }
    return kind
  }

  func validate() throws {
    guard (1...1_000_000).contains(limit) else {
      throw ValidationError("--limit takes a number from 1 to 1000000.")
    }
  }

  func run() async throws {
    let connection = try await at.open()
    var after: String?
    var count = 0
    repeat {
      let page = try connection.ask(
        .moderateList(
          .init(list: list, find: find, after: after, all: all, limit: min(200, limit - count))))
      for row in page["rows"]?.array ?? [] {
        print(json ? AdminText.json(row) : AdminText.line(row))
        count += 1
      }
      after = page["next"]?.string
    } while after != nil && count < limit
  }
}

/// `neuronarena admin look`: one player, looked at.
struct AdminLookCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "look", abstract: "Look at a player: connections, sanctions, reports, duels.")

  @Argument(help: "The player's id.")
  var player: String

  @OptionGroup var at: AdminTarget

  func run() async throws {
    let connection = try await at.open()
    let look = try connection.ask(.moderateLook(.init(player: PlayerID(rawValue: player))))
    print(AdminText.json(look["player"] ?? .null))
  }
}

/// `neuronarena admin audit`: who did what, when and why.
struct AdminAuditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit", abstract: "Print the audit log, the latest first.")

  @Option(help: "How many entries at most.")
  var limit = 50

  @OptionGroup var at: AdminTarget

  func validate() throws {
    guard (1...1_000_000).contains(limit) else {
      throw ValidationError("--limit takes a number from 1 to 1000000.")
    }
  }

  func run() async throws {
    let connection = try await at.open()
    var before: Int?
    var count = 0
    while count < limit {
      let page = try connection.ask(
        .moderateAudit(.init(before: before, limit: min(200, limit - count))))
      let entries = page["entries"]?.array ?? []
      for entry in entries {
        let undo = entry["undo"]?.string.map { "  [undo: \($0)]" } ?? ""
        let words = ["moderator", "action", "target", "reason"].map {
          AdminText.clean(entry[$0]?.string ?? "")
        }
        print(
          "\(entry["number"]?.integer ?? 0)  \(AdminText.time(entry["at"]))  "
            + words.joined(separator: "  ") + undo)
      }
      count += entries.count
      guard let last = entries.last?["number"]?.integer, last > 1, !entries.isEmpty else { break }
      before = Int(last)
    }
  }
}

/// `neuronarena admin follow`: what happens on a topic, as it happens.
struct AdminFollowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "follow",
    abstract: "Print the events of a topic as they come: moderation, lobby, duel/ID or board/ID.",
    discussion: "A moderator who follows a duel is not counted among those who watch it.")

  @Argument(
    help: "The topic.",
    transform: { text in
      guard let topic = Topic(text) else { throw ValidationError("\(text) is no topic.") }
      return topic
    })
  var topic: Topic

  @OptionGroup var at: AdminTarget

  func run() async throws {
    let connection = try await at.open()
    _ = try connection.ask(.subscribe(.init(topic: topic)))
    while true { AdminText.flush(try connection.next()) }
  }
}
