import TransformerEngine

/// The mixed text of the tokenizers' tests: chunks of 64 KB, each made from its number alone.
///
/// Tests/References/mixed_text.py makes the same ones. They hold many scripts, code, white space of all kinds, unassigned
/// scalars, and bytes that aren't UTF-8 and become U+FFFD.
struct MixedText {
  static let chunkByteCount = 65_536
  private static let separators = ["", " ", "\n", " ", "  ", "\t", " ", "\r\n"].map {
    Array($0.utf8)
  }
  private static let spaces: [UInt32] = [
    0x20, 0x20, 0x20, 0x0A, 0x09, 0x0D, 0x0B, 0x85, 0xA0, 0x2003, 0x3000, 0x2028,
  ]
  private static let letters = Array("etaoinshrdlucmfwypvbgkqjxzETAOINS".utf8)
  private static let digits = Array("0123456789.,:-/% ".utf8)

  /// The lines that it is made of, by scalars.
  let lines: [[Unicode.Scalar]]

  init() throws {
    let text = try Fixtures.bytes(of: "tokenizers/seed_lines.txt")
    lines = text.split(separator: 0x0A).map {
      Self.unescaped(Array(String(decoding: $0, as: UTF8.self).unicodeScalars))
    }
  }

  private static func unescaped(_ line: [Unicode.Scalar]) -> [Unicode.Scalar] {
    var out: [Unicode.Scalar] = []
    var index = 0
    while index < line.count {
      guard line[index] == "\\", index + 1 < line.count else {
        out.append(line[index])
        index += 1
        continue
      }
      let kind = line[index + 1]
      let width = ["x": 2, "u": 4, "U": 8][kind] ?? 0
      if width > 0 {
        var digits = String.UnicodeScalarView()
        digits.append(contentsOf: line[index + 2..<index + 2 + width])
        out.append(UInt32(String(digits), radix: 16).flatMap(Unicode.Scalar.init) ?? "\u{FFFD}")
      } else {
        out.append(["n": "\n", "r": "\r", "t": "\t"][kind] ?? kind)
      }
      index += 2 + width
    }
    return out
  }

  /// Chunk `number`, decoded.
  func chunk(_ number: Int) -> String {
    var generator = SplitMix64(state: UInt64(number))
    var out: [UInt8] = []
    out.reserveCapacity(Self.chunkByteCount + 8192)
    while out.count < Self.chunkByteCount {
      append(to: &out, &generator)
      out += Self.separators[generator.below(8)]
    }
    return String(decoding: out[..<Self.chunkByteCount], as: UTF8.self)
  }

  private func append(to out: inout [UInt8], _ g: inout SplitMix64) {
    switch g.below(16) {
    case 0..<7: append(lines[g.below(lines.count)][...], to: &out)
    case 7..<9:
      let line = lines[g.below(lines.count)]
      let start = g.below(line.count)
      append(line[start...].prefix(1 + g.below(24)), to: &out)
    case 9..<11:
      for _ in 0...g.below(12) { out.append(Self.letters[g.below(g.below(33) + 1)]) }
    case 11: for _ in 0...g.below(14) { out.append(Self.digits[g.below(17)]) }
    case 12: for _ in 0...g.below(6) { append(Self.spaces[g.below(12)], to: &out) }
    case 13: for _ in 0...g.below(6) { append(UInt32((g.next() >> 20) % 0x33480), to: &out) }
    case 14: for _ in 0...g.below(8) { out.append(UInt8(g.below(256))) }
    default:
      let line = lines[g.below(lines.count)]
      let scalar = line[g.below(line.count)]
      for _ in 0...g.below(40) { append(scalar.value, to: &out) }
    }
  }

  private func append(_ value: UInt32, to out: inout [UInt8]) {
    out += UTF8.encode(Unicode.Scalar(value) ?? "\u{FFFD}").map(Array.init) ?? []
  }

  private func append(_ scalars: ArraySlice<Unicode.Scalar>, to out: inout [UInt8]) {
    for scalar in scalars { append(scalar.value, to: &out) }
  }

  /// FNV-1a over whole numbers.
  static func fingerprint(_ numbers: some Sequence<some FixedWidthInteger>) -> String {
    var value: UInt64 = 0xCBF2_9CE4_8422_2325
    for number in numbers {
      value = (value ^ UInt64(truncatingIfNeeded: number)) &* 0x100_0000_01B3
    }
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

/// Steele, Lea and Flood's generator, which the makers of references have too.
struct SplitMix64 {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }

  mutating func below(_ count: Int) -> Int { Int(next() % UInt64(count)) }
}
