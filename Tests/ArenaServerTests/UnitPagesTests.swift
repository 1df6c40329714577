import ArenaProtocol
import ArenaRules
import ArenaTypes
import DispatchTransport
import HTTPCodec
import Interpretation
import Testing

@testable import ArenaServer

@Suite("Units over plain HTTP")
struct UnitPagesTests {
  private let campaign = ScriptedCampaign.make(unitCount: 8)
  private let unit = UnitID(rawValue: "scripted/1/mlp/1")

  private func routes() -> WebRoutes {
    WebRoutes(
      files: StaticFiles(),
      units: UnitPages(
        campaign: campaign,
        summary: CampaignViews.summary(of: campaign, hasModel: true, isPractice: true)),
      hostNames: ["localhost"])
  }

  private func links(_ id: UnitID? = nil) throws -> Wire.UnitLinks {
    try #require(UnitLinks(campaign: campaign).links(of: id ?? unit))
  }

  private func respond(_ target: String) -> HTTPReply {
    routes().respond(to: SimulatedRequest.plain(target: target))
  }

  private func field(_ reply: HTTPReply, _ name: String) -> String? {
    reply.fields.first { $0.name == name }?.value
  }

  private func text(_ reply: HTTPReply) -> String { String(decoding: reply.body, as: UTF8.self) }

  @Test("The data has all that the page says, and nothing held out")
  func data() throws {
    let reply = try respond(links().data)
    #expect(reply.status == .ok && field(reply, "Content-Type") == "application/json")
    #expect(field(reply, "X-Frame-Options") == "DENY")
    let tree = try JSONReader.read(reply.body, limits: .serverFrame)
    #expect(tree["unit"]?["unit"]?["id"]?.string == unit.rawValue)
    #expect(tree["unit"]?["clues"]?.array?.count == 15)
    let beside = tree["unit"]?["neighbours"]?.array?.map { $0["relation"]?.string }
    #expect(beside == ["before", "after"])
    #expect(tree["campaign"]?["practice"]?.bool == true)
    let known = try #require(campaign.unit(unit))
    for excerpt in known.heldOut.map(\.excerpt) {
      #expect(!text(reply).contains("\"\(excerpt.id)\""))
    }
    #expect(try respond(links().data).body == reply.body)
  }

  @Test("What moderators have hidden is told no more, and what they restore is again")
  func hidden() throws {
    let known = try #require(campaign.unit(unit))
    let clue = try #require(known.clues.first).excerpt.id
    let explanation = try #require(known.explanations.first { $0.role == .intended }).explanation
    let moderation = ModerationShelf([CampaignShelf(campaign)])
    let routes = WebRoutes(
      files: StaticFiles(),
      units: UnitPages(
        campaign: moderation.shown(campaign.info.id),
        summary: CampaignViews.summary(of: campaign, hasModel: true, isPractice: false)),
      hostNames: ["localhost"])
    let request = SimulatedRequest.plain(target: try links().data)
    let tells = { (name: String) in text(routes.respond(to: request)).contains("\"\(name)\"") }
    #expect(tells("\(clue)") && tells("\(explanation.text)"))
    moderation.decide(.excerpt(id: clue), isHidden: true)
    moderation.decide(.explanation(id: explanation.id), isHidden: true)
    #expect(!tells("\(clue)") && !tells("\(explanation.text)"))
    moderation.decide(.excerpt(id: clue), isHidden: false)
    #expect(tells("\(clue)"))
  }

  @Test(
    "Without the right key there is no unit, whatever is asked",
    arguments: [
      "/v1/units/scripted/1/mlp/1.json", "/v1/units/scripted/1/mlp/1.json?key=",
      "/v1/units/scripted/1/mlp/1.json?key=0123456789abcdef0123456789abcdef",
      "/v1/units/scripted/1/mlp/1?key=x", "/v1/units/.json?key=x", "/v1/units/", "/v1/units",
      "/v1/units/../../../etc/passwd.json?key=x", "/v1/units/%00.json", "/embed/unit/",
      "/embed/unit/scripted/9/mlp/99?key=x", "/embed/unit/%3Cscript%3E?key=x", "/embed/",
    ])
  func strangers(target: String) {
    let reply = respond(target)
    #expect(reply.status == .notFound)
    #expect(field(reply, "X-Frame-Options") == "DENY")
    #expect(!text(reply).contains("script>"))
  }

  @Test("A key is its unit's alone, hangs on what is held out, and outlives a restart")
  func keys() throws {
    let key = try links().data.split(separator: "=").last.map(String.init) ?? ""
    #expect(key.count == 32)
    let other = UnitID(rawValue: "scripted/2/mlp/2")
    #expect(respond("/v1/units/\(other).json?key=\(key)").status == .notFound)
    #expect(respond("/embed/unit/\(unit)?a=b&key=\(key)").status == .ok)
    #expect(try links(other).data != links().data)
    let same = ScriptedCampaign.make(unitCount: 8)
    #expect(UnitLinks(campaign: same).links(of: unit) == (try links()))
    let stranger = ScriptedCampaign.make(unitCount: 8, seed: 2)
    #expect(UnitLinks(campaign: stranger).links(of: unit) != (try links()))
  }

  @Test("The card alone may be framed, and runs and loads nothing")
  func card() throws {
    let reply = try respond(links().card)
    #expect(reply.status == .ok && field(reply, "X-Frame-Options") == nil)
    let policy = try #require(field(reply, "Content-Security-Policy"))
    #expect(policy.contains("frame-ancestors *") && policy.contains("default-src 'none'"))
    #expect(!policy.contains("unsafe") && !policy.contains("script"))
    let html = text(reply)
    #expect(html.contains("words about kinship number 1") && html.contains("og:title"))
    #expect(!html.contains("<script") && !html.contains("style=") && !html.contains("onload"))
    #expect(html.contains("class=\"t h8\""))
    #expect(html.contains("\"og:image\" content=\"http://localhost/web/open-graph.png\""))
  }

  @Test("What others wrote can't break out of the card, hide in it or turn it round")
  func hostile() throws {
    let texts = [
      "<img src=x onerror=alert(1)>", "\"><script>", "a & 'b' \"c\"", "\u{202E}evil\u{2066}",
    ]
    for hostile in texts {
      let clue = Wire.Clue(
        id: ExcerptID(rawValue: "x"), kind: .top, source: hostile,
        tokens: [hostile, " \(hostile)", "\u{0}e\(String(repeating: "\u{301}", count: 500))"],
        activations: [1, 8, 8], scale: 8, peak: 1, window: Wire.Pair(0, 3))
      let page = Wire.UnitPage(
        unit: WireViews(campaign: campaign).card(unit), clues: [clue], reveals: [], peakWords: [],
        promoted: [], suppressed: [], neighbours: [],
        explanations: [
          Wire.ExplanationCredit(
            text: hostile,
            author: Wire.AuthorCredit(kind: .player, player: nil, name: hostile), score: nil)
        ])
      let html = UnitCardPage(
        page, campaign: CampaignViews.summary(of: campaign, hasModel: true, isPractice: true)
      ).html
      #expect(!html.contains("<img") && !html.contains("<script"))
      #expect(!html.unicodeScalars.contains { "\u{202E}\u{2066}\u{0}".unicodeScalars.contains($0) })
      #expect(html.unicodeScalars.count { $0 == "\u{301}" } <= 2)
    }
  }

  @Test(
    "Heat has the levels of the web app",
    arguments: zip([-1, 0, 0.2, 0.5, 1, 4, 7.9, 8, 80], [0, 0, 0, 1, 1, 4, 8, 8, 8]))
  func levels(activation: Double, level: Int) {
    #expect(UnitCardPage.heatLevel(activation, scale: 8) == level)
    #expect(UnitCardPage.heatLevel(activation, scale: 0) == 0)
  }
}
