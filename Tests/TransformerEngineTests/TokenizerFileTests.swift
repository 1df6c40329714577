import ArenaTypes
import FoundationEssentials
import Testing

@testable import TransformerEngine

@Suite struct TokenizerFileTests {
  private func open(
    _ json: String, configuration: String? = nil
  ) throws(EngineError) -> any Tokenizer {
    var names: FileContents?
    if let configuration {
      names = FileContents(Array(configuration.utf8), name: "tokenizer_config.json")
    }
    return try TokenizerFile(FileContents(Array(json.utf8), name: "tokenizer.json")).tokenizer(
      configuration: names)
  }

  /// A byte-level vocabulary of a few letters.
  private func bytes(
    preTokenizer: String = #"{"type": "ByteLevel", "add_prefix_space": false}"#,
    model: String = "", rest: String = ""
  ) -> String {
    """
    {"added_tokens": [{"id": 6, "content": "<end>", "special": true}],
     "pre_tokenizer": \(preTokenizer),\(rest)
     "model": {"type": "BPE", \(model)"vocab": {"a": 0, "b": 1, "ab": 2, "Ġ": 3, "1": 4, "Ġa": 5},
       "merges": ["a b", ["Ġ", "a"]]}}
    """
  }

  private func spaces(_ rest: String, model: String = "") -> String {
    """
    {\(rest), "model": {"type": "BPE", "unk_token": "<unk>", \(model)
       "vocab": {"<unk>": 0, "▁": 1, "a": 2, "▁a": 3, "<0xC3>": 4, "<0xA9>": 5, "aa": 6},
       "merges": [["▁", "a"], ["a", "a"]]}}
    """
  }

  private let bert = """
    {"normalizer": {"type": "BertNormalizer", "lowercase": true},
     "pre_tokenizer": {"type": "BertPreTokenizer"},
     "model": {"type": "WordPiece", "unk_token": "[UNK]", "max_input_chars_per_word": 5,
       "vocab": {"[UNK]": 0, "[CLS]": 1, "[SEP]": 2, "a": 3, "##b": 4, "é": 5}}}
    """

  @Test func `a byte-level vocabulary is read`() throws {
    let tokenizer = try open(bytes())
    #expect(tokenizer.vocabularySize == 7 && tokenizer is ByteLevelBPE)
    #expect(tokenizer.encode("ab a<end>") == [2, 5])
    #expect(tokenizer.encode("ab a<end>", allowsSpecial: true) == [2, 5, 6])
    #expect(tokenizer.text(of: 5) == " a" && tokenizer.text(of: 6) == "<end>")
    let digits = try open(
      bytes(
        preTokenizer: """
          {"type": "Sequence", "pretokenizers": [{"type": "Digits", "individual_digits": true},
            {"type": "ByteLevel", "add_prefix_space": false}]}
          """))
    #expect((digits as? ByteLevelBPE)?.options.preTokenizer == .digitsThenGPT2)
    let prefixed = try open(bytes(preTokenizer: #"{"type": "ByteLevel"}"#))
    #expect(
      prefixed.encode("a") == [5] && prefixed.encode(" a") == [5] && prefixed.encode("") == [])
  }

  @Test func `spaces are written as the file says`() throws {
    let replaced = try open(
      spaces(
        """
        "normalizer": {"type": "Sequence", "normalizers": [{"type": "Prepend", "prepend": "▁"},
          {"type": "Replace", "pattern": {"String": " "}, "content": "▁"}]}, "pre_tokenizer": null
        """))
    #expect(replaced.encode("a") == [3] && replaced.encode(" a") == [1, 3])
    #expect(replaced.encode("aa a") == [3, 2, 3] && replaced.encode("") == [])
    #expect(replaced.decode([3, 3]) == "a a")
    for (scheme, expected) in [
      ("first", [3]), ("never", [2]), ("always", [3]),
    ] as [(String, [Int32])] {
      let tokenizer = try open(
        spaces(
          """
          "pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "\(scheme)",
            "split": false}
          """))
      #expect(tokenizer.encode("a") == expected && tokenizer.encode(" a") == [3])
    }
  }

  @Test func `what has no token is unknown, or bytes where all of its bytes have one`() throws {
    let space =
      #""pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "never"}"#
    let plain = try open(spaces(space))
    #expect(plain.encode("éa日本") == [0, 2, 0, 0])
    let fused = try open(spaces(space, model: #""fuse_unk": true,"#))
    #expect(fused.encode("日本a日") == [0, 2, 0])
    let bytes = try open(spaces(space, model: #""byte_fallback": true, "fuse_unk": true,"#))
    #expect(bytes.encode("éa日") == [4, 5, 2, 0])
    #expect(bytes.decode([4, 5]) == "é" && bytes.bytes(of: 4) == [0xC3])
    // The name of a byte, written in a text, is no byte.
    #expect(!bytes.encode("<0xC3>").contains(4))
  }

  @Test func `a WordPiece vocabulary is read`() throws {
    let tokenizer = try open(bert)
    #expect(
      tokenizer.encode("A ab É abbbb abbbbb") == [3, 3, 4, 0, 3, 4, 4, 4, 4, 0])
    #expect(tokenizer.encode("[CLS]a", allowsSpecial: true) == [1, 3])
    let cased = try open(bert.replacing(#""lowercase": true"#, with: #""lowercase": false"#))
    #expect(cased.encode("A é") == [0, 5])
  }

  @Test func `special tokens are those of the files`() throws {
    let post = """
      "post_processor": {"type": "Sequence", "processors": [{"type": "ByteLevel"},
        {"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "a", "type_id": 0}},
          {"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "b", "type_id": 0}}]}]},
      """
    let plain = try open(bytes(rest: post)).specialTokens
    #expect(plain == SpecialTokens(begin: 0, end: 1, addsBegin: true))
    let named = try open(
      bytes(rest: post),
      configuration: """
        {"bos_token": {"content": "<end>"}, "eos_token": "<end>", "pad_token": "ab",
         "unk_token": "missing", "add_bos_token": false}
        """
    ).specialTokens
    #expect(named == SpecialTokens(begin: 6, end: 6, padding: 2))
    #expect(try open(bytes()).specialTokens == SpecialTokens())
  }

  /// Of which kind the error is.
  private func kind(of text: String) -> String {
    do throws(EngineError) {
      _ = try open(text)
      return "none"
    } catch .unsupported {
      return "unsupported"
    } catch .malformed {
      return "malformed"
    } catch {
      return "other"
    }
  }

  @Test func `what the engine doesn't have is refused`() {
    let sequence = { (first: String, last: String) in
      #"{"type": "Sequence", "pretokenizers": [\#(first), \#(last)]}"#
    }
    let level = #"{"type": "ByteLevel", "add_prefix_space": false, "use_regex": false}"#
    let texts = [
      bytes(preTokenizer: "null"), bytes(preTokenizer: #"{"type": "Whitespace"}"#),
      bytes(preTokenizer: sequence(#"{"type": "Digits", "individual_digits": false}"#, level)),
      bytes(preTokenizer: sequence(level, #"{"type": "Punctuation"}"#)),
      bytes(
        preTokenizer: sequence(
          #"{"type": "Split", "pattern": {"Regex": "x"}, "behavior": "Isolated"}"#, level)),
      bytes(model: #""dropout": 0.1, "#),
      bytes(model: #""continuing_subword_prefix": "@@", "#),
      bytes(model: #""end_of_word_suffix": "</w>", "#),
      bytes(rest: #""normalizer": {"type": "NFC"},"#),
      bytes().replacing("BPE", with: "Unigram"),
      bert.replacing("BertPreTokenizer", with: "Whitespace"),
      bert.replacing("BertNormalizer", with: "NFD"),
      bytes().replacing(#""special": true"#, with: #""special": true, "single_word": true"#),
      spaces(#""pre_tokenizer": {"type": "Metaspace", "replacement": "_"}"#),
      spaces(#""pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "x"}"#),
    ]
    for text in texts {
      #expect(kind(of: text) == "unsupported", "\(text)")
    }
  }

  @Test func `files that contradict themselves are refused`() {
    let texts = [
      "", "{}", "[]", #"{"model": {}}"#, #"{"model": {"type": "BPE", "vocab": {}}}"#,
      bytes().replacing(#""a": 0"#, with: #""a": -1"#),
      bytes().replacing(#""a": 0"#, with: #""a": "x""#),
      bytes().replacing(#""a": 0"#, with: #""a": 1"#),
      bytes().replacing(#""a": 0"#, with: #""a": 2000000000"#),
      bytes().replacing(#""a": 0"#, with: #""a": 0, "a": 9"#),
      bytes().replacing(#"["Ġ", "a"]"#, with: #"["Ġ", "a", "b"]"#),
      bytes().replacing(#"["Ġ", "a"]"#, with: #"["Ġ", "b"]"#),
      bytes().replacing(#"["Ġ", "a"]"#, with: "5"),
      bytes().replacing(#"["Ġ", "a"]"#, with: #"["", "a"]"#),
      bytes().replacing(#"["Ġ", "a"]"#, with: #"" a""#),
      bytes().replacing(#""id": 6"#, with: #""id": 5"#),
      bytes().replacing(#""id": 6"#, with: #""id": 1e99"#),
      bert.replacing("[SEP]", with: "[END]"), bytes(preTokenizer: #"{"type": "Sequence"}"#),
    ]
    for text in texts {
      #expect(kind(of: text) == "malformed", "\(text)")
    }
  }

  @Test func `damaged files never crash, and what is read encodes`() {
    var generator = SeededGenerator(seed: 0x70C)
    let space = #""pre_tokenizer": {"type": "Metaspace", "replacement": "▁"}"#
    for text in [bytes(), spaces(space, model: #""byte_fallback": true,"#), bert] {
      let whole = Array(text.utf8)
      for _ in 0..<400 {
        var bytes = whole
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
          bytes[Int.random(in: 0..<bytes.count, using: &generator)] =
            whole[Int.random(in: 0..<whole.count, using: &generator)]
        }
        guard let file = try? TokenizerFile(FileContents(bytes, name: "damaged")),
          let tokenizer = try? file.tokenizer()
        else { continue }
        let tokens = tokenizer.encode("ab é a1 <end>", allowsSpecial: true)
        #expect(tokens.allSatisfy { (0..<tokenizer.vocabularySize).contains(Int($0)) })
      }
    }
  }
}
