import ArenaTypes
import Testing

@testable import ArenaRules

@Suite struct OddOneOutRoundTests {
  private let all: [OddChoice] = (0..<4).map { .excerpt(index: $0) } + [.allTheSame]

  private func round(seed: UInt64, material: UnitMaterial = sampleMaterial(0)) -> OddOneOutRound {
    var generator = SeededGenerator(seed: seed)
    return OddOneOutRound(material: material, using: &generator)
  }

  private func share(_ left: Int64) -> TimeShare {
    TimeShare(leftMilliseconds: left, totalMilliseconds: 20_000)
  }

  @Test("100 points for the odd one and up to 50 for speed; any other choice is worth nothing")
  func points() throws {
    for seed in 0..<100 as Range<UInt64> {
      for choice in all {
        for (left, points) in [(20_000, 150), (10_000, 125), (199, 100), (0, 100)] {
          var round = round(seed: seed)
          #expect(round.points == [0, 0])
          let taken = try round.take(
            .oddOneOut(choice: choice), seat: 1, timeLeft: share(Int64(left)))
          #expect(taken.attempt == 0 && taken.effects == [.lockedIn(seat: 1)])
          #expect(round.points == [0, choice == round.odd ? points : 0], "seed \(seed)")
          #expect(!round.isLockedIn(seat: 0) && round.isLockedIn(seat: 1))
        }
      }
    }
  }

  @Test("three fire and one is silent; once in five all four fire, and nothing is shown twice")
  func drawn() {
    let material = sampleMaterial(0)
    let silent = Set((material.oddOneOut?.silent ?? []).map(\.excerpt))
    var sames = 0
    var places = [0, 0, 0, 0]
    for seed in 0..<5_000 as Range<UInt64> {
      let round = round(seed: seed)
      let shown = (round.question.excerpts ?? []).map(\.excerpt)
      #expect(shown.count == 4 && Set(shown).count == 4)
      let odd = shown.indices.filter { silent.contains(shown[$0]) }
      switch round.odd {
      case .allTheSame:
        sames += 1
        #expect(odd == [], "seed \(seed)")
      case .excerpt(let index):
        places[index] += 1
        #expect(odd == [index], "seed \(seed)")
      }
      #expect(round.question.clues == [] && round.question.options == [])
      #expect(round.revealExcerpt == nil)
    }
    #expect((900...1_100).contains(sames))
    #expect(places.allSatisfy { (900...1_100).contains($0) }, "\(places)")
  }

  @Test("every excerpt of the material is drawn, and the same seed draws the same round")
  func everyExcerpt() {
    var seen: Set<ExcerptID> = []
    for seed in 0..<200 as Range<UInt64> {
      let round = round(seed: seed)
      #expect(round == self.round(seed: seed))
      seen.formUnion((round.question.excerpts ?? []).map(\.excerpt))
    }
    #expect(seen.count == 9)
  }

  @Test("what is shown is of one length and holds the focus, which may stand anywhere in it")
  func windows() throws {
    var places: Set<Int> = []
    let firing = sampleMaterial(0).oddOneOut?.firing ?? []
    for seed in 0..<400 as Range<UInt64> {
      for shown in round(seed: seed).question.excerpts ?? [] {
        #expect(shown.to - shown.from == 17)
        #expect(shown.from >= 0)
        guard let excerpt = firing.first(where: { $0.excerpt == shown.excerpt }) else {
          #expect(shown.to <= 40)
          continue
        }
        #expect(shown.to <= excerpt.tokenCount)
        #expect((shown.from..<shown.to).contains(excerpt.focus))
        // In the middle of a text nothing but the shift decides.
        if excerpt.tokenCount == 44 { places.insert(excerpt.focus - shown.from) }
      }
    }
    #expect(places == Set(4...12))
  }

  @Test("a silent text is cut as often early and late as the firing ones")
  func cutsTellNothing() throws {
    // Of ten firing texts one peaks early, nine late.
    let firing = (0..<10).map {
      FocusedExcerpt(
        excerpt: ExcerptID(rawValue: "f\($0)"), tokenCount: 50, focus: $0 == 0 ? 2 : 30)
    }
    let silent = [SilentExcerpt(excerpt: ExcerptID(rawValue: "s"), tokenCount: 60)]
    let material = UnitMaterial(
      unit: UnitID(rawValue: "u"), clues: [], reveals: [], pairs: [], top20MeanPeak: 0,
      isLexical: false, oddOneOut: OddOneOutMaterial(firing: firing, silent: silent))
    var early = 0
    var count = 0
    for seed in 0..<3_000 as Range<UInt64> {
      for shown in round(seed: seed, material: material).question.excerpts ?? []
      where shown.excerpt == silent[0].excerpt {
        count += 1
        early += shown.from == 0 ? 1 : 0
      }
    }
    #expect((0.07...0.13).contains(Double(early) / Double(count)), "\(early) of \(count)")
  }

  @Test("a text shorter than what is usually shown is shown whole")
  func shortTexts() {
    let texts = (0..<4).map {
      FocusedExcerpt(
        excerpt: ExcerptID(rawValue: "e\($0)"), tokenCount: 1 + 3 * $0, focus: $0)
    }
    let silent = SilentExcerpt(excerpt: ExcerptID(rawValue: "e4"), tokenCount: 13)
    let material = UnitMaterial(
      unit: UnitID(rawValue: "u"), clues: [], reveals: [], pairs: [], top20MeanPeak: 0,
      isLexical: false,
      oddOneOut: OddOneOutMaterial(firing: texts, silent: [silent]))
    #expect(material.canBeAsked(as: .oddOneOut))
    for seed in 0..<50 as Range<UInt64> {
      for shown in round(seed: seed, material: material).question.excerpts ?? [] {
        let count = texts.first { $0.excerpt == shown.excerpt }?.tokenCount
        #expect(shown.from == 0 && shown.to == count ?? silent.tokenCount)
      }
    }
  }

  @Test("what is no option is refused, and an answer is final")
  func refusals() throws {
    var round = round(seed: 3)
    for index in [4, -1, .max, .min] {
      #expect(throws: DuelRejection.notAnOption) {
        try round.take(
          .oddOneOut(choice: .excerpt(index: index)), seat: 0, timeLeft: share(1))
      }
    }
    for answer in [Answer.pick(side: .a), .predict(tokens: [1]), .fire(text: "x"), .done] {
      #expect(throws: DuelRejection.wrongKindOfAnswer) {
        try round.take(answer, seat: 0, timeLeft: share(1))
      }
    }
    #expect(!round.isLockedIn(seat: 0))
    _ = try round.take(.oddOneOut(choice: .allTheSame), seat: 0, timeLeft: share(1))
    #expect(throws: DuelRejection.alreadyAnswered) {
      try round.take(.oddOneOut(choice: .excerpt(index: 0)), seat: 0, timeLeft: share(1))
    }
    #expect(throws: DuelRejection.notWanted) { try round.take(.comparison(isSame: true)) }
    #expect(round.outstanding == [] && !round.isWaiting && round.counts)
  }

  @Test("it is asked only where both forms of it can be made")
  func askable() {
    func material(firing: Int, silent: Int, twice: Bool = false) -> UnitMaterial {
      func name(_ prefix: String, _ number: Int) -> ExcerptID {
        ExcerptID(rawValue: twice ? "same" : "\(prefix)\(number)")
      }
      return UnitMaterial(
        unit: UnitID(rawValue: "u"), clues: [], reveals: [], pairs: [], top20MeanPeak: 0,
        isLexical: false,
        oddOneOut: OddOneOutMaterial(
          firing: (0..<firing).map {
            FocusedExcerpt(excerpt: name("f", $0), tokenCount: 9, focus: 1)
          },
          silent: (0..<silent).map { SilentExcerpt(excerpt: name("s", $0), tokenCount: 9) }))
    }
    #expect(material(firing: 4, silent: 1).canBeAsked(as: .oddOneOut))
    #expect(!material(firing: 3, silent: 1).canBeAsked(as: .oddOneOut))
    #expect(!material(firing: 4, silent: 0).canBeAsked(as: .oddOneOut))
    #expect(!material(firing: 4, silent: 1, twice: true).canBeAsked(as: .oddOneOut))
    // A round of a material that can't be asked is a blank, not a trap.
    var blank = round(seed: 1, material: material(firing: 0, silent: 1))
    #expect(blank.question.excerpts == [])
    #expect(throws: DuelRejection.notAnOption) {
      try blank.take(.oddOneOut(choice: .excerpt(index: 0)), seat: 0, timeLeft: share(1))
    }
  }

  @Test("the reveal has the excerpts as shown, the odd one, the choices and their times")
  func reveal() throws {
    var round = round(seed: 5)
    _ = try round.take(.oddOneOut(choice: .excerpt(index: 2)), seat: 1, timeLeft: share(15_000))
    #expect(
      round.reveal
        == .oddOneOut(
          excerpts: (round.question.excerpts ?? []).map(\.excerpt), odd: round.odd,
          choices: [nil, .excerpt(index: 2)], milliseconds: [nil, 5_000]))
    #expect(try roundTripped(round) == round)
    #expect(try roundTripped(round.reveal) == round.reveal)
  }
}
