/// What both sides have agreed on for permessage-deflate (RFC 7692 section 7.1).
public struct DeflateAgreement: Sendable, Hashable {
  /// Whether the server's messages may refer to those before them.
  public var serverKeepsContext: Bool
  /// Whether the client's messages may refer to those before them.
  public var clientKeepsContext: Bool
  /// The most bits of window that the server may use, 9 to 15.
  public var serverWindowBits: Int
  /// The most bits of window that the client may use, 8 to 15.
  public var clientWindowBits: Int
}

/// Both sides of negotiating permessage-deflate (RFC 7692 sections 5 and 7.1).
///
/// The server declines an offer with an unknown, repeated or ill-valued parameter and looks at the
/// next. It declines `server_max_window_bits=8` too, as section 7.1.2.1 lets it: zlib compresses with
/// nine bits at least. A client may use eight bits; what it sends is valid for any larger window.
public enum DeflateExtension {
  /// The extension's registered name.
  public static let name = "permessage-deflate"

  /// Chooses the first offer that can be met.
  ///
  /// - Returns: what is agreed, and the value of the server's `Sec-WebSocket-Extensions`; nil if
  ///   there is nothing to agree to.
  public static func agree(
    to offers: [ExtensionOffer], _ configuration: DeflateConfiguration
  ) -> (agreement: DeflateAgreement, answer: String)? {
    for offer in offers where offer.name == name {
      guard let wish = DeflateParameters(offer.parameters, isAnswer: false),
        wish.serverWindowBits != 8
      else { continue }
      return agree(to: wish, configuration)
    }
    return nil
  }

  private static func agree(
    to wish: DeflateParameters, _ configuration: DeflateConfiguration
  ) -> (agreement: DeflateAgreement, answer: String) {
    let own = configuration.windowBits
    var answer = name
    let serverKeeps = configuration.serverKeepsContext && !wish.serverDropsContext
    let clientKeeps = configuration.clientKeepsContext && !wish.clientDropsContext
    if !serverKeeps { answer += "; server_no_context_takeover" }
    if !clientKeeps { answer += "; client_no_context_takeover" }
    var serverWindowBits = own
    if let limit = wish.serverWindowBits {
      serverWindowBits = min(limit, own)
      answer += "; server_max_window_bits=\(serverWindowBits)"
    }
    var clientWindowBits = 15
    // Only a client that names the parameter may be told to use less (section 7.1.2.2).
    if wish.namesClientWindowBits {
      clientWindowBits = min(wish.clientWindowBits ?? 15, own)
      if clientWindowBits < 15 { answer += "; client_max_window_bits=\(clientWindowBits)" }
    }
    return (
      DeflateAgreement(
        serverKeepsContext: serverKeeps, clientKeepsContext: clientKeeps,
        serverWindowBits: serverWindowBits, clientWindowBits: clientWindowBits),
      answer
    )
  }

  /// The value of a client's `Sec-WebSocket-Extensions`.
  public static func offer(_ configuration: DeflateConfiguration) -> String {
    var offer = name
    if !configuration.serverKeepsContext { offer += "; server_no_context_takeover" }
    if !configuration.clientKeepsContext { offer += "; client_no_context_takeover" }
    let bits = configuration.windowBits
    if bits < 15 { offer += "; server_max_window_bits=\(bits)" }
    offer += bits < 15 ? "; client_max_window_bits=\(bits)" : "; client_max_window_bits"
    return offer
  }

  /// What a server's answer to ``offer(_:)`` agrees to.
  ///
  /// - Parameter answer: the members of the server's field, at least one.
  /// - Returns: nil if it is no answer to that offer: the client has to fail the connection.
  public static func agreement(
    in answer: [ExtensionOffer], to configuration: DeflateConfiguration
  ) -> DeflateAgreement? {
    guard answer.count == 1, answer[0].name == name,
      let told = DeflateParameters(answer[0].parameters, isAnswer: true)
    else { return nil }
    let bits = configuration.windowBits
    // What was asked for is accepted by being repeated (sections 7.1.1.1 and 7.1.2.1).
    guard configuration.serverKeepsContext || told.serverDropsContext else { return nil }
    guard bits == 15 || told.serverWindowBits.map({ $0 <= bits }) == true else { return nil }
    let clientWindowBits = min(told.clientWindowBits ?? bits, bits)
    // zlib can't compress with eight bits.
    guard clientWindowBits >= 9 else { return nil }
    return DeflateAgreement(
      serverKeepsContext: !told.serverDropsContext,
      clientKeepsContext: configuration.clientKeepsContext && !told.clientDropsContext,
      serverWindowBits: told.serverWindowBits ?? 15, clientWindowBits: clientWindowBits)
  }
}

/// The parameters of one offer or answer, checked.
private struct DeflateParameters {
  var serverDropsContext = false
  var clientDropsContext = false
  var serverWindowBits: Int?
  /// A client may name this one without a value.
  var namesClientWindowBits = false
  var clientWindowBits: Int?

  /// Nil if a parameter is unknown, is repeated, or has not the value that it must have.
  init?(_ parameters: [ExtensionOffer.Parameter], isAnswer: Bool) {
    guard Set(parameters.map(\.name)).count == parameters.count else { return nil }
    for parameter in parameters {
      switch (parameter.name, parameter.value) {
      case ("server_no_context_takeover", nil): serverDropsContext = true
      case ("client_no_context_takeover", nil): clientDropsContext = true
      case ("client_max_window_bits", nil) where !isAnswer: namesClientWindowBits = true
      case ("server_max_window_bits", let value?):
        guard let bits = Self.windowBits(value) else { return nil }
        serverWindowBits = bits
      case ("client_max_window_bits", let value?):
        guard let bits = Self.windowBits(value) else { return nil }
        namesClientWindowBits = true
        clientWindowBits = bits
      default: return nil
      }
    }
  }

  /// 8 to 15, in decimal without leading zeros (section 7.1.2).
  private static func windowBits(_ text: String) -> Int? {
    (8...15).first { String($0) == text }
  }
}
