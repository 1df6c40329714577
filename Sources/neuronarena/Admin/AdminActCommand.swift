import ArenaProtocol
import ArenaTypes
import ArgumentParser

/// `neuronarena admin act`: everything that a moderator can do, on the server that runs beside.
struct AdminActCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "act", abstract: "Do what a moderator can do, on the running server.",
    discussion: """
      Kinds: \(Wire.ActKind.allCases.map(\.rawValue).joined(separator: ", ")).
      A target is the id of a duel, contest, player, ban, notice, report or flag as `admin list` shows \
      them, a text such as excerpt/ID, explanation/ID or duel/ID/ROUND/SEAT/ATTEMPT (counted from 0), or \
      a range of addresses such as 192.0.2.0/24 or 2001:db8::/48.
      """)

  @Argument(help: "What to do.", transform: Self.kind)
  var kind: Wire.ActKind

  @Argument(help: "To what.")
  var target: String?

  @Option(help: "Whose run is taken off a contest.")
  var player: String?

  @Option(name: .customLong("for"), help: "For how long, or by how much: 90s, 15m, 2h, 7d, -10m.")
  var duration: AdminDuration?

  @Option(help: "What everybody is told.")
  var text: String?

  @Option(help: "The report or flag that this answers, and that is closed with it.")
  var report: String?

  @OptionGroup var why: AdminReason
  @OptionGroup var at: AdminTarget

  private static func kind(_ text: String) throws -> Wire.ActKind {
    guard let kind = Wire.ActKind(rawValue: text) else {
      throw ValidationError(
        "\(text) is none of \(Wire.ActKind.allCases.map(\.rawValue).joined(separator: ", ")).")
    }
    return kind
  }

  func run() async throws {
    try await why.perform(
      .init(
        kind: kind, target: target, player: player.map { PlayerID(rawValue: $0) },
        seconds: duration?.seconds, text: text), report: report, at: at)
  }
}

/// `neuronarena admin undo`: undoes an entry of the audit log.
struct AdminUndoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "undo", abstract: "Undo an act, by the number of its audit entry.")

  @Argument(help: "The number, as `admin audit` shows it.")
  var entry: Int

  @OptionGroup var why: AdminReason
  @OptionGroup var at: AdminTarget

  func run() async throws {
    let connection = try await at.open()
    let done = try connection.ask(
      .moderateUndo(.init(entry: entry, reason: why.reason, dryRun: why.dryRun)))
    AdminReason.tell(done)
  }
}

/// `neuronarena admin drain`: lets the running server start nothing new, and end when it is empty.
struct AdminDrainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drain",
    abstract: "Let the server start nothing new, and end by itself when nothing runs.")

  @Flag(help: "Let it start new things again.")
  var undo = false

  @OptionGroup var why: AdminReason
  @OptionGroup var at: AdminTarget

  func run() async throws {
    try await why.perform(.init(kind: undo ? .resume : .drain), report: nil, at: at)
  }
}

/// `neuronarena admin announce`: tells everybody something.
struct AdminAnnounceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "announce", abstract: "Tell everybody something, now and who comes later.")

  @Argument(help: "What.")
  var text: String

  @Option(name: .customLong("for"), help: "For how long: 15m, 2h, 7d.")
  var duration = AdminDuration.hour

  @OptionGroup var why: AdminReason
  @OptionGroup var at: AdminTarget

  func run() async throws {
    try await why.perform(
      .init(kind: .announce, seconds: duration.seconds, text: text), report: nil, at: at)
  }
}

/// Why, and whether only to look ahead.
struct AdminReason: ParsableArguments {
  @Option(help: "Why; it goes into the audit log, and to the players whom it concerns.")
  var reason: String

  @Flag(help: "Only say what would happen.")
  var dryRun = false

  /// Does an act and says what it changed.
  func perform(_ act: Wire.Act, report: String?, at target: AdminTarget) async throws {
    let connection = try await target.open()
    let done = try connection.ask(
      .moderateAct(.init(act: act, reason: reason, dryRun: dryRun, report: report)))
    Self.tell(done)
  }

  static func tell(_ done: JSONValue) {
    let isDryRun = done["dryRun"] == .bool(true)
    for line in done["changes"]?.array ?? [] {
      print((isDryRun ? "would: " : "") + AdminText.clean(line.string ?? ""))
    }
    guard !isDryRun, let entry = done["entry"]?.integer else { return }
    let undo = done["undo"]?.string.map { "; undo (\($0)) with: neuronarena admin undo \(entry)" }
    print("audit entry \(entry)" + (undo ?? "; nothing undoes it"))
  }
}
