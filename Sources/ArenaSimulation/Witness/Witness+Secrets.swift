import ArenaRules
import ArenaTypes

/// A text that a player has answered with, known by the mark in it.
struct MarkedAnswer {
  let player: PlayerID
  /// The duel; nil for an answer in a contest, which nobody else is ever shown.
  let duel: DuelID?
  let round: Int
}

extension Witness {
  /// What begins the mark of a text that a player writes; a number and `QZ` end it.
  static let answerMark = "ZQ"
  private static let first = UInt8(ascii: "Z")
  private static let heldOut = Array(MarkedCampaign.heldOutMark.utf8)

  /// Looks for the marks of held-out excerpts and of others' answers.
  func searchForSecrets(_ text: String, _ line: Line) {
    var found: [String] = []
    var isHeldOut = false
    var copy = text
    let hidesExcerpts = hidesExcerpts
    copy.withUTF8 { bytes in
      var index = 0
      while index < bytes.count {
        defer { index += 1 }
        guard bytes[index] == Self.first, index + 1 < bytes.count else { continue }
        if bytes[index + 1] == UInt8(ascii: "Q") {
          let end = bytes[index...].prefix(24).dropFirst(2).prefix { (48...57).contains($0) }
          if !end.isEmpty { found.append(String(decoding: end, as: UTF8.self)) }
        } else if bytes[index + 1] == UInt8(ascii: "C"), hidesExcerpts {
          let end = bytes[index...].prefix(40).prefix { $0 != UInt8(ascii: "\"") }
          checkHidden(excerpt: String(decoding: end, as: UTF8.self), text, on: line)
        } else if bytes[index...].starts(with: Self.heldOut) {
          isHeldOut = true
        }
      }
    }
    world.counts.checks += 1
    if isHeldOut { fail("a held-out excerpt left the server: \(text)") }
    for number in found {
      check(mark: number, text, line)
      checkHidden(mark: number, text, on: line)
    }
  }

  private func check(mark number: String, _ text: String, _ line: Line) {
    checkGhosts(number, text, line)
    guard let answer = marks[number], answer.player != line.player else { return }
    // Once the reveal is on disk, or the duel is long over, the text is everybody's.
    guard let id = answer.duel else {
      return fail("\(answer.player)'s text in a contest went to another: \(text)")
    }
    guard let duel = durable.duels[id]?.duel else { return }
    let isRevealed = duel.results.contains { $0.round == answer.round }
    require(
      isRevealed,
      "\(line.player?.rawValue ?? "somebody") is sent what \(answer.player) wrote in round "
        + "\(answer.round + 1) of \(id): \(text)")
  }
}
