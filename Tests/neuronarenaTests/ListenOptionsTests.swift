import ArgumentParser
import DispatchTransport
import Testing

@testable import neuronarena

@Suite("Where the server listens")
struct ListenOptionsTests {
  private func listeners(_ arguments: String...) throws -> [Listener] {
    try ListenOptions.parse(arguments).listeners
  }

  @Test("By default it listens on loopback alone and believes no proxy")
  func standard() throws {
    let all = try listeners()
    #expect(all.map(\.address) == [.tcp(host: "127.0.0.1", port: 8_080)])
    #expect(all.map(\.forwarding) == [.none])
    #expect(all.map(\.isExempt) == [false])
    #expect(try listeners("--host", "::", "--port", "0")[0].address == .tcp(host: "::", port: 0))
  }

  @Test("Several places replace the one, and what is believed holds for each")
  func several() throws {
    let all = try listeners(
      "--listen", "[::1]:80", "--listen", "unix:/run/arena", "--trusted-hops", "2")
    #expect(all.map(\.address) == [.tcp(host: "::1", port: 80), .unix(path: "/run/arena")])
    #expect(all.map(\.forwarding) == Array(repeating: .forwardedFor(trustedHops: 2), count: 2))
    #expect(try listeners("--proxy-protocol")[0].forwarding == .proxyProtocol)
  }

  @Test(
    "What can't be meant is refused",
    arguments: [
      ["--listen", "example.org:80"], ["--listen", "80"], ["--listen", "unix:"],
      ["--trusted-hops", "0"], ["--trusted-hops", "17"],
      ["--trusted-hops", "1", "--proxy-protocol"],
      Array(repeating: ["--listen", "127.0.0.1:0"], count: 13).flatMap(\.self),
    ])
  func refused(_ arguments: [String]) {
    #expect(throws: (any Error).self) { try ListenOptions.parse(arguments) }
  }
}
