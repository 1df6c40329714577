import ArenaProtocol
import ArenaStorage
import ArenaTestSupport
import ArenaTypes
import DispatchTransport
import Testing

@testable import ArenaServer

@Suite("Moderators mute, ban and let in again")
struct ModeratedPlayerTests {
  @Test("An answer that was taken before a mute counts, and who repeats it is told so")
  func repeated() async throws {
    let disk = FailingStore(wrapping: InMemoryStore())
    let moderated = try await ModeratedServer(store: disk)
    let server = moderated.server
    let (ada, bob) = (try server.join("Ada", prefix: "a"), try server.join("Bob", prefix: "b"))
    let duel = try ada.meet(bob, in: .write)
    server.advance(by: .seconds(4))
    let answer = ClientCommand.duelAnswer(
      .init(duel: duel, round: 1, answer: .write("plain words")))
    disk.failCommits(with: .inputOutput(doing: "writing", reason: "test"), leaving: .written)
    try ada.send(answer, id: "x1")
    #expect(try ada.answer(to: "x1").errorCode == .unavailable)
    disk.heal()
    server.advance(by: .seconds(2))
    try moderated.act(.mute, ada.player.rawValue, seconds: 3_600)
    #expect(try ada.refusal(answer) == .muted)
    try ada.send(answer, id: "x1")
    #expect(try ada.answer(to: "x1").type == "ok")
  }

  @Test(
    "Who is muted reads why and until when, plays what needs no words, and may write when it ends")
  func mute() async throws {
    let store = InMemoryStore()
    let moderated = try await ModeratedServer(store: store)
    let ada = try moderated.server.join("Ada", prefix: "a")
    let dry = try moderated.act(.mute, ada.player.rawValue, seconds: 3_600, dryRun: true)
    #expect(try dry.at("entry") == .null)
    #expect(try dry.text("changes", "0").contains("Ada"))
    try ada.ask(.rename(.init(name: "Ada L")))
    #expect(try moderated.audit().isEmpty)

    let done = try moderated.act(
      .mute, ada.player.rawValue, seconds: 3_600, because: "rude names")
    #expect(try ada.event("notice").data.text("text").contains("rude names"))
    let rename = ClientCommand.rename(.init(name: "Rude"))
    #expect(try ada.refusal(rename) == .muted)
    let reason = ada.received.last ?? ""
    #expect(reason.contains("rude names") && reason.contains("2026-11-25 00:10 UTC"))
    #expect(try ada.refusal(.queueJoin(.init(format: .write))) == .muted)
    #expect(try ada.refusal(.queueAcceptBot(.init(format: .mixed))) == .muted)
    let bans = try moderated.list(.bans)
    #expect(try bans.map { try $0.text("state") } == ["mute"])
    #expect(try bans.map { try $0.text("by") } == ["Mo"])
    let bot = try ada.ask(.queueAcceptBot(.init(format: .pick))).text("duel")
    try ada.ask(.duelResign(.init(duel: DuelID(rawValue: bot))))

    let second = try await ModeratedServer(store: store, prefix: "n")
    let back = try second.server.join(as: ada, prefix: "c")
    #expect(try back.refusal(rename) == .muted)
    second.server.advance(by: .seconds(3_601))
    try back.ask(.rename(.init(name: "Kind")))
    #expect(
      try second.moderator.refusal(
        .moderateUndo(.init(entry: try done.count("entry"), reason: "late"))) == .wrongState)
    withExtendedLifetime(moderated.server) {}
  }

  @Test("A lifted mute lets write at once, and can't be lifted twice")
  func lifted() async throws {
    let moderated = try await ModeratedServer()
    let ada = try moderated.server.join("Ada", prefix: "a")
    let done = try moderated.act(.mute, ada.player.rawValue, seconds: 60)
    #expect(try done.text("undo") == "lift")
    #expect(try ada.refusal(.rename(.init(name: "B"))) == .muted)
    let lifted = try moderated.undo(done)
    #expect(try lifted.at("undo") == .null)
    try ada.ask(.rename(.init(name: "B")))
    #expect(try moderated.refused(.lift, "a_none") == .notFound)
    #expect(try moderated.audit().map { try $0.text("action") } == ["lift", "mute for 60 s"])
    #expect(
      try moderated.moderator.refusal(
        .moderateUndo(.init(entry: try lifted.count("entry"), reason: "x"))) == .wrongState)
    #expect(
      try moderated.moderator.refusal(.moderateUndo(.init(entry: 999, reason: "x"))) == .notFound)
  }

  @Test("A banned range is cut off and kept out, IPv4 and IPv6, others are not; never one's own")
  func addresses() async throws {
    let store = InMemoryStore()
    let moderated = try await ModeratedServer(store: store)
    let eve = try moderated.join("Eve", from: "192.0.2.7", prefix: "e")
    let fay = try moderated.join("Fay", from: "2001:db8::7", prefix: "f")
    let bob = try moderated.join("Bob", from: "192.0.3.7", prefix: "b")
    #expect(try moderated.refused(.banAddress, "127.0.0.0/8", seconds: 60) == .wrongState)
    #expect(try moderated.refused(.banAddress, "0.0.0.0/0", seconds: 60) == .badField)
    #expect(try moderated.refused(.banAddress, "192.0.2.0/24", seconds: 0) == .badDuration)
    let dry = try moderated.act(.banAddress, "192.0.2.9/24", seconds: 60, dryRun: true)
    #expect(try dry.text("changes", "0") == "1 connection from 192.0.2.0/24 is cut off.")
    try eve.ask(.ping(.init(clientTime: SimulatedServer.start)))
    let done = try moderated.act(
      .banAddress, "192.0.2.9/24", seconds: 60, because: "spam from there")
    try moderated.act(.banAddress, "2001:db8::/32", seconds: 60)
    #expect(try eve.event("kicked").data.text("reason") == "spam from there")
    _ = try fay.event("kicked")
    try bob.ask(.ping(.init(clientTime: SimulatedServer.start)))
    let late = try moderated.server.connect(
      prefix: "x", from: PeerAddress(host: "192.0.2.200", port: 1))
    let hello = ClientCommand.Hello(
      protocolName: "neuronarena.v1", client: "t", player: nil, name: "Gil")
    #expect(try late.refusal(.hello(hello)) == .banned)
    #expect(late.received.last?.contains("spam from there") == true)

    let second = try await ModeratedServer(store: store, prefix: "n")
    let again = try second.server.connect(
      prefix: "y", from: PeerAddress(host: "::ffff:192.0.2.200", port: 1))
    #expect(try again.refusal(.hello(hello)) == .banned)
    try second.undo(done)
    _ = try second.join("Hal", from: "192.0.2.200", prefix: "h")
    second.server.advance(by: .seconds(61))
    _ = try second.join("Ida", from: "2001:db8::9", prefix: "i")
    withExtendedLifetime(moderated.server) {}
  }

  @Test("The same command again does the same act once, also after a restart")
  func idempotent() async throws {
    let store = InMemoryStore()
    let moderated = try await ModeratedServer(store: store)
    let contest = try moderated.moderator.ask(.contestList).text("contests", "0", "id")
    let first = try moderated.act(.extendContest, contest, seconds: 600, id: "same")
    #expect(try moderated.act(.extendContest, contest, seconds: 600, id: "same") == first)
    let second = try await ModeratedServer(store: store, prefix: "n")
    let back = try second.server.join(as: moderated.moderator, prefix: "q")
    try back.ask(.moderateLogin(.init(token: "token")))
    let again = try back.ask(
      .moderateAct(
        .init(
          act: .init(kind: .extendContest, target: contest, seconds: 600), reason: "a reason")),
      id: "same")
    #expect(try again.count("entry") == first.count("entry"))
    #expect(try second.audit().count == 1)
    let closes = try back.ask(.contestList).at("contests", "0")
    #expect(
      try closes.count("closesAt") - closes.count("opensAt") == 3_600_000 + 600_000)
    withExtendedLifetime(moderated.server) {}
  }

  @Test("Without a token nobody acts, lists or looks")
  func forbidden() async throws {
    let moderated = try await ModeratedServer()
    let ada = try moderated.server.join("Ada", prefix: "a")
    let mute = Wire.Act(kind: .mute, target: ada.player.rawValue, seconds: 5)
    let commands: [ClientCommand] = [
      .moderateAct(.init(act: mute, reason: "x")),
      .moderateAct(.init(act: mute, reason: "x", dryRun: true)),
      .moderateUndo(.init(entry: 1, reason: "x")), .moderateList(.init(list: .players, limit: 5)),
      .moderateLook(.init(player: ada.player)),
    ]
    for command in commands { #expect(try ada.refusal(command) == .forbidden) }
    #expect(try moderated.audit().isEmpty)
  }

  @Test("A disk that fails leaves no act half done: nobody is muted, and nothing is in the log")
  func illDisk() async throws {
    let store = FailingStore(wrapping: InMemoryStore())
    let moderated = try await ModeratedServer(store: store)
    let ada = try moderated.server.join("Ada", prefix: "a")
    store.failCommits(with: .full(doing: "test", reason: "test"))
    #expect(try moderated.refused(.mute, ada.player.rawValue, seconds: 60) == .unavailable)
    store.heal()
    try ada.ask(.rename(.init(name: "Free")))
    #expect(try moderated.audit().isEmpty)
  }
}
