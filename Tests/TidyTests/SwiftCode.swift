/// Swift source with its comments and the text of its strings blanked, line by line; what stands in
/// a string's interpolation is kept, since it is code.
///
/// A scanner of a page, not a parser: it knows `//`, nested `/* */`, `"…"`, `"""…"""`, `#"…"#` and
/// `\(…)`. Regular expression literals are taken for code. It works on bytes, since a debug build
/// takes seconds for the characters of the whole project.
struct SwiftCode {
  private enum Mode {
    case code(openParentheses: Int)
    case string(quotes: Int, pounds: Int)
    case lineComment
    case blockComment(depth: Int)
  }

  /// The lines, as many as the text has.
  private(set) var lines: [String] = []

  private let text: [UInt8]
  private var code: [UInt8] = []
  private var index = 0
  private var modes = [Mode.code(openParentheses: 0)]

  init(_ text: String) {
    self.text = Array(text.utf8)
    code.reserveCapacity(self.text.count)
    while index < self.text.count { step() }
    lines = code.split(separator: Self.newline, omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  private mutating func step() {
    switch modes[modes.count - 1] {
    case .code(let openParentheses): stepInCode(openParentheses)
    case .string(let quotes, let pounds): stepInString(quotes: quotes, pounds: pounds)
    case .lineComment:
      if text[index] == Self.newline { modes.removeLast() }
      blank(1)
    case .blockComment(let depth): stepInComment(depth: depth)
    }
  }

  private mutating func stepInCode(_ openParentheses: Int) {
    let byte = text[index]
    let pounds = byte == Self.pound ? runLength(of: Self.pound, at: index) : 0
    if byte == Self.slash, at(1) == Self.slash {
      modes.append(.lineComment)
      blank(2)
    } else if byte == Self.slash, at(1) == Self.star {
      modes.append(.blockComment(depth: 1))
      blank(2)
    } else if at(pounds) == Self.quote {
      let quotes = runLength(of: Self.quote, at: index + pounds) >= 3 ? 3 : 1
      modes.append(.string(quotes: quotes, pounds: pounds))
      blank(pounds + quotes)
    } else if byte == Self.close, openParentheses == 1, modes.count > 1 {
      modes.removeLast()
      blank(1)
    } else {
      let change = byte == Self.open ? 1 : byte == Self.close ? -1 : 0
      modes[modes.count - 1] = .code(openParentheses: openParentheses + change)
      code.append(byte)
      index += 1
    }
  }

  private mutating func stepInString(quotes: Int, pounds: Int) {
    switch text[index] {
    case Self.backslash where runLength(of: Self.pound, at: index + 1) >= pounds:
      if at(1 + pounds) == Self.open { modes.append(.code(openParentheses: 1)) }
      blank(2 + pounds)
    case Self.quote
    where runLength(of: Self.quote, at: index) >= quotes
      && runLength(of: Self.pound, at: index + quotes) >= pounds:
      modes.removeLast()
      blank(quotes + pounds)
    default: blank(1)
    }
  }

  private mutating func stepInComment(depth: Int) {
    switch (text[index], at(1)) {
    case (Self.slash, Self.star):
      modes[modes.count - 1] = .blockComment(depth: depth + 1)
      blank(2)
    case (Self.star, Self.slash):
      modes.removeLast()
      if depth > 1 { modes.append(.blockComment(depth: depth - 1)) }
      blank(2)
    default: blank(1)
    }
  }

  private mutating func blank(_ count: Int) {
    for byte in text[index..<min(index + count, text.count)] {
      code.append(byte == Self.newline ? byte : Self.space)
    }
    index += count
  }

  private func at(_ offset: Int) -> UInt8? {
    index + offset < text.count ? text[index + offset] : nil
  }

  private func runLength(of byte: UInt8, at start: Int) -> Int {
    var end = start
    while end < text.count, text[end] == byte { end += 1 }
    return end - start
  }

  private static let newline = UInt8(ascii: "\n")
  private static let space = UInt8(ascii: " ")
  private static let slash = UInt8(ascii: "/")
  private static let star = UInt8(ascii: "*")
  private static let pound = UInt8(ascii: "#")
  private static let quote = UInt8(ascii: "\"")
  private static let backslash = UInt8(ascii: "\\")
  private static let open = UInt8(ascii: "(")
  private static let close = UInt8(ascii: ")")
}
