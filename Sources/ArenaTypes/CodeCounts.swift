/// How often each of a few numeric codes has come up, such as HTTP statuses or close codes.
///
/// It holds at most ``codeCountMax`` codes, so that whoever chooses the codes can't make it grow; the
/// others are counted together under 0.
public struct CodeCounts: Hashable, Sendable {
  /// The most codes that are told apart.
  public static let codeCountMax = 64

  private var codes: [UInt16] = []
  private var counts: [Int] = []

  /// Nothing counted yet.
  public init() {}

  /// Every code that has come up, ascending, with how often.
  public var sorted: [(code: UInt16, count: Int)] {
    zip(codes, counts).map { (code: $0, count: $1) }.sorted { $0.code < $1.code }
  }

  /// How often all codes have come up.
  public var total: Int { counts.reduce(0, +) }

  /// How often `code` has come up.
  public subscript(code: UInt16) -> Int {
    codes.firstIndex(of: code).map { counts[$0] } ?? 0
  }

  /// Counts `code`.
  ///
  /// - Complexity: O(codes), without allocation but for the first of its kind.
  public mutating func count(_ code: UInt16, times: Int = 1) {
    if let index = codes.firstIndex(of: code) {
      counts[index] += times
    } else if codes.count < Self.codeCountMax - 1 || code == 0 {
      codes.append(code)
      counts.append(times)
    } else {
      count(0, times: times)
    }
  }

  /// Adds what another has counted.
  public mutating func add(_ other: CodeCounts) {
    for (code, times) in zip(other.codes, other.counts) { count(code, times: times) }
  }
}
