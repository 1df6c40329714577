import ArenaProtocol
import DispatchTransport
import Testing

@testable import ArenaServer

@Suite("Answers to commands that may be repeated")
struct AnswerLedgerTests {
  private let first = ConnectionID(rawValue: 1)
  private let second = ConnectionID(rawValue: 2)

  private func command(_ name: String) throws -> Wire.CommandID {
    try #require(Wire.CommandID(rawValue: name))
  }

  @Test("A new command is admitted once, and its answer is given again")
  func repeated() throws {
    var ledger = AnswerLedger(capacity: 4)
    let one = try command("c1")
    #expect(ledger.admit(one, from: first) == .new)
    #expect(ledger.settle(one, with: [1]) == first)
    #expect(ledger.admit(one, from: second) == .answered([1]))
    #expect(ledger.settle(one, with: [2]) == nil, "the first answer stands")
    #expect(ledger.admit(one, from: second) == .answered([1]))
  }

  @Test("A command under way is answered where it was asked last")
  func underWay() throws {
    var ledger = AnswerLedger(capacity: 4)
    let one = try command("c1")
    #expect(ledger.admit(one, from: first) == .new)
    #expect(ledger.admit(one, from: second) == .underWay)
    #expect(ledger.settle(one, with: [1]) == second)
  }

  @Test("A refusal for now is forgotten, so that a repetition is a new attempt")
  func notFinal() throws {
    var ledger = AnswerLedger(capacity: 2)
    let one = try command("c1")
    for _ in 0..<5 {
      #expect(ledger.admit(one, from: first) == .new)
      #expect(ledger.settle(one, with: [9], isFinal: false) == first)
    }
    #expect(ledger.admit(one, from: first) == .new)
    #expect(ledger.settle(one, with: [1]) == first)
    #expect(ledger.admit(one, from: first) == .answered([1]))
  }

  @Test("It remembers so many commands and no more")
  func capacity() throws {
    var ledger = AnswerLedger(capacity: 3)
    for number in 1...4 {
      let name = try command("c\(number)")
      #expect(ledger.admit(name, from: first) == .new)
      _ = ledger.settle(name, with: [UInt8(number)])
    }
    #expect(ledger.admit(try command("c4"), from: first) == .answered([4]))
    #expect(ledger.admit(try command("c2"), from: first) == .answered([2]))
    #expect(ledger.admit(try command("c1"), from: first) == .new)
  }
}
