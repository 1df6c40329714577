/// Which codings of a content a client takes (RFC 9110 section 12.5.3).
public struct AcceptedCodings: Hashable, Sendable {
  /// How much each coding that is named is wanted, in thousandths; 0 is not at all.
  private var weights: [String: Int] = [:]
  private let isSilent: Bool

  /// Reads the `Accept-Encoding` fields of a request.
  ///
  /// A member with a malformed weight is left out, as if the client had not named it.
  public init(_ request: RequestHead) {
    isSilent = !request.has("Accept-Encoding")
    for member in request.list("Accept-Encoding") {
      let parts = member.split(separator: ";", maxSplits: 1, omittingEmptySubsequences: false)
      guard let weight = parts.count == 1 ? 1_000 : Self.weight(parts[1]) else { continue }
      let name = Self.trimmed(parts[0]).lowercased()
      // `x-gzip` is another name of gzip (section 8.4.1.3).
      weights[name == "x-gzip" ? "gzip" : name] = weight
    }
  }

  /// Whether the content may come as it is: unless that is excluded by name or by `*`.
  public var takesIdentity: Bool { (weights["identity"] ?? weights["*"] ?? 1) > 0 }

  /// Whether gzip is taken, and wanted no less than the content as it is.
  public var prefersGzip: Bool {
    guard !isSilent, let gzip = weights["gzip"] ?? weights["*"], gzip > 0 else { return false }
    return gzip >= weights["identity"] ?? 0
  }

  /// Whether gzip is taken at all.
  public var takesGzip: Bool { !isSilent && (weights["gzip"] ?? weights["*"] ?? 0) > 0 }

  /// The thousandths of `q=0.5`: 0 to 1 with at most three digits behind the point (section 12.4.2).
  private static func weight(_ text: Substring) -> Int? {
    let text = trimmed(text)
    guard text.hasPrefix("q=") || text.hasPrefix("Q=") else { return nil }
    let parts = text.dropFirst(2).split(
      separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let decimals = parts.count == 2 ? parts[1] : ""
    guard let first = parts.first, first == "0" || first == "1", decimals.utf8.count <= 3,
      decimals.utf8.allSatisfy(ASCII.isDigit)
    else { return nil }
    let padded = decimals + String(repeating: "0", count: 3 - decimals.utf8.count)
    guard let thousandths = Int(padded) else { return nil }
    if first == "1" { return thousandths == 0 ? 1_000 : nil }
    return thousandths
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text
    while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
    while let last = text.last, last == " " || last == "\t" { text.removeLast() }
    return text
  }
}
