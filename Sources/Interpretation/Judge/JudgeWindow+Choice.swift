import ArenaTypes
import CZlib

/// Which parts of an excerpt the judge reads.
extension JudgeExcerpt {
  /// The token that a scored window is laid around.
  ///
  /// It is near the strongest activation, how near the text alone says: windows that always peaked at
  /// one place would tell the peak. The same as `Tests/Training/judge/pieces.py` has it (`aside`).
  ///
  /// - Parameter activations: One a token, from 0 to 1.
  static func center(of tokens: [String], activations: [Float]) -> Int {
    let peak = activations.indices.max { activations[$0] < activations[$1] } ?? 0
    let text = Array(tokens.joined().utf8)
    let checksum = text.withUnsafeBytes { bytes in
      crc32(
        0, bytes.bindMemory(to: UInt8.self).baseAddress, UInt32(truncatingIfNeeded: bytes.count))
    }
    let chance = Double(checksum) / 0x1_0000_0000
    return min(max(0, peak - 4 + Int(chance * 20)), max(0, activations.count - 1))
  }

  /// Windows that have every token of the first `countMax` in one of them with as much as there can be
  /// on both its sides.
  ///
  /// - Returns: The windows' centers, and for each token the window that predicts it.
  func cover(
    piecesBefore: Int, piecesAfter: Int, countMax: Int
  ) -> (windows: [JudgeWindow], owners: [Int]) {
    let count = min(spans.count, countMax)
    guard count > 0, !text.pieces.isEmpty else { return ([], []) }
    // Half a window on, so that what stands at an edge of one is in the midst of the next.
    let step = max(1, (piecesBefore + piecesAfter) / 2)
    var windows: [JudgeWindow] = []
    var wanted = spans[0].lowerBound + step - 1
    var center = -1
    repeat {
      let next = spans[..<count].lastIndex { $0.upperBound <= wanted } ?? 0
      center = min(count - 1, max(center + 1, next))
      wanted = spans[center].upperBound + step
      windows.append(
        JudgeWindow(
          self, around: center, piecesBefore: piecesBefore, piecesAfter: piecesAfter))
    } while (windows.last.map { $0.tokens.upperBound } ?? count) < count && center < count - 1
    let owners = (0..<count).map { token in
      windows.indices.max { room(windows[$0], token) < room(windows[$1], token) } ?? 0
    }
    return (windows, owners)
  }

  /// How many pieces stand on a token's poorer side in a window; less than 0 where it isn't in it, and
  /// an end of the excerpt is no poor side.
  private func room(_ window: JudgeWindow, _ token: Int) -> Int {
    guard window.tokens.contains(token) else { return -1 }
    let before =
      window.tokens.lowerBound == 0
      ? .max : spans[token].lowerBound - window.pieces.lowerBound
    let after =
      window.tokens.upperBound == spans.count
      ? .max : window.pieces.upperBound - 1 - spans[token].upperBound
    return min(before, after)
  }
}

extension Judge {
  /// At most so many tokens of an excerpt are predicted.
  static let predictedTokenCountMax = 512

  /// The window that an excerpt is scored by; nil for an excerpt without a piece.
  ///
  /// - Parameter activations: One a token, from 0 to 1.
  func scoredWindow(of tokens: [String], activations: [Float]) -> JudgeWindow? {
    guard !tokens.isEmpty, tokens.count == activations.count else { return nil }
    return window(
      of: tokens, around: JudgeExcerpt.center(of: tokens, activations: activations))
  }

  /// Windows over all of an excerpt, and for each token the one that predicts it.
  func cover(_ tokens: [String]) -> (windows: [JudgeWindow], owners: [Int]) {
    // What is cut off would only be read for nothing.
    JudgeExcerpt(Array(tokens.prefix(Self.predictedTokenCountMax)), tokenizer: tokenizer).cover(
      piecesBefore: configuration.piecesBefore, piecesAfter: configuration.piecesAfter,
      countMax: Self.predictedTokenCountMax)
  }
}
