/// Cuts a text into the pieces within which byte pairs are merged: a scanner for the patterns that
/// byte-level vocabularies were made with, equal to the regular expressions and thirty times faster.
enum PreTokenizer: Sendable, Hashable {
  /// GPT-2's pattern:
  ///
  ///     's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
  case gpt2
  /// SmolLM2's: every number character stands alone; in each stretch between them GPT-2's pattern.
  ///
  /// A stretch's end counts as the end of the text, so white space before a digit is one piece.
  case digitsThenGPT2
  /// Llama 3's pattern:
  ///
  ///     (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*
  ///       |\s*[\r\n]+|\s+(?!\S)|\s+
  case llama3
  /// Qwen 2's pattern: Llama 3's with numbers of one character.
  case qwen2
  /// The whole text is one piece.
  case none

  /// Calls `body` with each piece's byte range, in order.
  ///
  /// `bytes` is well-formed UTF-8.
  ///
  /// - Complexity: O(n).
  @inline(__always)
  func forEachPiece(of bytes: UnsafeBufferPointer<UInt8>, _ body: (Range<Int>) -> Void) {
    UnicodeClasses.table.withView { table in
      let scanner = Scanner(bytes: bytes, table: table, digitsAlone: self == .digitsThenGPT2)
      var start = 0
      while start < bytes.count {
        let end: Int
        switch self {
        case .gpt2, .digitsThenGPT2: end = scanner.gpt2End(from: start)
        case .llama3: end = scanner.llama3End(from: start, numberCountMax: 3)
        case .qwen2: end = scanner.llama3End(from: start, numberCountMax: 1)
        case .none: end = bytes.count
        }
        body(start..<end)
        start = end
      }
    }
  }
}

/// Finds where pieces end.
private struct Scanner {
  typealias Kind = UnicodeClasses.Kind

  let bytes: UnsafeBufferPointer<UInt8>
  let table: ScalarTable.View
  let digitsAlone: Bool

  /// The kind of the scalar at `start`, and where the next one begins.
  @inline(__always)
  private func scalar(_ start: Int) -> (kind: Kind, end: Int) {
    let byte = bytes[start]
    // Most text is ASCII, and has no later numbers.
    if byte < 0x80 { return (Kind(of: table[ascii: byte]), start + 1) }
    let scalar = UTF8Scalar(bytes, start)
    let kind = Kind(of: table[scalar.value])
    if kind == .laterNumber { return (digitsAlone ? .number : .other, scalar.end) }
    return (kind, scalar.end)
  }

  /// Where the run of `kind` that goes on at `start` ends.
  @inline(__always)
  private func runEnd(_ start: Int, of kind: Kind) -> Int {
    var end = start
    while end < bytes.count {
      let (found, after) = scalar(end)
      if found != kind { break }
      end = after
    }
    return end
  }

  @inline(__always)
  func gpt2End(from start: Int) -> Int {
    let (kind, next) = scalar(start)
    switch kind {
    case .number, .laterNumber: return digitsAlone ? next : runEnd(next, of: .number)
    case .letter: return runEnd(next, of: .letter)
    case .other: return contractionEnd(start, foldsCase: false) ?? runEnd(next, of: .other)
    case .space: return gpt2SpaceEnd(start, next)
    }
  }

  /// `\s+(?!\S)`: a run of white space leaves its last character to what follows.
  ///
  /// It doesn't where nothing follows, or a number that stands alone. A single space goes with what
  /// follows.
  private func gpt2SpaceEnd(_ start: Int, _ next: Int) -> Int {
    var last = start
    var end = next
    while end < bytes.count {
      let (kind, after) = scalar(end)
      if kind == .number, digitsAlone { return end }
      if kind != .space {
        if last > start { return last }
        return bytes[start] == 0x20 ? runEnd(after, of: kind) : end
      }
      last = end
      end = after
    }
    return end
  }

  @inline(__always)
  func llama3End(from start: Int, numberCountMax: Int) -> Int {
    let (kind, next) = scalar(start)
    switch kind {
    case .letter: return runEnd(next, of: .letter)
    case .number, .laterNumber: return numberEnd(next, countMax: numberCountMax)
    case .other:
      if let end = contractionEnd(start, foldsCase: true) { return end }
      if next < bytes.count, case (.letter, let after) = scalar(next) {
        return runEnd(after, of: .letter)
      }
      return signsEnd(next)
    case .space: return llama3SpaceEnd(start, next)
    }
  }

  private func numberEnd(_ start: Int, countMax: Int) -> Int {
    var end = start
    for _ in 1..<countMax where end < bytes.count {
      let (kind, after) = scalar(end)
      if kind != .number { break }
      end = after
    }
    return end
  }

  /// `[^\s\p{L}\p{N}]*[\r\n]*`.
  private func signsEnd(_ start: Int) -> Int {
    var end = runEnd(start, of: .other)
    while end < bytes.count, bytes[end] == 0x0A || bytes[end] == 0x0D { end += 1 }
    return end
  }

  private func llama3SpaceEnd(_ start: Int, _ next: Int) -> Int {
    let isLineEnd = bytes[start] == 0x0A || bytes[start] == 0x0D
    if !isLineEnd, next < bytes.count {
      switch scalar(next) {
      case (.letter, let after): return runEnd(after, of: .letter)
      case (.other, let after) where bytes[start] == 0x20: return signsEnd(after)
      default: break
      }
    }
    var last = start
    var end = next
    var lineEnd = isLineEnd ? next : nil
    while end < bytes.count {
      let (kind, after) = scalar(end)
      if kind != .space { break }
      if bytes[end] == 0x0A || bytes[end] == 0x0D { lineEnd = after }
      last = end
      end = after
    }
    if let lineEnd { return lineEnd }
    return end == bytes.count || last == start ? end : last
  }

  /// The end of `'s`, `'t`, `'re`, `'ve`, `'m`, `'ll` or `'d` at `start`.
  private func contractionEnd(_ start: Int, foldsCase: Bool) -> Int? {
    guard bytes[start] == UInt8(ascii: "'"), start + 1 < bytes.count else { return nil }
    func letter(_ index: Int) -> UInt8 {
      guard index < bytes.count else { return 0 }
      return foldsCase && (0x41...0x5A).contains(bytes[index]) ? bytes[index] | 0x20 : bytes[index]
    }
    let first = letter(start + 1)
    switch first {
    case UInt8(ascii: "s"), UInt8(ascii: "t"), UInt8(ascii: "m"), UInt8(ascii: "d"):
      return start + 2
    case UInt8(ascii: "r"), UInt8(ascii: "v"), UInt8(ascii: "l"):
      let second = first == UInt8(ascii: "l") ? UInt8(ascii: "l") : UInt8(ascii: "e")
      return letter(start + 2) == second ? start + 3 : nil
    case 0xC5 where foldsCase:
      // The long s, U+017F, is an s to whoever ignores case.
      return letter(start + 2) == 0xBF ? start + 3 : nil
    default: return nil
    }
  }
}
