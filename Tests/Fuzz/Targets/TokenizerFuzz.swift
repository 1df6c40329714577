import TransformerEngine

/// A tokenizer.json, then a zero byte, then a text that it is to encode.
enum TokenizerFileFuzz: FuzzTarget {
  static let name = "tokenizer-json"

  static func run(_ input: inout FuzzInput) throws(FuzzFinding) {
    let parts = input.bytes.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
    let contents = FileContents(Array(parts.first ?? []), name: "fuzzed")
    let configuration = FileContents(
      Array(#"{"bos_token": "a", "eos_token": {"content": "b"}}"#.utf8), name: "names")
    guard let file = try? TokenizerFile(contents),
      let tokenizer = try? file.tokenizer(configuration: configuration)
    else { return }
    try encode(parts.dropFirst().first.map(Array.init) ?? [], with: tokenizer)
  }
}

/// A GGUF file whose metadata describe a tokenizer; its last bytes are a text.
enum TokenizerGGUFFuzz: FuzzTarget {
  static let name = "tokenizer-gguf"

  static func run(_ input: inout FuzzInput) throws(FuzzFinding) {
    let count = min(Int(input.decision()), input.bytes.count)
    let contents = FileContents(Array(input.bytes.dropLast(count)), name: "fuzzed")
    guard let tokenizer = try? GGUFFile(contents).tokenizer() else { return }
    try encode(Array(input.bytes.suffix(count)), with: tokenizer)
  }
}

/// A WordPiece vocabulary, a piece a line, then a zero byte, then a text.
enum WordPieceFuzz: FuzzTarget {
  static let name = "wordpiece"

  static func run(_ input: inout FuzzInput) throws(FuzzFinding) {
    let parts = input.bytes.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
    let contents = FileContents(Array(parts.first ?? []), name: "fuzzed")
    guard let tokenizer = try? WordPiece(vocabulary: contents) else { return }
    let text = parts.dropFirst().first.map(Array.init) ?? []
    try encode(text, with: tokenizer)
    let spelled = String(decoding: text, as: UTF8.self)
    let pieces = tokenizer.pieces(of: spelled)
    try hold(
      pieces.map(\.token) == tokenizer.encode(spelled, allowsSpecial: false), "\(pieces)")
    try hold(
      pieces.allSatisfy { 0 <= $0.range.lowerBound && $0.range.upperBound <= spelled.utf8.count },
      "\(pieces)")
    let limit = text.count % 9
    let cut = tokenizer.sequence(of: String(decoding: text, as: UTF8.self), countMax: limit)
    try hold(cut.count <= max(limit, 2), "\(cut.count) tokens of \(limit)")
  }
}

/// A text for sound tokenizers of all kinds.
///
/// Seven tokenizers encode it three times each: of a text of kilobytes there would be a hundred a
/// second, and it would find nothing that its parts don't.
enum TokenizerTextFuzz: FuzzTarget {
  static let name = "tokenizer-text"
  private static let byteCountMax = 256

  static func run(_ input: inout FuzzInput) throws(FuzzFinding) {
    let bytes = Array(input.bytes.prefix(byteCountMax))
    let text = String(decoding: bytes, as: UTF8.self)
    // A written ▁ is a space to the one that writes spaces so.
    var spaced = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { spaced.append(scalar == "\u{2581}" ? " " : scalar) }
    for (name, fresh, warm) in SoundTokenizers.all {
      let tokens = fresh.encode(text)
      try hold(
        tokens == (try encode(bytes, with: warm)), "\(name): words met before change the tokens")
      guard !name.hasPrefix("bert") else { continue }
      let found = fresh.decode(tokens)
      try hold(
        found.unicodeScalars.elementsEqual(name == "spaces" ? spaced : text.unicodeScalars),
        "\(name) makes \(found) of \(text)")
    }
  }
}

/// Encodes `text` both ways; what comes out are tokens, and control tokens only where they may.
///
/// - Returns: the tokens without control tokens.
@discardableResult
private func encode(
  _ text: [UInt8], with tokenizer: any Tokenizer
) throws(FuzzFinding) -> [Int32] {
  let text = String(decoding: text, as: UTF8.self)
  var plain: [Int32] = []
  for allowsSpecial in [true, false] {
    let tokens = tokenizer.encode(text, allowsSpecial: allowsSpecial)
    try hold(
      tokens.allSatisfy { $0 >= 0 && Int($0) < tokenizer.vocabularySize }, "\(tokens) of \(text)")
    _ = tokenizer.decode(tokens)
    plain = tokens
  }
  let special = tokenizer.specialTokens
  for token in [special.begin, special.end, special.unknown, special.padding] {
    guard let token else { continue }
    try hold(token >= 0 && Int(token) < tokenizer.vocabularySize, "special token \(token)")
  }
  return plain
}

/// Small tokenizers of each kind, one that has met no words, and one that has met some.
private enum SoundTokenizers {
  static let all: [(name: String, fresh: any Tokenizer, warm: any Tokenizer)] = {
    let patterns = [
      ("gpt2", #"{"type": "ByteLevel", "add_prefix_space": false}"#),
      (
        "digits",
        sequence(#"{"type": "Digits", "individual_digits": true}"#, usesPattern: true)
      ),
      ("llama3", split(#"\p{N}{1,3}"#)), ("qwen2", split(#"\p{N}"#)),
    ]
    let texts =
      patterns.map { ($0.0, bytes($0.1)) } + [
        ("spaces", spaces), ("bert", bert(true)), ("bert-cased", bert(false)),
      ]
    return texts.compactMap { name, text in
      guard let fresh = tokenizer(text), let warm = tokenizer(text) else { return nil }
      // Long enough for words to be kept, and the alphabet in two ways.
      _ = warm.encode(
        String(repeating: "the cat's ab  ac 12 日本 \u{2581}x! THE é\u{301}\n", count: 200))
      return (name, fresh, warm)
    }
  }()

  private static func tokenizer(_ text: String) -> (any Tokenizer)? {
    let contents = FileContents(Array(text.utf8), name: "sound")
    return try? TokenizerFile(contents).tokenizer()
  }

  private static func sequence(_ first: String, usesPattern: Bool) -> String {
    """
    {"type": "Sequence", "pretokenizers": [\(first),
      {"type": "ByteLevel", "add_prefix_space": false, "use_regex": \(usesPattern)}]}
    """
  }

  private static func split(_ numbers: String) -> String {
    let pattern =
      #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|"# + numbers
      + #"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
    let written = pattern.replacing(#"\"#, with: #"\\"#)
    return sequence(
      #"{"type": "Split", "pattern": {"Regex": "\#(written)"}, "behavior": "Isolated"}"#,
      usesPattern: false)
  }

  /// All bytes in GPT-2's alphabet, and a few merges.
  private static func bytes(_ preTokenizer: String) -> String {
    var others: UInt32 = 0x100
    var entries: [String] = []
    for byte in UInt32(0)..<256 {
      var scalar = byte
      if !(0x21...0x7E).contains(byte), !(0xA1...0xAC).contains(byte), !(0xAE...0xFF).contains(byte)
      {
        scalar = others
        others += 1
      }
      entries.append(#""\u"# + hex(scalar) + #"": \#(byte)"#)
    }
    let merged = ["th", "the", "Ġt", "Ġthe", "ĠĠ", "12", "æĹ"]
    for (index, text) in merged.enumerated() { entries.append(#""\#(text)": \#(256 + index)"#) }
    return """
      {"pre_tokenizer": \(preTokenizer), "model": {"type": "BPE",
        "vocab": {\(entries.joined(separator: ", "))},
        "merges": ["t h", "th e", "Ġ t", "Ġ the", "Ġ Ġ", "1 2", "æ Ĺ"]}}
      """
  }

  private static func hex(_ value: UInt32) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 4 - digits.count) + digits
  }

  /// Spaces written ▁, and all bytes for what has no token.
  private static var spaces: String {
    let named = (UInt32(0)..<256).map { #""<0x\#(hex($0).suffix(2).uppercased())>": \#($0 + 20)"# }
    return """
      {"normalizer": {"type": "Sequence", "normalizers": [{"type": "Prepend", "prepend": "▁"},
         {"type": "Replace", "pattern": {"String": " "}, "content": "▁"}]},
       "model": {"type": "BPE", "unk_token": "<unk>", "byte_fallback": true, "fuse_unk": true,
         "vocab": {"<unk>": 0, "▁": 1, "t": 2, "h": 3, "e": 4, "th": 5, "▁t": 6, "▁▁": 7, "日": 8,
           "the": 9, "▁the": 10, "日日": 11, \(named.joined(separator: ", "))},
         "merges": ["▁ t", "t h", "th e", "▁ ▁", "▁ the", "日 日"]}}
      """
  }

  private static func bert(_ lowersCase: Bool) -> String {
    """
    {"normalizer": {"type": "BertNormalizer", "lowercase": \(lowersCase)},
     "pre_tokenizer": {"type": "BertPreTokenizer"},
     "model": {"type": "WordPiece", "unk_token": "[UNK]", "vocab": {"[UNK]": 0, "[CLS]": 1, "[SEP]": 2,
       "the": 3, "t": 4, "##h": 5, "##e": 6, "é": 7, "e": 8, "日": 9, "!": 10, "a": 11, "##a": 12}}}
    """
  }
}
