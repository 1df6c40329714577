/// Turns texts into tokens and back, whatever the kind of its vocabulary.
///
/// Nothing that a person writes becomes a control token unless the caller says so: by default the
/// names of control tokens, such as `<|im_start|>`, are split like any other text.
public protocol Tokenizer: Sendable {
  /// How many tokens there are; ids go from 0 to this.
  var vocabularySize: Int { get }

  /// The tokens with a meaning of their own.
  var specialTokens: SpecialTokens { get }

  /// The tokens of `text`, without any begin or end token.
  ///
  /// - Parameter allowsSpecial: Whether the name of a control token becomes that token.
  /// - Complexity: O(n log n) at worst in the text's length, and O(n) for text with white space.
  func encode(_ text: String, allowsSpecial: Bool) -> [Int32]

  /// The bytes of `text` that `token` stands for; none when there is no such token.
  ///
  /// They include the white space that belongs to the token; a token may be a part of a character.
  func bytes(of token: Int32) -> [UInt8]

  /// The text of `tokens` together: characters that span tokens are whole again.
  func decode(_ tokens: some Sequence<Int32>) -> String

  /// The token that is exactly `text`, white space included; nil when it takes more than one.
  func token(for text: String) -> Int32?
}

extension Tokenizer {
  /// The tokens of `text`, none of them a control token, without any begin or end token.
  public func encode(_ text: String) -> [Int32] { encode(text, allowsSpecial: false) }

  /// The text of `token` alone; bytes that aren't a whole character become U+FFFD.
  public func text(of token: Int32) -> String { String(decoding: bytes(of: token), as: UTF8.self) }

  /// The text of `tokens` together: characters that span tokens are whole again.
  public func decode(_ tokens: some Sequence<Int32>) -> String {
    var bytes: [UInt8] = []
    for token in tokens { bytes += self.bytes(of: token) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
