import ArenaCrypto
import ArenaStorage
import ArenaTypes
import ArgumentParser
import Glibc
import SQLiteStorage

/// `neuronarena admin`: what the operator alone may do, beside a running server.
struct AdminCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "admin",
    abstract: "Moderate the running server; give and take moderators' tokens.",
    subcommands: [
      AdminListCommand.self, AdminLookCommand.self, AdminFollowCommand.self,
      AdminAuditCommand.self, AdminActCommand.self, AdminUndoCommand.self,
      AdminAnnounceCommand.self, AdminDrainCommand.self, Token.self, Tokens.self, Revoke.self,
    ])

  /// Makes a token.
  struct Token: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "token", abstract: "Make a token for a moderator; it is shown once.")

    @Option(help: "Who it is for; shown in the audit log.")
    var label: String

    @Option(help: "After how many days it expires.")
    var days = 30

    @OptionGroup var data: DataFolder

    func validate() throws {
      guard (1...40).contains(label.count) else {
        throw ValidationError("--label takes 1 to 40 characters.")
      }
      guard (1...3_650).contains(days) else {
        throw ValidationError("--days takes a number from 1 to 3650.")
      }
    }

    func run() async throws {
      let token = "nam_" + Base64.encode(try secureRandomBytes(24), .url)
      let now = Timestamp.systemNow
      let store = try data.open(.tool)
      let record = ModeratorTokenRecord(
        id: "t_" + Hex.encode(try secureRandomBytes(4)),
        hash: try SHA256.hash(Array(token.utf8)), label: label, role: .moderator,
        createdAt: now, expiresAt: now + .seconds(days * 86_400), revokedAt: nil)
      try await store.commit([.putModeratorToken(record)])
      await store.close()
      print(token)
    }
  }

  /// Lists tokens.
  struct Tokens: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "tokens", abstract: "List the tokens, without their secrets.")

    @OptionGroup var data: DataFolder

    func run() async throws {
      let store = try data.open(.tool)
      let now = Timestamp.systemNow
      let records = try await store.read { reader throws(StorageError) in
        try reader.moderatorTokens()
      }
      await store.close()
      for record in records {
        let state =
          record.revokedAt != nil
          ? "revoked" : record.expiresAt.map { $0 <= now } ?? false ? "expired" : "good"
        print("\(record.id)  \(state)  \(record.label)")
      }
    }
  }

  /// Takes a token back.
  struct Revoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "revoke", abstract: "Make a token worthless for the next login.")

    @Argument(help: "The token's id, as `admin tokens` lists it.")
    var id: String

    @OptionGroup var data: DataFolder

    func run() async throws {
      let store = try data.open(.tool)
      let records = try await store.read { reader throws(StorageError) in
        try reader.moderatorTokens()
      }
      guard var record = records.first(where: { $0.id == id }) else {
        throw ValidationError("There is no token \(id): see `neuronarena admin tokens`.")
      }
      record.revokedAt = .systemNow
      try await store.commit([.putModeratorToken(record)])
      await store.close()
      print("\(id) is revoked.")
    }
  }
}

extension Timestamp {
  /// The system's clock, for commands; the server has its scheduler's.
  static var systemNow: Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(
      millisecondsSinceEpoch: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
  }
}
