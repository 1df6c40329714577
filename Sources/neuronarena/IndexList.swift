import ArgumentParser

/// Numbers on a command line: `12,21`, `700..703` or `700-703`, or both; ranges include their ends.
struct IndexList: ExpressibleByArgument, CustomStringConvertible, Hashable, Sendable {
  /// The most numbers: a layer of the largest model.
  static let countMax = 1 << 20

  /// The numbers, as written; none twice.
  let values: [Int]

  /// These numbers, none twice.
  init(_ values: [Int]) { self.values = values }

  /// The numbers as they are written.
  var description: String { values.map(String.init).joined(separator: ",") }

  /// The numbers that `argument` says; nil where it says none, one below 0, or too many.
  init?(argument: String) {
    var values: [Int] = []
    var seen: Set<Int> = []
    for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
      let text = part.trimmingPrefix(" ")
      let words = text.split(
        separator: text.contains("..") ? ".." : "-", omittingEmptySubsequences: false)
      let ends = words.compactMap { Self.number($0) }
      guard ends.count == words.count, (1...2).contains(ends.count),
        let first = ends.first, let last = ends.last, first <= last,
        last - first < Self.countMax, values.count + last - first < Self.countMax
      else { return nil }
      for value in first...last where seen.insert(value).inserted { values.append(value) }
    }
    self.values = values
  }

  private static func number(_ text: Substring) -> Int? {
    guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Int(text)
  }
}
