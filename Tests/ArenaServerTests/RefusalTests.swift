import ArenaProtocol
import ArenaRules
import ArenaTypes
import Testing

@testable import ArenaServer

@Suite("What a rule's refusal is on the wire")
struct RefusalTests {
  private static let moment = Timestamp(millisecondsSinceEpoch: 1_000)

  /// Every refusal of the rules that can reach a client.
  private static let rejections: [any Rejection] = {
    let duel: [DuelRejection] = [
      .duelOver, .roundOver, .notTheQuestion, .noQuestion, .notYourDuel, .alreadyAnswered,
      .beingChecked, .wrongKindOfAnswer, .tooManyTries, .tooLong, .emptyText, .nothingRevealed,
      .notAbsentYet(claimableAt: moment), .alreadyDecided, .badDuration,
    ]
    let contest: [ContestRejection] = [
      .notOpenYet(opensAt: moment), .closed, .paused, .alreadyStarted, .notStarted, .runOver,
      .questionOver, .notTheQuestion, .full, .wrongState, .badDuration,
    ]
    let matchmaking: [MatchmakingRejection] = [
      .alreadyQueued, .notQueued, .noBotOffered(offeredAt: moment), .full,
    ]
    let moderation: [ModerationRejection] = [.reasonMissing, .reasonTooLong, .badDuration]
    return duel + contest + matchmaking + moderation
  }()

  @Test("Every code of the rules is a code of the wire")
  func codes() {
    for rejection in Self.rejections {
      #expect(ErrorCode(rawValue: rejection.code) != nil, "\(rejection.code)")
    }
    for refusal in TextRefusal.allCases {
      #expect(ErrorCode(rawValue: refusal.rawValue) != nil, "\(refusal)")
      #expect(Wire.TextRefusal(refusal).code.rawValue == refusal.rawValue)
    }
  }

  @Test("Where waiting helps, the refusal says how long, and only there it may be retried")
  func waiting() {
    let now = Timestamp(millisecondsSinceEpoch: 400)
    for rejection in Self.rejections {
      let refusal = Refusal(rejection, now: now)
      #expect(refusal.code.rawValue == rejection.code)
      if case .wait = rejection.remedy { #expect(refusal.retryAfter != nil, "\(rejection)") }
    }
    let soon = Refusal(DuelRejection.notAbsentYet(claimableAt: Self.moment), now: now)
    #expect(soon.retryAfter == .milliseconds(600))
    let past = Refusal(MatchmakingRejection.noBotOffered(offeredAt: Self.moment), now: Self.moment)
    #expect(past.retryAfter == .zero)
  }

  @Test("What is wrong with a text is told with its path")
  func texts() {
    let rejections: [(ExplanationTextRejection, ErrorCode)] = [
      (.empty, .textEmpty), (.emptyMeaning, .textEmpty), (.tooManyMeanings(4), .tooManyMeanings),
      (.tooManyWords(13), .tooManyWords), (.tooLong(81), .textTooLong),
      (.invisibleCharacters, .invisibleCharacters),
    ]
    for (rejection, code) in rejections {
      let refusal = Refusal(rejection, path: "/data/answer/text")
      #expect(refusal.code == code)
      #expect(refusal.path == "/data/answer/text")
    }
  }
}
