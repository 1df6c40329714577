import Testing
import WebSocketCodec

/// The vectors that Swift and JavaScript share.
@Suite struct FrameVectorTests {
  @Test(
    "Every frame vector gives its events whole, byte by byte and cut at every position",
    arguments: try FrameVector.all())
  func everyCut(_ vector: FrameVector) throws {
    let (bytes, endpoint, limits) = try vector.input()
    let expected = try vector.expected()
    var feeds = [[], Array(1..<max(bytes.count, 1))]
    feeds += (1..<max(bytes.count, 1)).map { [$0] }
    for cuts in feeds {
      let peer = Peer.events(
        of: bytes, at: endpoint, limits: limits, inflater: try vector.inflater(), cuts: cuts)
      guard peer.events == expected else {
        Issue.record("cut at \(cuts.prefix(3)): \(peer.events) instead of \(expected)")
        return
      }
      #expect(peer.restByteCountMax <= MessageReceiver.restByteCountMax)
      #expect(peer.receiver.isFinished == Self.isEnd(expected.last))
    }
  }

  @Test("A vector's close code is the violation's own", arguments: try FrameVector.all())
  func closeCode(_ vector: FrameVector) throws {
    guard let violation = vector.violation else { return }
    let known = try #require(ProtocolViolation(rawValue: violation.name))
    #expect(known.closeCode.rawValue == violation.closeCode)
  }

  @Test("The vectors cover every violation") func coverage() throws {
    let covered = Set(try FrameVector.all().compactMap(\.violation?.name))
    #expect(covered == Set(ProtocolViolation.allCases.map(\.rawValue)))
  }

  private static func isEnd(_ event: OwnedEvent?) -> Bool {
    switch event {
    case .close, .violation: true
    default: false
    }
  }
}
