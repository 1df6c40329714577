import Testing

@testable import ArenaServer

@Suite("Names of players")
struct PlayerNameTests {
  @Test(
    "A good name is kept, white space folded",
    arguments: [
      ("Ada", "Ada"), ("  Ada   Lovelace ", "Ada Lovelace"), ("Zoë", "Zoë"), ("日本語", "日本語"),
      ("a\tb\nc", "a b c"), ("O'Neill-Ünal 7", "O'Neill-Ünal 7"),
      (String(repeating: "x", count: 24), String(repeating: "x", count: 24)),
    ])
  func good(_ name: String, _ kept: String) { #expect(PlayerName.cleaned(name) == kept) }

  @Test(
    "A name that is empty, too long, or does not show is refused",
    arguments: [
      "", " \n ", String(repeating: "x", count: 25), "\u{200B}", "a\u{202E}b", "a\u{0}b",
      "a\u{E000}", "e" + String(repeating: "\u{301}", count: 60),
    ])
  func bad(_ name: String) { #expect(PlayerName.cleaned(name) == nil) }

  @Test("An invented name is itself a good one")
  func guests() {
    for _ in 0..<50 {
      let name = PlayerName.guest(from: .system)
      #expect(PlayerName.cleaned(name) == name)
    }
  }
}
