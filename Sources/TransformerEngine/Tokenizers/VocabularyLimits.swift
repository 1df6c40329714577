/// What a vocabulary may ask for; a larger one is refused as malformed.
enum VocabularyLimits {
  /// Tokens; the largest public vocabularies have 262,144.
  static let tokenCountMax = 1 << 22
  /// Merges; Llama 3 has 280,147.
  static let mergeCountMax = 1 << 23
  /// Bytes of a token that takes part in merges by score: all its ways to be cut are tried.
  static let scoredByteCountMax = 1024
}
