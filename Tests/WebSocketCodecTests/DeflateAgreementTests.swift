import Testing
import WebSocketCodec

@Suite struct DeflateAgreementTests {
  @Test(
    "A server answers every offer as the vectors say", arguments: try DeflateVectors.load().offers)
  func server(_ vector: DeflateVectors.Offer) throws {
    guard vector.malformed != true else {
      #expect(ExtensionOffer.list(vector.offers) == nil)
      return
    }
    let offers = try #require(ExtensionOffer.list(vector.offers))
    let result = DeflateExtension.agree(to: offers, vector.configuration.value)
    #expect(result?.answer == vector.answer)
    #expect(result.map { DeflateVectors.Agreement($0.agreement) } == vector.agreement)
  }

  @Test(
    "A client takes an answer or fails, as the vectors say",
    arguments: try DeflateVectors.load().answers)
  func client(_ vector: DeflateVectors.Answer) throws {
    let answer = try #require(ExtensionOffer.list(vector.answer))
    let agreement = DeflateExtension.agreement(in: answer, to: vector.configuration.value)
    #expect(agreement.map { DeflateVectors.Agreement($0) } == vector.agreement)
  }

  @Test("What one side offers or answers, the other takes, and both agree on the same")
  func bothSides() throws {
    for client in configurations {
      for server in configurations {
        let offers = try #require(ExtensionOffer.list([DeflateExtension.offer(client)]))
        let (agreed, answer) = try #require(DeflateExtension.agree(to: offers, server))
        let told = try #require(ExtensionOffer.list([answer]))
        let taken = try #require(DeflateExtension.agreement(in: told, to: client))
        // The client may use less than it may: what counts is that nobody uses more.
        #expect(taken.serverKeepsContext == agreed.serverKeepsContext)
        #expect(!taken.clientKeepsContext || agreed.clientKeepsContext)
        #expect(taken.serverWindowBits >= agreed.serverWindowBits)
        #expect(taken.clientWindowBits <= agreed.clientWindowBits)
      }
    }
  }

  private var configurations: [DeflateConfiguration] {
    [9, 12, 15].flatMap { bits in
      [(false, false), (true, false), (false, true), (true, true)].map { server, client in
        var configuration = DeflateConfiguration()
        configuration.windowBits = bits
        configuration.serverKeepsContext = server
        configuration.clientKeepsContext = client
        return configuration
      }
    }
  }
}
