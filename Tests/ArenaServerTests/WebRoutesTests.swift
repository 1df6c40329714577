import DispatchTransport
import HTTPCodec
import Testing

@testable import ArenaServer

@Suite("Plain HTTP, and who may open a socket")
struct WebRoutesTests {
  private func routes(
    hosts: [String] = ["localhost", "[::1]"], origins: [String] = []
  ) throws -> WebRoutes {
    let files = try StaticFiles(clientFolder: SimulatedServer.clientFolder) { "\($0.count)" }
    let routes = WebRoutes(files: files, hostNames: hosts, origins: origins)
    routes.setReady(true)
    return routes
  }

  private func text(_ reply: HTTPReply) -> String { String(decoding: reply.body, as: UTF8.self) }

  private func field(_ reply: HTTPReply, _ name: String) -> String? {
    reply.fields.first { $0.name == name }?.value
  }

  @Test("The page is served with its type, a validator and strict policies")
  func page() throws {
    let reply = try routes().respond(to: SimulatedRequest.plain(target: "/?x=1"))
    #expect(reply.status == .ok)
    #expect(field(reply, "Content-Type") == "text/html; charset=utf-8")
    #expect(field(reply, "Content-Security-Policy")?.contains("default-src 'self'") == true)
    #expect(field(reply, "X-Content-Type-Options") == "nosniff")
    let tag = try #require(field(reply, "ETag"))
    for value in [tag, "\"other\", \(tag)"] {
      let again = try routes().respond(
        to: SimulatedRequest.plain(target: "/", fields: [HTTPField("If-None-Match", value)]))
      #expect(again.status == .notModified)
      #expect(again.body.isEmpty)
    }
    let stale = try routes().respond(
      to: SimulatedRequest.plain(target: "/", fields: [HTTPField("If-None-Match", "\"0\"")]))
    #expect(stale.status == .ok)
  }

  @Test("What the page names to other sites has the whole address by which it was asked for")
  func wholeAddresses() throws {
    let routes = try routes(hosts: [])
    func page(_ host: String, isSecure: Bool = false) -> HTTPReply {
      routes.respond(to: SimulatedRequest.plain(target: "/", host: host), isSecure: isSecure)
    }
    let image = "property=\"og:image\" content=\""
    #expect(text(page("Play.example")).contains("\(image)http://play.example/web/open-graph.png"))
    let secure = page("play.example:8443", isSecure: true)
    #expect(text(secure).contains("\(image)https://play.example:8443/web/open-graph.png"))
    #expect(field(secure, "ETag") != field(page("play.example:8443"), "ETag"))
    #expect(field(secure, "ETag") == field(page("play.example:8443", isSecure: true), "ETag"))
    // However many names it is given, and whatever they are.
    for number in 0..<100 { #expect(page("h\(number).example").status == .ok) }
    #expect(text(page("late.example")).contains("http://late.example/web/open-graph.png"))
    let picture = routes.respond(to: SimulatedRequest.plain(target: "/web/open-graph.png"))
    #expect(picture.status == .ok && field(picture, "Content-Type") == "image/png")
    #expect((10_000..<100_000).contains(picture.body.count))
  }

  @Test(
    "No path leaves the client's folder",
    arguments: [
      "/../Package.swift", "/web/../../Package.swift", "/web/%2e%2e/%2e%2e/Package.swift",
      "//etc/passwd", "/web/", "/web", "/src", "/Package.swift", "/web/index.html%00.js",
      "/test/anything.js",
    ])
  func escapes(_ path: String) throws {
    #expect(
      try routes().respond(to: SimulatedRequest.plain(target: path)).status == .notFound)
  }

  @Test("The page has three names, and percent signs spell the same name")
  func names() throws {
    let page = try routes().respond(to: SimulatedRequest.plain(target: "/")).body
    for target in ["/index.html", "/web/index.html", "/web/%69ndex.html?x", "/?a=%"] {
      #expect(try routes().respond(to: SimulatedRequest.plain(target: target)).body == page)
    }
  }

  @Test("Every text of the app is compressed at start, and every reply has the policies")
  func compressed() throws {
    for target in ["/", "/web/main.js", "/web/none", "/livez"] {
      let reply = try routes().respond(
        to: SimulatedRequest.plain(
          target: target, fields: [HTTPField("Accept-Encoding", "gzip")]))
      #expect(
        (field(reply, "Content-Encoding") == "gzip")
          == (target.count == 1 || target == "/web/main.js"))
      for name in ["Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"] {
        #expect(field(reply, name) != nil)
      }
      #expect(field(reply, "Content-Security-Policy")?.contains("unsafe") == false)
      #expect(field(reply, "Content-Security-Policy")?.contains("frame-ancestors 'none'") == true)
    }
  }

  @Test("Another host is answered with 421, another method with 405")
  func hostAndMethod() throws {
    for host in ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example:80"] {
      let reply = try routes().respond(to: SimulatedRequest.plain(host: host))
      #expect(reply.status == .misdirectedRequest)
    }
    for host in ["localhost", "LOCALHOST:8080", "[::1]:8080", "[::1]"] {
      #expect(try routes().respond(to: SimulatedRequest.plain(host: host)).status == .ok)
    }
    let any = try routes(hosts: []).respond(to: SimulatedRequest.plain(host: "any.example"))
    #expect(any.status == .ok)
    let post = try routes().respond(to: SimulatedRequest.plain(.post))
    #expect(post.status == .methodNotAllowed)
    #expect(field(post, "Allow") == "GET, HEAD, OPTIONS")
    let options = try routes().respond(to: SimulatedRequest.plain(.options, target: "*"))
    #expect(options.status == .noContent)
    #expect(field(options, "Allow") == "GET, HEAD, OPTIONS")
    #expect(try routes().respond(to: SimulatedRequest.plain(.head)).status == .ok)
  }

  @Test("It says whether it lives and whether it is ready, and where the socket is")
  func health() throws {
    let routes = try routes()
    func status(_ path: String) -> HTTPStatus {
      routes.respond(to: SimulatedRequest.plain(target: path)).status
    }
    #expect(status("/livez") == .ok)
    #expect(status("/readyz") == .ok)
    #expect(status("/v1/socket") == .upgradeRequired)
    routes.setReady(false)
    #expect(status("/livez") == .ok)
    #expect(status("/readyz") == .serviceUnavailable)
    let starting = routes.respond(to: SimulatedRequest.plain(target: "/v1/socket"))
    #expect(starting.status == .serviceUnavailable)
    #expect(field(starting, "Retry-After") == "1")
  }

  private func refusal(
    _ routes: WebRoutes, target: String = "/v1/socket", host: String = "localhost:8080",
    subprotocols: [String] = ["neuronarena.v1.json"], origin: String? = nil
  ) -> HTTPStatus? {
    let request = SimulatedRequest.upgrade(
      target: target, host: host, subprotocols: subprotocols,
      fields: origin.map { [HTTPField("Origin", $0)] } ?? [])
    guard case .refuse(let reply) = routes.acceptsUpgrade(request) else { return nil }
    return reply.status
  }

  @Test("A socket is opened for our own pages and for programs, with our subprotocol")
  func upgrades() throws {
    let routes = try routes()
    #expect(refusal(routes) == nil)
    #expect(refusal(routes, origin: "http://localhost:8080") == nil)
    #expect(refusal(routes, origin: "https://LOCALHOST:8080") == nil)
    #expect(refusal(routes, subprotocols: ["other", "neuronarena.v1.json"]) == nil)
    for origin in ["http://evil.example", "http://localhost:9", "null", "http://localhost"] {
      #expect(refusal(routes, origin: origin) == .forbidden)
    }
    #expect(refusal(routes, host: "evil.example") == .misdirectedRequest)
    #expect(refusal(routes, subprotocols: []) == .badRequest)
    #expect(refusal(routes, subprotocols: ["neuronarena.v2.json"]) == .badRequest)
    #expect(refusal(routes, target: "/socket") == .notFound)
    routes.setReady(false)
    #expect(refusal(routes) == .serviceUnavailable)
  }

  @Test("Pages of an origin on the list may connect, letter for letter, beside our own")
  func origins() throws {
    let routes = try routes(origins: ["https://Play.example", "http://lab.example:81"])
    for origin in [
      "https://play.example", "HTTPS://PLAY.EXAMPLE", "http://lab.example:81",
      "http://localhost:8080",
    ] {
      #expect(refusal(routes, origin: origin) == nil, "\(origin)")
    }
    for origin in [
      "http://play.example", "https://play.example:444", "https://play.example.evil.example",
      "https://play.example/", "http://lab.example", "null", "",
    ] {
      #expect(refusal(routes, origin: origin) == .forbidden, "\(origin)")
    }
  }

  @Test("An origin on the list is a scheme and a host, as a browser sends it")
  func originForms() {
    for origin in ["https://play.example", "http://localhost:8080", "https://[2001:db8::1]:8443"] {
      #expect(WebOrigin.isWellFormed(origin), "\(origin)")
    }
    for origin in [
      "", "*", "null", "play.example", "https://", "https://play.example/", "ftp://a",
      "https://a?b", "https://a b", "https://user@a", "https://*.example", "https://a:443",
      "http://a:80", "wss://play.example",
    ] {
      #expect(!WebOrigin.isWellFormed(origin), "\(origin)")
    }
  }

  @Test("A folder without the web app is told by its name")
  func missing() {
    #expect(throws: ServerStartError.self) {
      try StaticFiles(clientFolder: "/nowhere") { _ in "" }
    }
  }
}
