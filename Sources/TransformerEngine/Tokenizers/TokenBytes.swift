/// What each token of a vocabulary stands for, one after another.
struct TokenBytes: Sendable {
  private var bytes: [UInt8] = []
  private var offsets = [0]

  /// How many tokens there are.
  var count: Int { offsets.count - 1 }

  /// The bytes of `token`; none when there is no such token.
  subscript(token: Int32) -> [UInt8] {
    guard token >= 0, Int(token) < count else { return [] }
    return Array(bytes[offsets[Int(token)]..<offsets[Int(token) + 1]])
  }

  /// Adds the next token.
  mutating func append(_ token: some Sequence<UInt8>) {
    bytes += token
    offsets.append(bytes.count)
  }
}
