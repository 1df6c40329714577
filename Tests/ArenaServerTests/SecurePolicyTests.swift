import DispatchTransport
import HTTPCodec
import Testing

@testable import ArenaServer

@Suite("What is said of https")
struct SecurePolicyTests {
  private func field(_ reply: HTTPReply, _ name: String) -> String? {
    reply.fields.first { $0.name == name }?.value
  }

  @Test(
    "The plain port sends browsers to the same place",
    arguments: [
      ("play.example", "/", UInt16(443), "https://play.example/"),
      ("play.example:80", "/duel?x=1&y=2", 443, "https://play.example/duel?x=1&y=2"),
      ("play.example:8080", "/a/b", 8443, "https://play.example:8443/a/b"),
      ("[::1]:80", "/", 443, "https://[::1]/"), ("[::1]", "/", 8443, "https://[::1]:8443/"),
    ])
  func redirect(_ host: String, _ target: String, _ port: UInt16, _ location: String) {
    var policy = SecurePolicy()
    policy.port = port
    for method in [HTTPMethod.get, .post] {
      let reply = policy.redirect(SimulatedRequest.plain(method, target: target, host: host))
      #expect(reply.status == .permanentRedirect)
      #expect(field(reply, "Location") == location)
    }
  }

  @Test("Only for names that are ours, so it leads nowhere else")
  func foreignHost() throws {
    let files = try StaticFiles(clientFolder: SimulatedServer.clientFolder) { "\"\($0.count)\"" }
    let routes = WebRoutes(files: files, hostNames: ["play.example"])
    let foreign = SimulatedRequest.plain(host: "evil.example")
    #expect(routes.redirect(foreign, SecurePolicy()).status == .misdirectedRequest)
    let own = SimulatedRequest.plain(host: "play.example")
    #expect(routes.redirect(own, SecurePolicy()).status == .permanentRedirect)
  }

  @Test("Browsers are bound to https for a year by a name, never by a number or loopback")
  func strictTransportSecurity() {
    var policy = SecurePolicy()
    let request = SimulatedRequest.plain(host: "play.example:8443")
    #expect(policy.field(for: request) == nil)
    policy.strictTransportSecurity = .seconds(365 * 86_400)
    #expect(policy.field(for: request)?.value == "max-age=31536000")
    for host in ["localhost", "LOCALHOST:1", "a.localhost", "127.0.0.1:8443", "[::1]", "10.0.0.1"] {
      #expect(policy.field(for: SimulatedRequest.plain(host: host)) == nil)
    }
  }

  @Test("Over wss a page must have come by https; over ws it may have come by either")
  func origins() throws {
    let files = try StaticFiles(clientFolder: SimulatedServer.clientFolder) { "\"\($0.count)\"" }
    let routes = WebRoutes(files: files, hostNames: ["play.example"])
    routes.setReady(true)
    func accepts(_ scheme: String, isSecure: Bool) -> Bool {
      let request = SimulatedRequest.upgrade(
        target: WebRoutes.socketPath, host: "play.example",
        subprotocols: [WebRoutes.subprotocol],
        fields: [HTTPField("Origin", "\(scheme)://play.example")])
      guard case .accept = routes.acceptsUpgrade(request, isSecure: isSecure) else { return false }
      return true
    }
    #expect(accepts("https", isSecure: true))
    #expect(!accepts("http", isSecure: true))
    #expect(accepts("https", isSecure: false))
    #expect(accepts("http", isSecure: false))
  }
}
