/// What a `Range` field asks for (RFC 9110 section 14.2).
public enum ByteRange: Hashable, Sendable {
  /// All of it: no range, or one that is not understood, which is to be ignored.
  ///
  /// So are several ranges at once: their answer would be a multipart body, which no player of media
  /// or downloader needs, and which has been used to make servers multiply a file.
  case whole
  /// These bytes.
  case part(Range<Int>)
  /// Bytes that the content does not have: 416.
  case unsatisfiable

  /// Reads the value of a `Range` field for a content of that length.
  public init(_ value: String?, contentByteCount: Int) {
    guard let value, value.lowercased().hasPrefix("bytes=") else {
      self = .whole
      return
    }
    let ends = value.dropFirst(6).split(
      separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    guard ends.count == 2, ends.allSatisfy({ $0.utf8.allSatisfy(ASCII.isDigit) }) else {
      self = .whole
      return
    }
    // Digits alone that no Int holds are a number all the same, just a large one.
    let (first, last) = (Int(ends[0]) ?? .max, Int(ends[1]) ?? .max)
    switch (ends[0].isEmpty, ends[1].isEmpty) {
    case (true, true): self = .whole
    case (true, false):
      let isEmpty = last == 0 || contentByteCount == 0
      self =
        isEmpty
        ? .unsatisfiable : .part(max(0, contentByteCount - last)..<contentByteCount)
    case (false, true):
      self = first < contentByteCount ? .part(first..<contentByteCount) : .unsatisfiable
    case (false, false) where first > last: self = .whole
    case (false, false):
      self =
        first < contentByteCount
        ? .part(first..<(min(last, contentByteCount - 1) + 1)) : .unsatisfiable
    }
  }
}

/// Preconditions of a request (RFC 9110 section 13).
public enum Precondition {
  /// Whether a list of entity tags, or `*`, has that one: weakly compared, so that `W/` in front of
  /// either does not matter (section 13.1.2).
  public static func weaklyMatches(_ tag: String, _ list: [String]) -> Bool {
    list.contains { $0 == "*" || opaque($0) == opaque(tag) }
  }

  /// Whether a list of entity tags, or `*`, has that strong one: weak tags never match (section
  /// 13.1.1).
  public static func stronglyMatches(_ tag: String, _ list: [String]) -> Bool {
    list.contains { $0 == "*" || ($0 == tag && !$0.hasPrefix("W/")) }
  }

  private static func opaque(_ tag: String) -> Substring {
    tag.hasPrefix("W/") ? tag.dropFirst(2) : tag[...]
  }
}
