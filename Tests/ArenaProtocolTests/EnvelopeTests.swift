import ArenaProtocol
import ArenaTypes
import Testing

@Suite struct EnvelopeTests {
  private let at = Timestamp(millisecondsSinceEpoch: 1_790_000_000_000)

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  @Test func putsAnEventIntoItsPlaceInATopic() {
    let event = ServerEvent.duelLockedIn(.init(round: 2, seat: 1))
    let frame = Envelope.event(
      event, on: .duel(DuelID(rawValue: "d_1")), epoch: "e1", offset: 12, at: at)
    #expect(
      text(frame) == """
        {"type":"duel.lockedIn","topic":"duel/d_1","epoch":"e1","offset":12,"at":1790000000000,\
        "data":{"round":2,"seat":1}}
        """)
  }

  @Test func encodesTheContentOfAnEventOnceForSeveralEnvelopes() {
    let event = ServerEvent.lobbySnapshot(.full)
    let encoded = EncodedEvent(event)
    for offset in [0, 7] {
      #expect(
        Envelope.event(encoded, on: .lobby, epoch: "e", offset: offset, at: at)
          == Envelope.event(event, on: .lobby, epoch: "e", offset: offset, at: at))
    }
  }

  @Test func answersACommandUnderItsId() throws {
    let id = try #require(Wire.CommandID(rawValue: "c17"))
    #expect(
      text(Envelope.answer(.queueLeave, to: id, at: at))
        == #"{"re":"c17","type":"ok","command":"queue.leave","at":1790000000000,"data":{}}"#)
  }

  @Test func tellsWhyWhereAndForHowLongItRefuses() {
    let refusal = Refusal(
      .rateLimited, reason: "Too \"fast\".", retryAfter: .milliseconds(1_500), path: "/data/a~1b")
    #expect(
      text(Envelope.refusal(refusal, to: nil, at: at)) == """
        {"re":null,"type":"error","at":1790000000000,"data":{"code":"rate_limited","reason":\
        "Too \\"fast\\".","retryable":true,"retryAfterMs":1500,"path":"/data/a~1b"}}
        """)
  }

  @Test func leavesOutOfACommandWhatMayBeLeftOut() throws {
    let id = try #require(Wire.CommandID(rawValue: "c1"))
    #expect(
      text(Envelope.command(.subscribe(.init(topic: .me)), id: id))
        == #"{"id":"c1","type":"subscribe","data":{"topic":"me"}}"#)
  }
}

@Suite struct ServerFrameTests {
  @Test func readsEventsAnswersAndRefusals() throws {
    let at = Timestamp(millisecondsSinceEpoch: 5)
    let id = try #require(Wire.CommandID(rawValue: "c1"))
    let event = try #require(
      try ServerFrame(
        decoding: Envelope.event(
          .notice(.init(level: .info, text: "hi")), on: .me, epoch: "e", offset: 3, at: at)))
    #expect(event.type == "notice")
    #expect(event.topic == .me)
    #expect(event.epoch == "e")
    #expect(event.offset == 3)
    #expect(event.at == at)
    #expect(event.answered == nil)
    #expect(event.data["text"]?.string == "hi")
    let refusal = try #require(
      try ServerFrame(decoding: Envelope.refusal(Refusal(.sealed), to: id, at: at)))
    #expect(refusal.answered == id)
    #expect(refusal.errorCode == .sealed)
    let answer = try #require(
      try ServerFrame(decoding: Envelope.answer(.queueLeave, to: id, at: at)))
    #expect(answer.command == "queue.leave")
    #expect(answer.errorCode == nil)
  }

  @Test func ignoresUnknownFieldsAndRefusesWhatIsNoFrame() throws {
    let more = #"{"type":"notice","at":1,"data":{},"new":[1]}"#
    #expect(try ServerFrame(decoding: Array(more.utf8))?.type == "notice")
    #expect(try ServerFrame(decoding: Array("[]".utf8)) == nil)
    #expect(throws: JSONError.self) { try ServerFrame(decoding: Array("[".utf8)) }
  }
}
