import HTTPCodec

/// What a server answers to a client's handshake.
enum HandshakeAnswerFuzz: FuzzTarget {
  static let name = "handshake-answer"

  static func run(_ input: inout FuzzInput) throws(FuzzFinding) {
    let offered = ["neuronarena.v1.json", "other"]
    guard
      let handshake = try? ClientHandshake(
        host: "localhost", target: "/", key: "dGhlIHNhbXBsZSBub25jZQ==", subprotocols: offered)
    else { throw FuzzFinding("our own handshake is malformed") }
    let bytes = input.bytes
    let answer = bytes.withUnsafeBytes { handshake.answer(in: $0) { _ in "hash" } }
    guard case .accepted(let byteCount, let subprotocol, let extensions) = answer else { return }
    try hold(byteCount <= bytes.count, "past the end")
    try hold(subprotocol.map(offered.contains) ?? true, "not offered")
    try hold(extensions.isEmpty, "an extension that was not offered")
    for count in 0..<byteCount {
      let part = bytes[..<count].withUnsafeBytes { handshake.answer(in: $0) { _ in "hash" } }
      try hold(part == .incomplete, "accepted \(count) of \(byteCount) bytes")
    }
  }
}
