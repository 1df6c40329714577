import ArenaProtocol
import ArenaTestSupport
import ArenaTypes
import FoundationEssentials
import Testing

@Suite struct SchemaConformanceTests {
  private static let id = Wire.CommandID(rawValue: "c17")
  private static let at = Timestamp(millisecondsSinceEpoch: 1_790_000_000_000)
  private let schemas: SchemaSet

  init() throws { schemas = try SchemaSet.load() }

  /// A topic on which an event of `kind` may come.
  private static func topic(of kind: ServerEvent.Kind) -> Topic {
    switch kind {
    case .duelSnapshot, .duelStarted, .duelRoundStarted, .duelLockedIn, .duelReadied, .duelScoring,
      .duelRevealed, .duelHeat, .duelPresence, .duelSpectators, .duelClockMoved, .duelFinished,
      .duelTextChanged,
      .duelCluesChanged:
      .duel(DuelID(rawValue: "d_1"))
    case .boardSnapshot, .boardDelta, .boardOwn: .board(ContestID(rawValue: "c_1"))
    case .lobbySnapshot: .lobby
    case .moderationSnapshot: .moderation
    default: .me
    }
  }

  @Test(arguments: ServerEvent.samples)
  func everyEventFitsItsSchema(event: ServerEvent) {
    let frame = Envelope.event(
      event, on: Self.topic(of: event.kind), epoch: "e1", offset: 0, at: Self.at)
    #expect(schemas.validate(frame: frame) == [], "\(String(decoding: frame, as: UTF8.self))")
  }

  @Test(arguments: ServerAnswer.samples)
  func everyAnswerFitsItsSchema(answer: ServerAnswer) throws {
    let frame = Envelope.answer(answer, to: try #require(Self.id), at: Self.at)
    #expect(schemas.validate(frame: frame) == [], "\(String(decoding: frame, as: UTF8.self))")
  }

  @Test(arguments: ServerPart.samples)
  func everyPartFitsItsSchema(part: ServerPart) throws {
    let frame = Envelope.part(part, of: try #require(Self.id), at: Self.at)
    #expect(schemas.validate(frame: frame) == [], "\(String(decoding: frame, as: UTF8.self))")
    let read = try #require(try ServerFrame(decoding: frame))
    #expect(read.type == "part" && read.command == part.kind.rawValue && read.topic == nil)
  }

  @Test(arguments: ClientCommand.samples)
  func everyCommandFitsItsSchemaAndIsReadAsItself(command: ClientCommand) throws {
    let id = try #require(Self.id)
    let frame = Envelope.command(command, id: id)
    #expect(schemas.validate(frame: frame) == [], "\(String(decoding: frame, as: UTF8.self))")
    #expect(try ReceivedCommand(decoding: frame) == ReceivedCommand(id: id, command: command))
  }

  @Test(arguments: ErrorCode.allCases)
  func everyRefusalFitsItsSchema(code: ErrorCode) {
    let refusals = [
      Refusal(code),
      Refusal(code, reason: "Why.", retryAfter: .milliseconds(1_500), path: "/data/x"),
    ]
    for (refusal, id) in zip(refusals, [Self.id, nil]) {
      #expect(schemas.validate(frame: Envelope.refusal(refusal, to: id, at: Self.at)) == [])
    }
  }

  @Test func samplesAndSchemasKnowTheSameMessages() {
    #expect(Set(ServerEvent.samples.map(\.kind)) == Set(ServerEvent.Kind.allCases))
    #expect(Set(ServerAnswer.samples.map(\.kind)) == Set(ClientCommand.Kind.allCases))
    #expect(Set(ClientCommand.samples.map(\.kind)) == Set(ClientCommand.Kind.allCases))
    let commands = ClientCommand.Kind.allCases.flatMap {
      ["command \($0.rawValue)", "ok \($0.rawValue)"]
    }
    let events = ServerEvent.Kind.allCases.map { "event \($0.rawValue)" }
    let parts = Set(ServerPart.samples.map { "part \($0.kind.rawValue)" })
    #expect(Set(schemas.messages) == Set(commands + events + ["error"]).union(parts))
  }

  @Test func everyExampleOfASchemaFitsIt() throws {
    for (file, document) in schemas.documents.sorted(by: { $0.key < $1.key }) {
      guard document["$defs"] == nil else { continue }
      let examples = try #require(document["examples"]?.array, "\(file)")
      #expect(!examples.isEmpty, "\(file)")
      for example in examples { #expect(schemas.validate(example, file: file) == [], "\(file)") }
    }
  }

  @Test func everySchemaHasATitleADescriptionAndExamples() {
    for (file, document) in schemas.documents {
      let described = [document] + (document["$defs"]?.object?.members.map(\.value) ?? [])
      for schema in described {
        #expect(schema["title"]?.string?.isEmpty == false, "\(file)")
        #expect(schema["description"]?.string?.isEmpty == false, "\(file)")
        #expect(schema["examples"]?.array != nil || schema["$defs"] != nil, "\(file)")
      }
    }
  }

  @Test func wordsOfEveryChoiceAreTheSameInSwiftAndInTheSchemas() throws {
    func words<Choice: CaseIterable & RawRepresentable<String>>(_ type: Choice.Type) -> [String] {
      type.allCases.map(\.rawValue)
    }
    let swift: [String: [String]] = [
      "duelFormat": words(Wire.DuelFormat.self), "unitKind": words(Wire.UnitKind.self),
      "searchKind": words(Wire.SearchKind.self),
      "roundKind": words(Wire.RoundKind.self),
      "side": words(Wire.Side.self), "seatKind": words(Wire.SeatKind.self),
      "role": words(Wire.Role.self), "basis": words(Wire.Basis.self),
      "authorKind": words(Wire.AuthorKind.self), "fireState": words(Wire.FireState.self),
      "duelPhase": words(Wire.DuelPhase.self), "duelOutcome": words(Wire.DuelOutcome.self),
      "duelEndReason": words(Wire.DuelEndReason.self), "textState": words(Wire.TextState.self),
      "waitReason": words(Wire.WaitReason.self), "leaveReason": words(Wire.LeaveReason.self),
      "contestKind": words(Wire.ContestKind.self), "contestState": words(Wire.ContestState.self),
      "runRoundState": words(Wire.RunRoundState.self),
      "runTryState": words(Wire.RunTryState.self), "stagePhase": words(Wire.StagePhase.self),
      "runEndReason": words(Wire.RunEndReason.self), "noticeLevel": words(Wire.NoticeLevel.self),
      "excerptKind": words(Excerpt.Kind.self), "errorCode": words(ErrorCode.self),
      "voteDirection": words(Wire.VoteDirection.self),
      "unitMark": words(Wire.UnitMark.self),
      "soloState": words(Wire.SoloState.self),
      "submitOutcome": words(Wire.SubmitOutcome.self),
      "tipKind": words(Wire.TipKind.self),
      "streakDay": words(Wire.StreakDay.self),
      "pastOutcome": words(Wire.PastOutcome.self),
      "scoreCap": [Score.Cap.peakWordList.rawValue], "actKind": words(Wire.ActKind.self),
      "listKind": words(Wire.ListKind.self), "reportReason": words(Wire.ReportReason.self),
      "standingKind": words(Wire.StandingKind.self), "boardSpan": words(BoardSpan.self),
    ]
    let definitions = try #require(schemas.documents["values/enums.json"]?["$defs"]?.object)
    #expect(Set(definitions.keys) == Set(swift.keys))
    for member in definitions.members {
      let words = member.value["enum"]?.array?.compactMap(\.string) ?? []
      #expect(Set(words) == Set(swift[member.key] ?? []), "\(member.key)")
    }
  }
}
