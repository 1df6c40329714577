import ArenaTypes
import Interpretation
import Testing
import TransformerEngine

/// The real model as a campaign's subject: every kind of unit in one pass.
@Suite(.enabled(if: RealModels.shared != nil, "needs the models: make models"), .serialized)
struct LanguageSubjectTests {
  private static let texts = [
    "The storm had passed, and the river was quiet.", "Seven of the old men went to the market.",
  ]

  /// A dictionary of `count` features that read the stream before block 3, and three directions after
  /// the last block; the numbers are drawn.
  private func subject() throws -> LanguageSubject {
    var subject = try #require(RealModels.shared).subject
    let size = subject.model.configuration.hiddenSize
    var generator = SeededGenerator(seed: 4)
    func drawn(_ count: Int) -> [Float] {
      (0..<count).map { _ in Float.random(in: -1...1, using: &generator) }
    }
    let file = try SafetensorsFile(
      FileContents(
        Self.safetensors([
          ("W_enc", [size, 12], drawn(size * 12)), ("b_enc", [12], drawn(12)),
          ("W_dec", [12, size], drawn(12 * size)),
        ]), name: "drawn"))
    subject.dictionaries = [
      try SparseDictionary(
        file: file, name: "drawn",
        configuration: SparseDictionary.Configuration(layer: 3, site: .residual))
    ]
    subject.directions = [
      DirectionSet(name: "axes", layer: 30, vectors: (0..<3).map { _ in drawn(size) })
    ]
    return subject
  }

  private static func safetensors(_ tensors: [(name: String, shape: [Int], values: [Float])])
    -> [UInt8]
  {
    var entries: [String] = []
    var data: [UInt8] = []
    for tensor in tensors {
      let start = data.count
      for value in tensor.values {
        data += (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * UInt32($0))) }
      }
      let shape = tensor.shape.map(String.init).joined(separator: ",")
      entries.append(
        "\"\(tensor.name)\":{\"dtype\":\"F32\",\"shape\":[\(shape)],\"data_offsets\":[\(start),\(data.count)]}"
      )
    }
    let header = Array("{\(entries.joined(separator: ","))}".utf8)
    return (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) } + header + data
  }

  @Test func `all kinds come from one pass, each as the engine captures it alone`() throws {
    let subject = try subject()
    let ids = try Self.texts.map { try subject.tokenIDs(of: $0) }
    let kinds: [(UnitKind, Int, Int)] = [
      (.head, 2, 9), (.mlp, 3, 1_536), (.feature(dictionary: "drawn"), 3, 12), (.head, 5, 9),
      (.residual(directions: "axes"), 30, 3),
    ]
    let groups = try kinds.map { kind, layer, count in
      let group = try #require(subject.group(kind, layer: layer))
      #expect(group.count == count)
      return group
    }
    var mixed: [[[Float]]] = ids.map { _ in groups.map { _ in [] } }
    try subject.captureActivations(of: ids, groups: groups) { mixed[$0][$1] = Array($2) }
    for (position, group) in groups.enumerated() {
      try subject.captureActivations(of: ids, groups: [group]) { text, _, alone in
        #expect(alone.count == ids[text].count * group.count)
        let worst = zip(alone, mixed[text][position]).map { abs($0 - $1) }.max() ?? 9
        let largest = alone.map(abs).max() ?? 0
        #expect(worst <= 1e-4 * largest, "\(group)")
        if group.kind.isNonNegative { #expect(alone.allSatisfy { $0 >= 0 }) }
      }
    }
  }

  @Test func `what units write and read is there where they have it`() throws {
    let subject = try subject()
    let feature = try #require(subject.group(.feature(dictionary: "drawn"), layer: 3))
    let axes = try #require(subject.group(.residual(directions: "axes"), layer: 30))
    let heads = try #require(subject.group(.head, layer: 0))
    let up = try subject.tokenEffects(of: 1, in: axes, sign: 1, count: 5)
    let down = try subject.tokenEffects(of: 1, in: axes, sign: -1, count: 5)
    #expect(up.promoted.count == 5 && up.promoted == down.suppressed)
    #expect(try subject.tokenEffects(of: 1, in: feature, sign: 1, count: 5).promoted.count == 5)
    #expect(try subject.tokenEffects(of: 1, in: heads, sign: 1, count: 5).promoted.isEmpty)
    #expect(try subject.weightRows(of: heads).isEmpty)
    let rows = try subject.weightRows(of: feature)
    #expect(rows.count == 12 * 576)
    #expect(abs(rows.prefix(576).reduce(0) { $0 + $1 * $1 } - 1) < 1e-4)
  }

  @Test func `what the model lacks is no group`() throws {
    let subject = try subject()
    #expect(subject.group(.mlp, layer: 30) == nil)
    #expect(subject.group(.mlp, layer: -1) == nil)
    #expect(subject.group(.feature(dictionary: "drawn"), layer: 4) == nil)
    #expect(subject.group(.residual(directions: "other"), layer: 30) == nil)
    let wrong = UnitGroup(layer: 0, kind: .head, count: 10)
    #expect(throws: InterpretationError.self) {
      try subject.captureActivations(of: [[1]], groups: [wrong]) { _, _, _ in }
    }
  }
}
