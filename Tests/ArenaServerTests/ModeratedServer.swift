import ArenaCrypto
import ArenaProtocol
import ArenaStorage
import ArenaTestSupport
import ArenaTypes
import DispatchTransport
import Interpretation

@testable import ArenaServer

/// A simulated server with a moderator.
struct ModeratedServer {
  let server: SimulatedServer
  let moderator: PlayerClient

  init(
    store: any DurableStore = InMemoryStore(), suspicion: (any TextSuspicion)? = nil,
    campaign: Campaign = ScriptedCampaign.make(unitCount: 40), prefix: String = "m",
    configure: (inout ServerConfiguration) -> Void = { _ in }
  ) async throws {
    server = try await SimulatedServer(
      store: store, suspicion: suspicion, campaign: campaign, configure: configure)
    try await server.store.commit([
      .putModeratorToken(
        ModeratorTokenRecord(
          id: "t", hash: try SHA256.hash(Array("token".utf8)), label: "Mo", role: .moderator,
          createdAt: SimulatedServer.start))
    ])
    moderator = try server.join("Mo", prefix: prefix)
    try moderator.ask(.moderateLogin(.init(token: "token")))
  }

  /// Does an act and returns what is said of it.
  @discardableResult
  func act(
    _ kind: Wire.ActKind, _ target: String? = nil, player: PlayerID? = nil, seconds: Int? = nil,
    text: String? = nil, because reason: String = "a reason", dryRun: Bool = false,
    report: String? = nil, id: String? = nil
  ) throws -> JSONValue {
    try moderator.ask(
      .moderateAct(
        .init(
          act: .init(kind: kind, target: target, player: player, seconds: seconds, text: text),
          reason: reason, dryRun: dryRun, report: report)), id: id)
  }

  /// The code with which an act is refused.
  func refused(
    _ kind: Wire.ActKind, _ target: String? = nil, player: PlayerID? = nil, seconds: Int? = nil,
    text: String? = nil, because reason: String = "a reason", report: String? = nil
  ) throws -> ErrorCode {
    try moderator.refusal(
      .moderateAct(
        .init(
          act: .init(kind: kind, target: target, player: player, seconds: seconds, text: text),
          reason: reason, report: report)))
  }

  @discardableResult
  func undo(_ done: JSONValue, id: String? = nil) throws -> JSONValue {
    try moderator.ask(
      .moderateUndo(.init(entry: try done.count("entry"), reason: "a slip")), id: id)
  }

  /// The lines of a list.
  func list(
    _ list: Wire.ListKind, find: String? = nil, all: Bool = false
  ) throws -> [JSONValue] {
    try moderator.ask(.moderateList(.init(list: list, find: find, all: all, limit: 200)))
      .at("rows").array ?? []
  }

  /// The audit log, the latest first.
  func audit() throws -> [JSONValue] {
    try moderator.ask(.moderateAudit(.init(limit: 200))).at("entries").array ?? []
  }

  /// A duel by invitation: after a duel two have ratings too far apart for the queue.
  func invited(_ host: PlayerClient, _ guest: PlayerClient) throws -> DuelID {
    host.forgetUnread()
    guest.forgetUnread()
    let invite = try host.ask(.duelInvite(.init(format: .pick))).at("invite")
    try guest.ask(.duelJoin(.init(code: try invite.text("code"))))
    let duel = try host.matched()
    _ = try guest.matched()
    try host.follow(.duel(duel))
    try guest.follow(.duel(duel))
    return duel
  }

  /// A connection from elsewhere.
  func join(_ name: String, from host: String, prefix: String) throws -> PlayerClient {
    try server.join(name, prefix: prefix, from: PeerAddress(host: host, port: 999))
  }
}
