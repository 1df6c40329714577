import ArenaProtocol
import ArenaTestSupport
import FoundationEssentials
import Testing

@Suite struct CodesTests {
  private let codes: JSONValue

  init() throws {
    let content = FileManager.default.contents(atPath: SchemaSet.protocolFolder + "/codes.json")
    codes = try JSONReader.read(Array(try #require(content)), limits: .serverFrame)
  }

  @Test func everyErrorCodeIsListedAsItIs() throws {
    let listed = try #require(codes["errors"]?.array)
    #expect(listed.count == ErrorCode.allCases.count)
    for entry in listed {
      let code = try #require(ErrorCode(rawValue: entry["code"]?.string ?? ""), "\(entry)")
      #expect(entry["meaning"]?.string == code.meaning)
      #expect(entry["retryable"]?.bool == code.isRetryable, "\(code)")
      #expect(entry["advice"]?.string?.isEmpty == false, "\(code)")
    }
  }

  @Test func everyCloseCodeIsListedAsItIs() throws {
    let listed = try #require(codes["closeCodes"]?.array)
    #expect(listed.count == CloseReason.allCases.count)
    for entry in listed {
      let number = try #require(entry["code"]?.integer)
      let reason = try #require(CloseReason(rawValue: UInt16(number)))
      #expect(entry["name"]?.string == reason.name)
      #expect(entry["retryable"]?.bool == reason.isRetryable, "\(reason)")
      #expect(entry["meaning"]?.string?.isEmpty == false)
      #expect(entry["advice"]?.string?.isEmpty == false)
    }
  }

  @Test func ownCloseCodesKeepToTheRanges() throws {
    let ranges = try #require(codes["closeCodeRanges"]?.array)
    for reason in CloseReason.allCases where reason.rawValue >= 4_000 {
      let number = Int64(reason.rawValue)
      let range = ranges.first {
        ($0["from"]?.integer ?? .max) <= number && number <= ($0["to"]?.integer ?? .min)
      }
      #expect(range?["retryable"]?.bool == reason.isRetryable, "\(reason)")
    }
  }
}
