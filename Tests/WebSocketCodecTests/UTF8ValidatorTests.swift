import ArenaTypes
import Testing
import WebSocketCodec

@Suite struct UTF8ValidatorTests {
  private func isValid(_ pieces: [[UInt8]]) -> Bool {
    var validator = UTF8Validator()
    for piece in pieces where !piece.withUnsafeBytes({ validator.consume($0) }) { return false }
    return validator.isComplete
  }

  @Test("It agrees with the standard library over all sequences of up to two bytes and their cuts")
  func short() {
    for first in UInt8.min...255 {
      #expect(isValid([[first]]) == (String(validating: [first], as: UTF8.self) != nil))
      for second in UInt8.min...255 {
        let bytes = [first, second]
        let expected = String(validating: bytes, as: UTF8.self) != nil
        guard isValid([bytes]) == expected, isValid([[first], [second]]) == expected else {
          Issue.record("\(bytes)")
          return
        }
      }
    }
  }

  @Test("It agrees with the standard library over the borders of three- and four-byte sequences")
  func borders() {
    let tails: [UInt8] = [0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF]
    for lead in UInt8(0xE0)...0xFF {
      for second in tails {
        for third in tails {
          for fourth in tails {
            for bytes in [[lead, second, third], [lead, second, third, fourth]] {
              let expected = String(validating: bytes, as: UTF8.self) != nil
              guard isValid([bytes]) == expected, isValid(bytes.map { [$0] }) == expected else {
                Issue.record("\(bytes)")
                return
              }
            }
          }
        }
      }
    }
  }

  @Test("It accepts characters of every plane, whole and byte by byte")
  func scalars() {
    let planes = Array(stride(from: UInt32(0), through: 0x10FFFF, by: 13))
    for value in planes + [0x7F, 0x80, 0x7FF, 0x800, 0xFFFF, 0x10FFFF] {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let bytes = Array(String(scalar).utf8)
      guard isValid([bytes]), isValid(bytes.map { [$0] }) else {
        Issue.record("U+\(String(value, radix: 16))")
        return
      }
    }
  }

  @Test(
    "It agrees with the standard library over random bytes, however cut",
    arguments: UInt64(1)...8)
  func random(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let alphabet: [[UInt8]] =
      ["a", "ascii, sixteen of them or more", "ß", "€", "𝄞", "\u{0}"].map { Array($0.utf8) }
      + [[0x80], [0xC3], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF4, 0x90]]
    for round in 0..<2_000 {
      let isMostlyValid = round.isMultiple(of: 2)
      var bytes: [UInt8] = []
      for _ in 0..<Int.random(in: 0...40, using: &generator) {
        let choices = isMostlyValid ? alphabet[..<6] : alphabet[...]
        bytes += choices.randomElement(using: &generator) ?? []
      }
      let cut = Int.random(in: 0...bytes.count, using: &generator)
      let expected = String(validating: bytes, as: UTF8.self) != nil
      guard isValid([bytes]) == expected,
        isValid([Array(bytes[..<cut]), Array(bytes[cut...])]) == expected
      else {
        Issue.record("seed \(seed), round \(round): \(bytes) cut at \(cut)")
        return
      }
    }
  }

  /// Table 3-7 of Unicode, spelled out.
  private func isUTF8(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while let lead = rest.popFirst() {
      let second: ClosedRange<UInt8>
      let count: Int
      switch lead {
      case 0x00...0x7F: continue
      case 0xC2...0xDF: (second, count) = (0x80...0xBF, 1)
      case 0xE0: (second, count) = (0xA0...0xBF, 2)
      case 0xED: (second, count) = (0x80...0x9F, 2)
      case 0xE1...0xEF: (second, count) = (0x80...0xBF, 2)
      case 0xF0: (second, count) = (0x90...0xBF, 3)
      case 0xF1...0xF3: (second, count) = (0x80...0xBF, 3)
      case 0xF4: (second, count) = (0x80...0x8F, 3)
      default: return false
      }
      for place in 0..<count {
        guard let byte = rest.popFirst(), (place == 0 ? second : 0x80...0xBF).contains(byte)
        else { return false }
      }
    }
    return true
  }

  @Test(
    "Every start of a character, right or wrong, is judged alike wherever it stands among blocks")
  func everyPlace() {
    let tails: [UInt8] = [0x41, 0x8F, 0x90, 0x9F, 0xA0, 0xC2]
    let filler = Array("aж".utf8)
    var place = 0
    for lead in UInt8(0xBF)...0xFF {
      for second in tails {
        for third in tails {
          for count in 1...4 {
            // The places take turns.
            place = (place + 7) % 40
            let front = Array(repeatElement(filler, count: 14).joined().suffix(place))
            let back = Array(repeatElement(filler, count: 14).joined().prefix(40 - place))
            let bytes = front + [lead, second, third, 0x80].prefix(count) + back
            let cut = (place * 3 + count) % bytes.count
            let expected = isUTF8(bytes)
            guard isValid([bytes]) == expected,
              isValid([Array(bytes[..<cut]), Array(bytes[cut...])]) == expected
            else {
              Issue.record("\(bytes) cut at \(cut)")
              return
            }
          }
        }
      }
    }
  }

  @Test(
    "Long valid text with one byte changed is judged alike, however cut", arguments: UInt64(1)...8)
  func mutated(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let alphabet = ["a", "ascii, sixteen of them or more", "ß", "жж", "€", "日本", "𝄞", "\u{10FFFF}"]
    for round in 0..<400 {
      let count = Int.random(in: 4...60, using: &generator)
      var bytes = Array(
        (0..<count).map { _ in alphabet.randomElement(using: &generator) ?? "" }.joined().utf8)
      if !round.isMultiple(of: 4) {
        bytes[Int.random(in: 0..<bytes.count, using: &generator)] =
          UInt8.random(in: 0...255, using: &generator)
      }
      let cuts = (0..<2).map { _ in Int.random(in: 0...bytes.count, using: &generator) }.sorted()
      let pieces = [bytes[..<cuts[0]], bytes[cuts[0]..<cuts[1]], bytes[cuts[1]...]].map(Array.init)
      let expected = isUTF8(bytes)
      guard isValid([bytes]) == expected, isValid(pieces) == expected else {
        Issue.record("seed \(seed), round \(round): \(bytes) cut at \(cuts)")
        return
      }
    }
  }

  @Test("It refuses at the first byte that cannot be right")
  func failFast() {
    var validator = UTF8Validator()
    #expect([UInt8(0xF4)].withUnsafeBytes { validator.consume($0) })
    #expect([UInt8(0x90)].withUnsafeBytes { !validator.consume($0) })
  }
}
