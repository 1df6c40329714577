import HTTPCodec
import Testing

@Suite struct GzipTests {
  @Test("Compressible content gets shorter, with gzip's frame around it and always the same")
  func smaller() throws {
    let content = Array(String(repeating: "neuron arena, ", count: 500).utf8)
    let compressed = try #require(Gzip.smaller(content))
    #expect(compressed.count < content.count / 10)
    #expect(compressed.starts(with: [0x1F, 0x8B, 8]))
    // RFC 1952 section 2.3.1: the last four bytes are the length; no time stands at byte 4.
    let length = compressed.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    #expect(length == content.count)
    #expect(compressed[4..<8].allSatisfy { $0 == 0 })
    #expect(Gzip.smaller(content) == compressed)
  }

  @Test("What would not get shorter is left alone", arguments: [[], [1], Array("short".utf8)])
  func notSmaller(_ content: [UInt8]) {
    #expect(Gzip.smaller(content) == nil)
  }
}
