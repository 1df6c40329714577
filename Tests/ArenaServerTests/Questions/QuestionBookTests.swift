import ArenaRules
import ArenaStorage
import ArenaTypes
import Dispatch
import Interpretation
import Testing

@testable import ArenaServer

@Suite("What all answers tell")
struct QuestionBookTests {
  private let unit = QuestionSamples.campaign.units[0]
  private var ids: [ExplanationID] { unit.explanations.map(\.explanation.id) }
  private var key: UnitKey { QuestionSamples.key(unit) }

  /// Many answers about a few units, some of them gold.
  private func answers(_ count: Int, seed: UInt64) -> [AnswerRecord] {
    var generator = SeededGenerator(seed: seed)
    func draw(_ bound: Int) -> Int { Int(generator.next() % UInt64(bound)) }
    return (0..<count).map { number in
      let unit = QuestionSamples.campaign.units[draw(6)]
      let ids = unit.explanations.map(\.explanation.id)
      let (first, second) = (ids[draw(4)], ids[draw(4)])
      return QuestionSamples.pick(
        "\(number)", by: QuestionSamples.player(draw(9)), first, over: second, of: unit.id,
        isGold: draw(3) == 0, isRight: draw(4) == 0 ? nil : draw(2) == 0, rating: 1_400 + draw(200))
    }
  }

  @Test("The gold questions that a player gets right make all of the player's votes weigh more")
  func gold() {
    var answers = (0..<24).map {
      QuestionSamples.pick(
        "v\($0)", by: QuestionSamples.player($0), $0 < 12 ? ids[2] : ids[3],
        over: $0 < 12 ? ids[3] : ids[2], of: unit.id)
    }
    let even = QuestionSamples.book(answers).strengths(of: [ids[2], ids[3]], unit: key)
    #expect(abs(even.difference(0, 1).value) < 1e-9)
    // Of twelve against twelve, the first twelve turn out to know and the others to guess.
    for player in 0..<24 {
      for number in 0..<12 {
        let other = QuestionSamples.campaign.units[1 + number]
        let pair = other.pairs[0]
        answers.append(
          QuestionSamples.pick(
            "g\(player)-\(number)", by: QuestionSamples.player(player), pair.a, over: pair.b,
            of: other.id, isGold: true, isRight: player < 12 || number % 3 == 0))
      }
    }
    let book = QuestionSamples.book(answers)
    let known = book.strengths(of: [ids[2], ids[3]], unit: key).difference(0, 1)
    #expect(known.value > 1 && known.excludesZero)
    #expect(book.reliability(of: QuestionSamples.player(0)).rightCount == 12)
    #expect(book.reliability(of: QuestionSamples.player(20)).weight == 0)
  }

  @Test("A gold question counts once, whatever is answered the second time")
  func goldOnce() {
    let answers = (0..<6).map {
      QuestionSamples.pick(
        "\($0)", by: QuestionSamples.player(1), ids[0], over: ids[1], of: unit.id, isGold: true,
        isRight: $0 > 0)
    }
    let reliability = QuestionSamples.book(answers).reliability(of: QuestionSamples.player(1))
    #expect(reliability.rightCount == 0 && reliability.wrongCount == 1)
  }

  @Test("Reading again, in pages of any size, gives the same", arguments: [1, 7, 64, 1_000])
  func pages(size: Int) {
    let answers = answers(300, seed: 3)
    let whole = QuestionSamples.book(answers)
    let numbered = answers.enumerated().map { Numbered(number: Int64($0 + 1), record: $1) }
    let book = QuestionBook()
    for start in stride(from: 0, to: numbered.count, by: size) {
      // Each page is read twice, as after a failure.
      book.note(Array(numbered[start..<min(start + size, numbered.count)]))
      book.note(Array(numbered[start..<min(start + size, numbered.count)]))
      // What is asked in between is kept, and must not go stale.
      for unit in QuestionSamples.campaign.units.prefix(6) {
        _ = book.strengths(
          of: unit.explanations.map(\.explanation.id), unit: QuestionSamples.key(unit))
      }
    }
    #expect(book.digest == whole.digest)
    for unit in QuestionSamples.campaign.units.prefix(6) {
      let ids = unit.explanations.map(\.explanation.id)
      #expect(
        book.strengths(of: ids, unit: QuestionSamples.key(unit))
          == whole.strengths(of: ids, unit: QuestionSamples.key(unit)))
    }
  }

  @Test("The keeper knows what the store has, also what a failed commit left there")
  func keeper() async throws {
    let store = FailingStore(wrapping: InMemoryStore())
    let keeper = BookKeeper(QuestionBook(), of: store)
    let followed = keeper.followed()
    let answers = answers(2_300, seed: 8)
    for (index, answer) in answers.enumerated() {
      if index == 1_000 {
        store.failCommits(
          with: .inputOutput(doing: "writing", reason: "test"), leaving: .written)
      }
      if index == 1_200 { store.heal() }
      try? await followed.commit([.recordAnswer(answer)])
    }
    try await followed.commit([
      .putExplanation(
        try QuestionSamples.text("w", "a text", of: unit.id, by: QuestionSamples.player(1)))
    ])
    try await Self.settle(keeper, store)
    let again = BookKeeper(QuestionBook(), of: store)
    try await Self.catchUp(again)
    #expect(keeper.book.digest == again.book.digest)
    #expect(keeper.book.position == again.book.position)
    #expect(keeper.book.position.answer == 2_300)
    #expect(
      keeper.book.digest
        == QuestionSamples.book(
          answers,
          [
            try QuestionSamples.text("w", "a text", of: unit.id, by: QuestionSamples.player(1))
          ]
        ).digest)
  }

  @Test("A read that fails is made up for by the next one")
  func failedRead() async throws {
    let store = FailingStore(wrapping: InMemoryStore())
    let keeper = BookKeeper(QuestionBook(), of: store)
    let failures = Locked(0)
    keeper.onFailure { failures.withLock { $0 += 1 } }
    store.failReads(with: .inputOutput(doing: "reading", reason: "test"))
    try await keeper.followed().commit([.recordAnswer(answers(1, seed: 1)[0])])
    for _ in 0..<2_000 where failures.withLock({ $0 }) == 0 {
      try await Task.sleep(for: .milliseconds(1))
    }
    #expect(keeper.book.position.answer == 0)
    store.heal()
    keeper.wake()
    try await Self.settle(keeper, store)
    #expect(keeper.book.position.answer == 1)
  }

  /// Waits until the keeper has read what is there.
  private static func settle(_ keeper: BookKeeper, _ store: any DurableStore) async throws {
    let last = try await store.read { reader throws(StorageError) in
      var last: Int64 = 0
      while let next = try reader.answers(after: last, limit: 1_000).last { last = next.number }
      return last
    }
    for _ in 0..<5_000 where keeper.book.position.answer < last {
      try await Task.sleep(for: .milliseconds(1))
    }
    // Answers and changes of explanations are read together; one more turn and both are in.
    try await store.read { _ throws(StorageError) in }
    try await Task.sleep(for: .milliseconds(20))
  }

  private static func catchUp(_ keeper: BookKeeper) async throws {
    try await withCheckedContinuation { continuation in
      keeper.catchUp { continuation.resume(returning: $0) }
    }.get()
  }

  @Test("What players wrote is asked about once it is scored, and no more once it is hidden")
  func texts() throws {
    let id = ExplanationID(rawValue: "w1")
    let writer = QuestionSamples.player(1)
    func text(score: Double?, isHidden: Bool = false) throws -> ExplanationRecord {
      try QuestionSamples.text(
        "w1", "rain and snow", of: unit.id, by: writer, score: score, isHidden: isHidden)
    }
    let book = QuestionBook()
    func note(_ number: Int64, _ record: ExplanationRecord) {
      book.note([Numbered(number: number, record: record)], names: [writer: "Ada"])
    }
    note(1, try text(score: nil))
    #expect(book.texts(of: key).isEmpty)
    note(2, try text(score: 64))
    #expect(book.texts(of: key).map(\.explanation.id) == [id])
    #expect(book.text(id)?.authorName == "Ada")
    note(3, try text(score: 64, isHidden: true))
    #expect(book.texts(of: key).isEmpty)
    #expect(book.text(id) != nil, "a round that shows it can still name it")
    note(2, try text(score: 64))
    #expect(book.texts(of: key).isEmpty, "a change that was overtaken changes nothing")
  }
}
