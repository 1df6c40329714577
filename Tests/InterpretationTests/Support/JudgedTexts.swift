import ArenaCrypto
import ArenaTypes
import FoundationEssentials
import Testing

/// The texts that people judged by hand, of which the half with odd hashes is only for measuring.
enum JudgedTexts {
  /// Two explanations and whether they say the same.
  struct Pair: Decodable {
    let a: ExplanationText
    let b: ExplanationText
    let same: Bool
    /// What makes a pair that differs look alike.
    let trap: String?
  }

  /// A text and how it is to be treated.
  struct Explicit: Decodable {
    enum Label: String, Decodable { case block, review, fine }
    let text: String
    let label: Label
  }

  /// The pairs of the measuring half.
  static func pairs() throws -> [Pair] {
    try records("duplicates").filter { try isMeasured("\($0.a)\n\($0.b)") }
  }

  /// The texts of the measuring half.
  static func explicit() throws -> [Explicit] {
    try records("explicit").filter { try isMeasured($0.text) }
  }

  private static func records<Record: Decodable>(_ name: String) throws -> [Record] {
    let path = Repository.path("Tests/Training/Data/\(name).jsonl")
    let data = try #require(FileManager.default.contents(atPath: path))
    return try data.split(separator: UInt8(ascii: "\n")).map {
      try JSONDecoder().decode(Record.self, from: Data($0))
    }
  }

  private static func isMeasured(_ text: String) throws -> Bool {
    try SHA256.hash(Array(text.utf8)).last.map { $0 & 1 == 1 } ?? false
  }
}

/// How often a yes was right, and how many of those that were due came.
struct Confusion: CustomStringConvertible {
  private(set) var trueCount = 0
  private(set) var yesCount = 0
  private(set) var dueCount = 0

  mutating func add(_ yes: Bool, isDue: Bool) {
    yesCount += yes ? 1 : 0
    dueCount += isDue ? 1 : 0
    trueCount += yes && isDue ? 1 : 0
  }

  var precision: Double { Double(trueCount) / Double(max(1, yesCount)) }
  var recall: Double { Double(trueCount) / Double(max(1, dueCount)) }
  var description: String { "\(trueCount) right of \(yesCount), \(dueCount) due" }
}
