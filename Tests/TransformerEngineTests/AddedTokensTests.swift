import Testing

@testable import TransformerEngine

@Suite struct AddedTokensTests {
  private let tokens = AddedTokens([
    .init(text: "<s>", token: 1, isControl: true),
    .init(text: "<s>long", token: 2, isControl: true),
    .init(text: "<mask>", token: 3, isControl: true, stripsLeft: true),
    .init(text: "<end>", token: 4, isControl: true, stripsRight: true),
    .init(text: "  ", token: 5, isControl: false),
    .init(text: "<sx", token: 6, isControl: false),
    .init(text: "", token: 7, isControl: false),
  ])

  /// Texts between bars, tokens as numbers.
  private func parts(_ text: String, _ allowsControl: Bool) -> [String] {
    var text = text
    var parts: [String] = []
    text.withUTF8 { bytes in
      tokens.forEachPart(of: bytes, allowsControl: allowsControl) { part in
        switch part {
        case .token(let token): parts.append("\(token)")
        case .text(let range): parts.append("|" + String(decoding: bytes[range], as: UTF8.self))
        }
      }
    }
    return parts
  }

  @Test(
    arguments: [
      ("", []), ("a", ["|a"]), ("<s>", ["1"]), ("a<s>b", ["|a", "1", "|b"]),
      ("<s>long<s>lon", ["2", "1", "|lon"]), ("<s", ["|<s"]), ("<<s>>", ["|<", "1", "|>"]),
      ("a \u{3000}<mask> b", ["|a", "3", "| b"]), ("<s> <mask>", ["1", "3"]),
      ("a <end> \n\u{A0}b", ["|a ", "4", "|b"]), ("<end> <mask>", ["4", "3"]),
      ("a   b", ["|a", "5", "| b"]), ("<sx>", ["6", "|>"]),
    ] as [(String, [String])])
  func `the longest name at a place is cut out`(text: String, expected: [String]) {
    #expect(parts(text, true) == expected)
  }

  @Test(
    arguments: [
      ("<s>", ["|<s>"]), ("<s>long  <mask>", ["|<s>long", "5", "|<mask>"]), ("<sx>", ["6", "|>"]),
    ] as [(String, [String])])
  func `control tokens stay text unless they are allowed`(text: String, expected: [String]) {
    #expect(parts(text, false) == expected)
  }
}
