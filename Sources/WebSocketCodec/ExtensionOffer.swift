/// One member of `Sec-WebSocket-Extensions`: an extension with its parameters, as a client offers it
/// or a server agrees to it (RFC 6455 section 9.1).
public struct ExtensionOffer: Sendable, Hashable {
  /// A parameter, with a value or without.
  public struct Parameter: Sendable, Hashable {
    /// The name, a token.
    public let name: String
    /// The value, a token; what was quoted stands here without its quotes.
    public let value: String?
  }

  /// The most members that are read; a browser offers one or two.
  public static let countMax = 16

  /// The extension's name, a token.
  public let name: String
  /// The parameters, in order; repeated ones are repeated here.
  public let parameters: [Parameter]

  /// Reads the members of a head's `Sec-WebSocket-Extensions`.
  ///
  /// - Parameter fieldValues: the field's lines, in order; together they are one list.
  /// - Returns: the members, none without the field; nil if it does not follow the grammar, or has
  ///   more than ``countMax`` members: the handshake has to fail then.
  /// - Complexity: O(*n*) in the length of the values.
  public static func list(_ fieldValues: [String]) -> [ExtensionOffer]? {
    var offers: [ExtensionOffer] = []
    for value in fieldValues {
      var scanner = Scanner(value)
      repeat {
        scanner.skipSpace()
        // A list may have empty members (RFC 9110 section 5.6.1).
        if scanner.isAtEnd || scanner.isAt(",") { continue }
        guard offers.count < countMax, let offer = scanner.offer() else { return nil }
        offers.append(offer)
      } while scanner.take(",")
      guard scanner.isAtEnd else { return nil }
    }
    return offers
  }
}

/// Reads the grammar of the field from the left.
private struct Scanner {
  private let bytes: [UInt8]
  private var index = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  var isAtEnd: Bool { index == bytes.count }

  func isAt(_ sign: Unicode.Scalar) -> Bool { index < bytes.count && bytes[index] == sign.value }

  mutating func take(_ sign: Unicode.Scalar) -> Bool {
    guard isAt(sign) else { return false }
    index += 1
    return true
  }

  mutating func skipSpace() {
    while isAt(" ") || isAt("\t") { index += 1 }
  }

  /// `token *( ";" token [ "=" (token / quoted-string) ] )`, with space between.
  mutating func offer() -> ExtensionOffer? {
    guard let name = token() else { return nil }
    var parameters: [ExtensionOffer.Parameter] = []
    skipSpace()
    while take(";") {
      skipSpace()
      guard let name = token() else { return nil }
      skipSpace()
      var value: String?
      if take("=") {
        skipSpace()
        value = isAt("\"") ? quoted() : token()
        guard value != nil else { return nil }
        skipSpace()
      }
      parameters.append(ExtensionOffer.Parameter(name: name, value: value))
    }
    return ExtensionOffer(name: name, parameters: parameters)
  }

  private mutating func token() -> String? {
    let start = index
    while index < bytes.count, Self.isToken(bytes[index]) { index += 1 }
    return index == start ? nil : String(decoding: bytes[start..<index], as: UTF8.self)
  }

  /// A quoted string whose content, backslashes resolved, is a token, as section 9.1 demands.
  private mutating func quoted() -> String? {
    index += 1
    var content: [UInt8] = []
    while index < bytes.count, !isAt("\"") {
      if isAt("\\") { index += 1 }
      guard index < bytes.count, Self.isToken(bytes[index]) else { return nil }
      content.append(bytes[index])
      index += 1
    }
    guard take("\""), !content.isEmpty else { return nil }
    return String(decoding: content, as: UTF8.self)
  }

  /// Whether the byte may stand in a token (RFC 9110 section 5.6.2).
  private static func isToken(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
  }
}
