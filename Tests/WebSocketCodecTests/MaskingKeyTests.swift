import ArenaTypes
import Testing

@testable import WebSocketCodec

@Suite struct MaskingKeyTests {
  private static let keyBytes: [UInt8] = [0x37, 0xFA, 0x21, 0x3D]
  private let key = MaskingKey(0x37, 0xFA, 0x21, 0x3D)

  /// The rule as RFC 6455 section 5.3 writes it.
  private func plain(_ bytes: [UInt8], from offset: Int = 0) -> [UInt8] {
    bytes.enumerated().map { $0.element ^ Self.keyBytes[($0.offset + offset) % 4] }
  }

  @Test("Unmasking agrees with a plain loop at every alignment and length")
  func plainLoop() {
    var generator = SeededGenerator(seed: 53)
    let count = 300
    let original = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
    for alignment in 0..<16 {
      for length in 0...(count - 16) {
        var bytes = original
        bytes.withUnsafeMutableBytes { buffer in
          let part = UnsafeMutableRawBufferPointer(
            rebasing: buffer[alignment..<(alignment + length)])
          key.apply(to: part)
        }
        let end = alignment + length
        let expected =
          Array(original[..<alignment]) + plain(Array(original[alignment..<end]))
          + Array(original[end...])
        guard bytes == expected else {
          Issue.record("alignment \(alignment), length \(length)")
          return
        }
      }
    }
  }

  @Test("Unmasking tells ASCII from everything else, wherever the byte stands")
  func ascii() {
    for length in 0...200 {
      let clean = [UInt8](repeating: 0x61, count: length)
      var bytes = plain(clean)
      #expect(bytes.withUnsafeMutableBytes { key.apply(to: $0) })
      for index in 0..<length {
        var text = clean
        text[index] = 0x80
        bytes = plain(text)
        #expect(!bytes.withUnsafeMutableBytes { key.apply(to: $0) })
      }
    }
  }

  @Test("A payload in pieces takes the key's ring on where it stopped")
  func ring() {
    let payload = (0..<50).map { UInt8($0) }
    for cut in 0...50 {
      var bytes = payload
      bytes.withUnsafeMutableBytes { buffer in
        key.apply(to: UnsafeMutableRawBufferPointer(rebasing: buffer[..<cut]))
        key.advanced(by: cut)
          .apply(to: UnsafeMutableRawBufferPointer(rebasing: buffer[cut...]))
      }
      #expect(bytes == plain(payload))
    }
  }

  @Test("A key comes from the generator that is given")
  func generator() {
    var first = SeededGenerator(seed: 1)
    var second = SeededGenerator(seed: 1)
    #expect(MaskingKey(using: &first) == MaskingKey(using: &second))
    #expect(MaskingKey(using: &first) != MaskingKey(using: &second).advanced(by: 1))
  }
}
