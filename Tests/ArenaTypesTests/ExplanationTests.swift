import ArenaTypes
import Testing

@Suite struct ExplanationTextTests {
  @Test func foldsWhiteSpaceAndJoinsMeanings() throws {
    let text = try ExplanationText("  words  about\train |snow ")
    #expect(text.meanings == ["words about rain", "snow"])
    #expect(text.description == "words about rain | snow")
  }

  @Test(arguments: [
    ("", ExplanationTextRejection.empty),
    (" | ", .empty),
    ("rain |", .emptyMeaning),
    ("a|b|c|d", .tooManyMeanings(4)),
    ("a b c d e f g h i j k l m", .tooManyWords(13)),
    (String(repeating: "x", count: 81), .tooLong(81)),
    ("ra\u{200B}in", .invisibleCharacters),
    ("ra\u{0000}in", .invisibleCharacters),
  ])
  func refusesWhatBreaksALimit(text: String, rejection: ExplanationTextRejection) {
    #expect(throws: rejection) { try ExplanationText(text) }
  }

  @Test func boundsBytesEvenWhereGraphemesAreEndless() {
    let zalgo = "a" + String(repeating: "\u{0301}", count: 500)
    #expect(throws: ExplanationTextRejection.self) { try ExplanationText(zalgo) }
  }
}

@Suite struct UnitIDTests {
  @Test func readsItsParts() throws {
    let parts = try #require(UnitID(rawValue: "smollm2-135m/12/mlp/703").parts)
    #expect(parts == ("smollm2-135m", 12, .mlp, 703))
  }

  @Test(arguments: ["", "a/b", "m/1/mlp/-1", "m/x/mlp/1", "m/1/foo/1", "/1/mlp/1", "m/1/mlp/1/2"])
  func refusesOtherForms(text: String) {
    #expect(UnitID(rawValue: text).parts == nil)
  }
}

@Suite struct SeededGeneratorTests {
  @Test func givesTheReferenceSequence() {
    // The first outputs of the reference implementation for seed 1234567.
    var generator = SeededGenerator(seed: 1_234_567)
    #expect(generator.next() == 6_457_827_717_110_365_317)
    #expect(generator.next() == 3_203_168_211_198_807_973)
  }

  @Test func forksDependOnNameAndSeed() {
    let seed = SeededGenerator(seed: 1)
    var first = seed.forked(for: "a")
    var again = seed.forked(for: "a")
    var other = seed.forked(for: "b")
    let value = first.next()
    #expect(value == again.next())
    #expect(value != other.next())
  }
}
