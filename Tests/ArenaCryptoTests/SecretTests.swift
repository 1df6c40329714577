import ArenaCrypto
import Testing

@Suite struct SecretTests {
  @Test("Random bytes come in the wanted number and differ each time")
  func random() throws {
    #expect(try secureRandomBytes(0).isEmpty)
    #expect(try secureRandomBytes(33).count == 33)
    #expect(try secureRandomBytes(16) != secureRandomBytes(16))
  }

  @Test("Equal bytes are equal, and a difference of one bit anywhere is seen")
  func constantTime() {
    let secret = (0..<32).map { UInt8($0) }
    #expect(constantTimeEquals(secret, secret))
    #expect(constantTimeEquals([], []))
    #expect(!constantTimeEquals(secret, Array(secret.dropLast())))
    for index in secret.indices {
      for bit in 0..<8 {
        var other = secret
        other[index] ^= 1 << bit
        #expect(!constantTimeEquals(secret, other))
      }
    }
  }
}
