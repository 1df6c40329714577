import DispatchTransport
import FoundationEssentials
import HTTPCodec
import Testing
import WebSocketCodec

/// Every limit has a test that sets it, to reach it.
@Suite("Limits and their tests")
struct LimitCoverageTests {
  private static let folder = #filePath.split(separator: "/").dropLast(2)
    .reduce(into: "") { $0 += "/\($1)" }

  /// The names of a value's stored properties.
  private func fields(of limits: Any) -> [String] {
    Mirror(reflecting: limits).children.compactMap(\.label)
  }

  @Test("No limit is without a test that sets it")
  func coverage() throws {
    var text = ""
    for target in ["DispatchTransportTests", "HTTPCodecTests", "WebSocketCodecTests"] {
      let path = "\(Self.folder)/\(target)"
      for name in try FileManager.default.subpathsOfDirectory(atPath: path)
      where name.hasSuffix(".swift") {
        let bytes = try Data(contentsOf: URL(filePath: "\(path)/\(name)"))
        text += String(decoding: bytes, as: UTF8.self)
      }
    }
    let names =
      fields(of: TransportLimits()) + fields(of: HTTPLimits()) + fields(of: WebSocketLimits())
    #expect(names.count > 30)
    // These two hold the fields of others.
    for name in names where name != "http" && name != "webSocket" {
      let isSet = [" = ", ": "].contains { text.contains("\(name)\($0)") }
      #expect(isSet, "no test sets \(name)")
    }
  }
}
