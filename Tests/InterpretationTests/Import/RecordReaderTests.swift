import Testing

@testable import Interpretation

@Suite struct RecordReaderTests {
  /// The records of a file as text with their lines, and the faults in between.
  private func read(_ path: String) -> (records: [String], lines: [Int], faults: [ImportFault]) {
    var records: [String] = []
    var lines: [Int] = []
    var faults: [ImportFault] = []
    do throws(ImportFault) {
      var reader = try RecordReader(path: path)
      while true {
        do throws(ImportFault) {
          guard let record = try reader.next() else { break }
          records.append(String(decoding: record.bytes, as: UTF8.self))
          lines.append(record.line)
        } catch {
          faults.append(error)
        }
      }
    } catch {
      faults.append(error)
    }
    return (records, lines, faults)
  }

  @Test(arguments: [
    (
      "a.jsonl", "{\"a\":1}\n\n{\"b\":2}\r\n  \n{\"c\":3}",
      ["{\"a\":1}", "{\"b\":2}\r", "{\"c\":3}"], [1, 3, 5]
    ),
    ("a.jsonl", "", [], []), ("a.json", "", [], []), ("a.json", " [ ] \n", [], []),
    ("a.json", "{\"a\":\n[1]}", ["{\"a\":\n[1]}"], [1]),
    (
      "a.json", "[{\"a\":\"}\"},\n {\"b\":\"\\\"]\"}]\n", ["{\"a\":\"}\"}", "{\"b\":\"\\\"]\"}"],
      [1, 2]
    ),
    (
      "a.json", "{\"a\":1}{\"b\":2}\n{\"c\":3}", ["{\"a\":1}", "{\"b\":2}", "{\"c\":3}"], [1, 1, 2]
    ),
    ("a.json", "\n\n{\"a\": {\"b\": [", ["{\"a\": {\"b\": ["], [3]),
    ("a.json", "null, 7 ,\"x y\"", ["null", "7", "\"x y\""], [1, 1, 1]),
    ("a.jsonl", "{\"a\": [1, 2\n{\"b\":2}\n", ["{\"a\": [1, 2", "{\"b\":2}"], [1, 2]),
  ])
  func `records are told apart`(name: String, content: String, records: [String], lines: [Int])
    throws
  {
    let files = try PublishedRecords()
    for (suffix, bytes) in [
      ("", Array(content.utf8)), (".gz", StoredGzip.compress(Array(content.utf8))),
    ] {
      let found = read(try files.write(name + suffix, bytes))
      #expect(found.records == records)
      #expect(found.lines == lines)
      #expect(found.faults == [])
    }
  }

  @Test func `records longer than what is read at once come whole`() throws {
    let files = try PublishedRecords()
    let long = "{\"a\":\"" + String(repeating: "xyz ", count: 200_000) + "\"}"
    for name in ["a.jsonl", "a.json"] {
      let found = read(try files.write(name, "\(long)\n\(long)\n{}\n"))
      #expect(found.records == [long, long, "{}"])
      #expect(found.lines == [1, 2, 3])
    }
  }

  @Test func `a damaged stream is told, and what came before it is kept`() throws {
    let files = try PublishedRecords()
    let lines = (0..<9_000).map { "{\"number\": \($0), \"text\": \"some words\"}" }
    let whole = StoredGzip.compress(Array(lines.joined(separator: "\n").utf8))
    let cut = read(try files.write("cut.jsonl.gz", Array(whole.prefix(whole.count / 2))))
    #expect(cut.faults.count == 1)
    #expect(cut.faults[0].reason.contains("damaged"))
    #expect(cut.records.count < lines.count)
    var changed = whole
    changed[whole.count - 6] ^= 1
    #expect(read(try files.write("sum.jsonl.gz", changed)).faults.count == 1)
  }

  @Test func `a file that is not there is told`() {
    let found = read("/nowhere/at/all.json")
    #expect(found.faults.count == 1)
    #expect(found.faults[0].line == 0)
    #expect("\(found.faults[0])".hasPrefix("/nowhere/at/all.json: can't be read"))
  }
}
