import ArenaTypes
import FoundationEssentials

@testable import ArenaRules

/// The moment at which sample duels and contests begin.
let epoch = Timestamp(millisecondsSinceEpoch: 1_790_000_000_000)
let anna = PlayerID(rawValue: "p_anna")
let bert = PlayerID(rawValue: "p_bert")

extension Timestamp {
  /// The moment so many seconds after `epoch`.
  static func at(_ seconds: Double) -> Timestamp {
    epoch + Int64((seconds * 1_000).rounded())
  }
}

/// The unit of a number, with eight clues, two reveals, a decided pair and what odd-one-out and
/// predict rounds need; every third has an open pair too.
func sampleMaterial(_ number: Int) -> UnitMaterial {
  let unit = UnitID(model: "toy", layer: 3, kind: .mlp, index: number)
  var pairs = [
    ExplanationPair(
      better: ExplanationID(rawValue: "x\(number).good"),
      worse: ExplanationID(rawValue: "x\(number).bad"), basis: .readers)
  ]
  if number % 3 == 2 {
    pairs.append(
      ExplanationPair(
        better: ExplanationID(rawValue: "x\(number).this"),
        worse: ExplanationID(rawValue: "x\(number).that"), basis: .open))
  }
  return UnitMaterial(
    unit: unit, clues: (0..<8).map { ExcerptID(rawValue: "c\(number).\($0)") },
    reveals: (0..<2).map { ExcerptID(rawValue: "r\(number).\($0)") }, pairs: pairs,
    top20MeanPeak: 8, isLexical: false,
    oddOneOut: OddOneOutMaterial(
      firing: (0..<6).map {
        FocusedExcerpt(
          excerpt: ExcerptID(rawValue: "f\(number).\($0)"), tokenCount: 20 + 8 * $0, focus: 7 * $0)
      },
      silent: (0..<3).map {
        SilentExcerpt(excerpt: ExcerptID(rawValue: "s\(number).\($0)"), tokenCount: 40)
      }),
    predict: PredictMaterial(
      explanation: ExplanationID(rawValue: "x\(number).good"),
      excerpts: (0..<2).map {
        MarkableExcerpt(
          excerpt: ExcerptID(rawValue: "r\(number).\($0)"),
          activations: (0..<12).map { Float($0 % 4) * 2 })
      }))
}

func sampleSetup(
  _ format: DuelFormat, seed: UInt64 = 7, isRated: Bool = true, bot: Bool = false
) -> DuelSetup {
  DuelSetup(
    id: DuelID(rawValue: "d_sample"), format: format,
    seats: [
      Seat(player: anna, name: "Anna", kind: .human, rating: Rating()),
      Seat(
        player: bert, name: "Bert", kind: bot ? .bot : .human,
        rating: Rating(value: 1_600, deviation: 80)),
    ],
    materials: (0..<format.rounds.count + DuelFormat.suddenDeathCountMax).map(sampleMaterial),
    seed: seed, isRated: isRated)
}

func sampleScore(_ value: Double) -> Score {
  Score(value: value, low: value - 5, high: value + 5, cap: nil, scorer: "toy/1")
}

func sampleText(_ text: String) -> ExplanationText {
  guard let read = try? ExplanationText(text) else { preconditionFailure("not a text: \(text)") }
  return read
}

func command(_ name: String) -> CommandID { CommandID(rawValue: name) }

/// A coder whose output is stable, for vectors and journals.
func encoded<Value: Encodable>(_ value: Value, pretty: Bool = false) throws -> Data {
  let encoder = JSONEncoder()
  encoder.outputFormatting =
    pretty
    ? [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    : [.sortedKeys, .withoutEscapingSlashes]
  return try encoder.encode(value)
}

func decoded<Value: Decodable>(_ type: Value.Type, from data: Data) throws -> Value {
  try JSONDecoder().decode(type, from: data)
}

/// `value` after a trip through JSON.
func roundTripped<Value: Codable>(_ value: Value) throws -> Value {
  try decoded(Value.self, from: encoded(value))
}

/// The folder of committed vectors of one topic.
func vectorsFolder(_ topic: String, file: String = #filePath) -> URL {
  var url = URL(fileURLWithPath: file)
  for _ in 0..<4 { url.deleteLastPathComponent() }
  return url.appending(path: "protocol/vectors/\(topic)")
}
