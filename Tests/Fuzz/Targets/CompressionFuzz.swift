import Glibc
import WebSocketCodec

/// Compressed payloads that no compressor may have made.
///
/// Nothing above the limit comes out, whatever the ratio; what is refused leaves an inflater that
/// serves the next connection; what comes out survives being compressed again.
enum InflateFuzz: FuzzTarget {
  static let name = "inflate"

  private static let limits = WebSocketLimits(messageByteCountMax: 10_000)

  static func run(_ input: inout FuzzInput) throws(FuzzFinding) {
    guard let inflater = Inflater(keepsContext: false) else { throw FuzzFinding("no inflater") }
    let first = receive(input.bytes, inflater)
    if case .success(let message) = first {
      try hold(message.count <= limits.messageByteCountMax, "\(message.count) bytes came out")
      guard let deflater = Deflater(DeflateConfiguration(), keepsContext: false),
        let again = message.withUnsafeBytes({ deflater.deflateAnyway($0) })
      else { throw FuzzFinding("no deflater") }
      try hold(receive(again, inflater) == first, "compressed again")
    }
    try hold(receive(input.bytes, inflater) == first, "an inflater that remembers")
  }

  /// What a server makes of one compressed binary message.
  static func receive(
    _ payload: [UInt8], _ inflater: Inflater, limits: WebSocketLimits = limits
  ) -> Result<[UInt8], ProtocolViolation> {
    var frame = FrameEncoder.frame(
      .binary, payload, isCompressed: true, maskingKey: MaskingKey(1, 2, 3, 4))
    var receiver = MessageReceiver(endpoint: .server)
    return frame.withUnsafeMutableBytes { buffer in
      var input = buffer
      switch receiver.next(&input, limits: limits, inflater: inflater) {
      case .binary(let bytes): return .success(Array(bytes))
      case .violation(let violation): return .failure(violation)
      default: return .failure(.reservedOpcode)
      }
    }
  }
}

/// Messages through a compressor and back, whatever its settings.
enum DeflateFuzz: FuzzTarget {
  static let name = "deflate"

  static func run(_ input: inout FuzzInput) throws(FuzzFinding) {
    var configuration = DeflateConfiguration()
    configuration.level = 1 + Int(input.decision()) % 9
    configuration.windowBits = 9 + Int(input.decision()) % 7
    configuration.memoryLevel = 1 + Int(input.decision()) % 9
    let keepsContext = input.decision() & 1 == 1
    let repeats = Int(input.decision())
    let cuts = input.cuts()
    guard let deflater = Deflater(configuration, keepsContext: keepsContext),
      let inflater = Inflater(
        windowBits: configuration.windowBits, keepsContext: keepsContext)
    else { throw FuzzFinding("no deflater for \(configuration)") }
    for piece in pieces(of: input.bytes, cutAt: cuts) {
      // Some reach across the window, which a fuzzer's few bytes would not.
      let count = repeats == 255 ? 1 + 40_000 / max(1, piece.count) : 1 + repeats & 3
      var message: [UInt8] = []
      message.reserveCapacity(count * piece.count)
      for _ in 0..<count { message += piece }
      let limits = WebSocketLimits(messageByteCountMax: message.count)
      guard let payload = message.withUnsafeBytes({ deflater.deflateAnyway($0) }) else {
        throw FuzzFinding("not compressed")
      }
      let back = InflateFuzz.receive(payload, inflater, limits: limits)
      try hold(isSuccess(back, message), "\(message.count) bytes as \(back)")
      guard !keepsContext else { continue }
      let shorter = message.withUnsafeBytes { deflater.deflate($0).map { Array($0) } }
      if let shorter {
        try hold(shorter.count < message.count, "\(shorter.count) for \(message.count) bytes")
        let back = InflateFuzz.receive(shorter, inflater, limits: limits)
        try hold(isSuccess(back, message), "shorter")
      }
    }
  }

  /// Whether these bytes came back.
  ///
  /// Compared in one step: byte by byte, as `==` does here, the tracing of comparisons takes more than
  /// half of the time.
  private static func isSuccess(
    _ result: Result<[UInt8], ProtocolViolation>, _ message: [UInt8]
  ) -> Bool {
    guard case .success(let back) = result, back.count == message.count else { return false }
    return back.withUnsafeBytes { back in
      message.withUnsafeBytes { message in
        guard let left = back.baseAddress, let right = message.baseAddress else { return true }
        return memcmp(left, right, message.count) == 0
      }
    }
  }
}

/// A client's offers of extensions, and a server's answer, read by either.
enum ExtensionFuzz: FuzzTarget {
  static let name = "extensions"

  static func run(_ input: inout FuzzInput) throws(FuzzFinding) {
    let server = configuration(&input)
    let client = configuration(&input)
    let text = String(decoding: input.bytes, as: UTF8.self)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard let offers = ExtensionOffer.list(lines) else { return }
    try hold(offers.count <= ExtensionOffer.countMax, "\(offers.count) offers")
    if let agreed = DeflateExtension.agree(to: offers, server) {
      try check(agreed.agreement, server)
      let answer = ExtensionOffer.list([agreed.answer])
      try hold(answer?.count == 1 && answer?.first?.name == DeflateExtension.name, agreed.answer)
    }
    if let agreement = DeflateExtension.agreement(in: offers, to: client) {
      try hold((9...15).contains(agreement.clientWindowBits), "\(agreement)")
      try hold((8...15).contains(agreement.serverWindowBits), "\(agreement)")
    }
    try checkOwnOffer(client, server)
  }

  private static func configuration(_ input: inout FuzzInput) -> DeflateConfiguration {
    var configuration = DeflateConfiguration()
    let options = input.decision()
    configuration.serverKeepsContext = options & 1 == 1
    configuration.clientKeepsContext = options & 2 == 2
    configuration.windowBits = 9 + Int(options >> 2) % 7
    return configuration
  }

  private static func check(
    _ agreement: DeflateAgreement, _ server: DeflateConfiguration
  ) throws(FuzzFinding) {
    try hold((9...server.windowBits).contains(agreement.serverWindowBits), "\(agreement)")
    try hold((8...15).contains(agreement.clientWindowBits), "\(agreement)")
    try hold(server.serverKeepsContext || !agreement.serverKeepsContext, "\(agreement)")
    try hold(server.clientKeepsContext || !agreement.clientKeepsContext, "\(agreement)")
  }

  /// Our client and our server understand each other, whatever their settings.
  private static func checkOwnOffer(
    _ client: DeflateConfiguration, _ server: DeflateConfiguration
  ) throws(FuzzFinding) {
    let text = DeflateExtension.offer(client)
    guard let offers = ExtensionOffer.list([text]),
      let (agreement, answer) = DeflateExtension.agree(to: offers, server),
      let members = ExtensionOffer.list([answer]),
      let understood = DeflateExtension.agreement(in: members, to: client)
    else { throw FuzzFinding("no agreement on \(text) with \(server)") }
    try hold(understood.serverWindowBits >= agreement.serverWindowBits, answer)
    try hold(understood.clientWindowBits <= agreement.clientWindowBits, answer)
    try hold(understood.serverKeepsContext || !agreement.serverKeepsContext, answer)
    try hold(agreement.clientKeepsContext || !understood.clientKeepsContext, answer)
  }
}
