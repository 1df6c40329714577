/// The tokens whose names are cut out of a text before the vocabulary's own rules see it: control
/// tokens where the caller allows them, and always those that a vocabulary's maker added as words.
///
/// Of several that begin at the same place the longest counts, as in Hugging Face's tokenizers
/// (added_vocabulary.rs).
struct AddedTokens: Sendable {
  /// What was found, or what lies between.
  enum Part {
    case text(Range<Int>)
    case token(Int32)
  }

  /// One token's name and how it is found.
  struct Entry: Sendable {
    var text: String
    var token: Int32
    /// A control token; found only where the caller allows it.
    var isControl: Bool
    /// White space before it is part of it.
    var stripsLeft = false
    /// White space after it is part of it.
    var stripsRight = false
  }

  let entries: [Entry]
  private let controls: Set<Int32>
  /// The names as a tree of bytes: parent << 8 | byte gives the child; 0 is the root.
  private var children: [UInt64: Int] = [:]
  /// The entry that ends at each node; -1 for none.
  private var ends: [Int] = [-1]
  /// Whether a name begins with that byte.
  private var isFirst = [Bool](repeating: false, count: 256)
  /// Whether any of them is found without the caller's leave.
  private(set) var hasWords = false

  init(_ entries: [Entry] = []) {
    self.entries = entries.filter { !$0.text.isEmpty }
    controls = Set(entries.filter(\.isControl).map(\.token))
    for (index, entry) in self.entries.enumerated() {
      var node = 0
      for byte in entry.text.utf8 {
        let key = UInt64(node) << 8 | UInt64(byte)
        let next = children[key] ?? ends.count
        if next == ends.count {
          children[key] = next
          ends.append(-1)
        }
        node = next
      }
      // The first of two with one name counts.
      if ends[node] < 0 { ends[node] = index }
      isFirst[Int(entry.text.utf8.first ?? 0)] = true
      hasWords = hasWords || !entry.isControl
    }
  }

  /// All of them.
  var tokens: Set<Int32> { Set(entries.map(\.token)) }

  /// Whether `token` is one that only callers may write.
  func isControl(_ token: Int32) -> Bool { controls.contains(token) }

  /// Calls `body` with the parts of `bytes`, in order; no part is empty.
  ///
  /// - Complexity: O(n) times the longest name.
  func forEachPart(
    of bytes: UnsafeBufferPointer<UInt8>, allowsControl: Bool, _ body: (Part) -> Void
  ) {
    guard hasWords || (allowsControl && !entries.isEmpty) else {
      if !bytes.isEmpty { body(.text(0..<bytes.count)) }
      return
    }
    var start = 0
    var index = 0
    while index < bytes.count {
      guard isFirst[Int(bytes[index])],
        let (end, entry) = longest(bytes, index, allowsControl: allowsControl)
      else {
        index += 1
        continue
      }
      let textEnd = entry.stripsLeft ? spaceStart(bytes, before: index, from: start) : index
      if textEnd > start { body(.text(start..<textEnd)) }
      body(.token(entry.token))
      start = entry.stripsRight ? spaceEnd(bytes, after: end) : end
      index = start
    }
    if start < bytes.count { body(.text(start..<bytes.count)) }
  }

  private func longest(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, allowsControl: Bool
  ) -> (end: Int, Entry)? {
    var found: (end: Int, Entry)?
    var node = 0
    var index = start
    while index < bytes.count, let next = children[UInt64(node) << 8 | UInt64(bytes[index])] {
      node = next
      index += 1
      guard ends[node] >= 0 else { continue }
      let entry = entries[ends[node]]
      if allowsControl || !entry.isControl { found = (index, entry) }
    }
    return found
  }

  private func spaceStart(
    _ bytes: UnsafeBufferPointer<UInt8>, before end: Int, from start: Int
  ) -> Int {
    var end = end
    while end > start {
      var index = end - 1
      while index > start, bytes[index] & 0xC0 == 0x80 { index -= 1 }
      guard UTF8Scalar(bytes, index).isSpace else { break }
      end = index
    }
    return end
  }

  private func spaceEnd(_ bytes: UnsafeBufferPointer<UInt8>, after start: Int) -> Int {
    var index = start
    while index < bytes.count {
      let scalar = UTF8Scalar(bytes, index)
      guard scalar.isSpace else { break }
      index = scalar.end
    }
    return index
  }
}
