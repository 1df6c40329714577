import HTTPCodec
import Testing

/// The vectors that Swift and JavaScript share.
@Suite struct HandshakeVectorTests {
  @Test("Every handshake vector gives its answer", arguments: try HandshakeVector.all())
  func answer(_ vector: HandshakeVector) throws {
    let items = Exchange.items(of: vector.request)
    try #require(items.count == 1)
    switch items[0] {
    case .violation(let violation):
      let expected = try #require(vector.violation)
      #expect(violation.rawValue == expected.name)
      #expect(violation.status.code == expected.status)
    case .request(let head, _):
      switch Result(catching: { () throws(UpgradeRefusal) in try UpgradeHandshake(head) }) {
      case .success(let handshake):
        let response = try handshake.response(
          subprotocol: handshake.subprotocol(among: vector.supportedSubprotocols),
          base64SHA1: base64SHA1)
        #expect(response == latin1(vector.response ?? ""))
      case .failure(let refusal):
        let expected = try #require(vector.refusal)
        #expect(refusal.rawValue == expected.name)
        #expect(refusal.status.code == expected.status)
        #expect(refusal.fields.map { [$0.name, $0.value] } == expected.fields)
      }
    }
  }

  @Test(
    "Every handshake vector means the same byte by byte and cut at every position",
    arguments: try HandshakeVector.all())
  func everyCut(_ vector: HandshakeVector) {
    let whole = Exchange.items(of: vector.request)
    let count = vector.request.unicodeScalars.count
    #expect(Exchange.items(of: vector.request, cuts: Array(1..<count)) == whole)
    // Long vectors fill a limit with one letter; a prime step visits enough of their cuts.
    for cut in stride(from: 1, to: count, by: count > 2_000 ? 97 : 1) {
      guard Exchange.items(of: vector.request, cuts: [cut]) == whole else {
        Issue.record("cut at \(cut)")
        return
      }
    }
  }

  @Test("The vectors cover every violation and every refusal") func coverage() throws {
    let vectors = try HandshakeVector.all()
    #expect(
      Set(vectors.compactMap(\.violation?.name)) == Set(HTTPViolation.allCases.map(\.rawValue)))
    #expect(
      Set(vectors.compactMap(\.refusal?.name)) == Set(UpgradeRefusal.allCases.map(\.rawValue)))
  }
}
