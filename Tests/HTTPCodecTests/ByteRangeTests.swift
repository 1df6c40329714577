import HTTPCodec
import Testing

@Suite struct ByteRangeTests {
  @Test(
    "One range is a part of ten bytes",
    arguments: [
      ("bytes=0-0", 0..<1), ("bytes=2-4", 2..<5), ("bytes=9-", 9..<10), ("bytes=0-", 0..<10),
      ("bytes=5-99", 5..<10), ("bytes=-3", 7..<10), ("bytes=-99", 0..<10), ("Bytes=1-1", 1..<2),
      ("bytes=5-99999999999999999999", 5..<10), ("bytes=-99999999999999999999", 0..<10),
    ])
  func part(_ value: String, _ part: Range<Int>) {
    #expect(ByteRange(value, contentByteCount: 10) == .part(part))
  }

  @Test(
    "What lies behind the end can't be had",
    arguments: ["bytes=10-", "bytes=10-20", "bytes=-0", "bytes=99999999999999999999-"])
  func unsatisfiable(_ value: String) {
    #expect(ByteRange(value, contentByteCount: 10) == .unsatisfiable)
  }

  @Test(
    "What is no single range is ignored",
    arguments: [
      nil, "", "bytes", "bytes=", "bytes=-", "bytes=4-2", "bytes=a-b", "bytes=0-1,3-4",
      "bytes=0-1, 3-4", "bytes 0-1", "items=0-1", "bytes=+1-2", "bytes=1--2", "bytes=0x1-2",
      "bytes= 0-1",
    ])
  func whole(_ value: String?) {
    #expect(ByteRange(value, contentByteCount: 10) == .whole)
  }

  @Test("No byte of nothing can be had")
  func empty() {
    #expect(ByteRange("bytes=0-", contentByteCount: 0) == .unsatisfiable)
    #expect(ByteRange("bytes=-1", contentByteCount: 0) == .unsatisfiable)
    #expect(ByteRange(nil, contentByteCount: 0) == .whole)
  }

  @Test("Entity tags are compared weakly and strongly (RFC 9110 section 8.8.3.2)")
  func tags() {
    #expect(Precondition.weaklyMatches("\"1\"", ["W/\"1\""]))
    #expect(Precondition.weaklyMatches("\"1\"", ["\"0\"", "\"1\""]))
    #expect(!Precondition.weaklyMatches("\"1\"", ["W/\"2\"", "1"]))
    #expect(!Precondition.stronglyMatches("\"1\"", ["W/\"1\""]))
    #expect(Precondition.stronglyMatches("\"1\"", ["\"1\""]))
    #expect(Precondition.stronglyMatches("\"1\"", ["*"]))
    #expect(Precondition.weaklyMatches("\"1\"", ["*"]))
    #expect(!Precondition.weaklyMatches("\"1\"", []))
  }
}
