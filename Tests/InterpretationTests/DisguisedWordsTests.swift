import Interpretation
import Testing

@Suite struct DisguisedWordsTests {
  private let words = ExplicitWords(
    blocked: ["frobble", "snark"], reviewed: ["blivet", "grand slam"], suspect: ["mumble"],
    roots: ["zorch"], blockedDisguised: ["cork"], harmless: ["snark": ["lewis"]])

  @Test(arguments: [
    "frobble", "Frobbled!", "fr0bble", "fro66le|frobbles", "f r o b b l e", "f.r.o.b.b.l.e",
    "a F-R-O-B-B-L-E b", "frooooobble", "frob\u{200B}ble", "ｆｒｏｂｂｌｅ", "frоbblе", "$nark",
    "5n4rk",
    "sn*rk", "sn**k", "unzorchable", "c0rk", "c o r k", "cor k", "(snark)", "\"sn@rk\"",
    "snaaaark?!",
  ])
  func `a word of the list is found in every disguise`(text: String) {
    #expect(words.level(of: text) == .blocked)
  }

  @Test(arguments: [
    "", "cork", "a cork", "snar", "snarky", "s*", "****", "a*b", "snark by Lewis", "nark s",
    "prices like $5", "mp3", "1234", "A B C D", "f r o g", "x*y*z", "f(x) = 4x", "!!!", "👍",
    String(repeating: "a ", count: 300), String(repeating: "*", count: 300),
    String(repeating: "9", count: 300),
  ])
  func `harmless texts are left alone`(text: String) {
    #expect(words.level(of: text) == .fine)
  }

  @Test func `what is only suspect is for a moderator, and nothing in a book`() {
    #expect(words.level(of: "they mumbled") == .review)
    #expect(!words.matches("they mumbled"))
    #expect(words.level(of: "a bl1vet") == .review)
    #expect(words.matches("blivets"))
    #expect(words.level(of: "a grand slam") == .review)
    #expect(words.level(of: "slam, grand") == .fine)
    #expect(words.level(of: "blivet snark") == .blocked)
  }

  @Test(arguments: [
    "spices", "hornets with horns", "rap music", "the heroine", "luster", "example.org",
  ])
  func `no inflection runs into another word`(text: String) {
    #expect(ExplicitWords.standard.level(of: text) == .fine)
  }
}
