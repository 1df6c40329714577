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

  @Test("It refuses at the first byte that cannot be right")
  func failFast() {
    var validator = UTF8Validator()
    #expect([UInt8(0xF4)].withUnsafeBytes { validator.consume($0) })
    #expect([UInt8(0x90)].withUnsafeBytes { !validator.consume($0) })
  }
}
