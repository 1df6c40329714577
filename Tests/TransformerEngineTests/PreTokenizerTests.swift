import Testing

@testable import TransformerEngine

@Suite struct PreTokenizerTests {
  private func pieces(_ text: String, _ preTokenizer: PreTokenizer) -> [String] {
    var text = text
    var pieces: [String] = []
    text.withUTF8 { bytes in
      preTokenizer.forEachPiece(of: bytes) {
        pieces.append(String(decoding: bytes[$0], as: UTF8.self))
      }
    }
    return pieces
  }

  @Test(
    arguments: [
      ("a'ſb", ["a", "'ſ", "b"]), ("a'Sb", ["a", "'S", "b"]), ("a'RE b", ["a", "'RE", " b"]),
      ("a'ßx", ["a", "'ßx"]), ("A'lLo", ["A", "'lL", "o"]), (" \n\n x", [" \n\n", " x"]),
      ("  !\n\n a", [" ", " !\n\n", " a"]), ("x\u{2028}\u{2028}y", ["x", "\u{2028}", "\u{2028}y"]),
      ("a \u{3000}b", ["a", " ", "\u{3000}b"]), ("1234567", ["123", "456", "7"]),
      ("\na", ["\n", "a"]),
      ("\u{85}\u{85}a", ["\u{85}", "\u{85}a"]), ("a  ", ["a", "  "]), ("", []), ("'", ["'"]),
      ("!a!!b", ["!a", "!!", "b"]), (" 1", [" ", "1"]), ("\t\r\n \n1", ["\t\r\n \n", "1"]),
      ("'ſ", ["'ſ"]), ("a\u{11DE0}b", ["a", "\u{11DE0}b"]),
    ] as [(String, [String])])
  func `Llama 3 cuts as its pattern says`(text: String, expected: [String]) {
    #expect(pieces(text, .llama3).map { Array($0.utf8) } == expected.map { Array($0.utf8) })
  }

  @Test func `patterns differ in how they take numbers and spaces before them`() {
    let text = "ab  123 x"
    #expect(pieces(text, .gpt2) == ["ab", " ", " 123", " x"])
    #expect(pieces(text, .digitsThenGPT2) == ["ab", "  ", "1", "2", "3", " x"])
    #expect(pieces(text, .llama3) == ["ab", " ", " ", "123", " x"])
    #expect(pieces(text, .qwen2) == ["ab", " ", " ", "1", "2", "3", " x"])
    #expect(pieces(text, .none) == [text])
  }

  @Test func `a number of a younger Unicode stands alone for SmolLM2 and is a sign to others`() {
    #expect(pieces("!\u{11DE0}!", .digitsThenGPT2).count == 3)
    #expect(pieces("!\u{11DE0}!", .gpt2).count == 1)
  }

  @Test func `bytes that aren't UTF-8 are never read beyond`() {
    let bytes: [UInt8] = [0x20, 0xFF, 0xF0, 0x80, 0xC3, 0x27, 0xE2, 0x96, 0x0A, 0xF4]
    for preTokenizer in [PreTokenizer.gpt2, .digitsThenGPT2, .llama3, .qwen2] {
      for count in 0...bytes.count {
        var covered = 0
        bytes[..<count].withUnsafeBufferPointer { bytes in
          preTokenizer.forEachPiece(of: bytes) { range in
            #expect(range.lowerBound == covered && !range.isEmpty)
            covered = range.upperBound
          }
        }
        #expect(covered == count)
      }
    }
  }

  @Test func `patterns are known by their text`() {
    let pattern = #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#
    #expect(PreTokenizer(pattern: pattern) == .gpt2)
    #expect(PreTokenizer(pattern: pattern + " ") == nil && PreTokenizer(pattern: "") == nil)
  }
}
