/// Hugging Face's `tokenizer.json`: which tokenizer it describes, in as far as this engine has it.
///
/// What the engine doesn't have is refused, never left out in silence.
public struct TokenizerFile: Sendable {
  let json: JSONValue
  /// The file's name, for messages.
  let name: String

  /// Reads the file.
  ///
  /// - Throws: `EngineError.malformed` when it isn't JSON.
  public init(_ file: FileContents) throws(EngineError) {
    json = try JSONValue(file)
    name = file.name
  }

  /// The tokenizer; `configuration` is the text of tokenizer_config.json, which names special tokens.
  ///
  /// - Throws: `EngineError` when the file contradicts itself, or describes a tokenizer that this
  ///   engine doesn't have.
  public func tokenizer(
    configuration: FileContents? = nil
  ) throws(EngineError) -> any Tokenizer {
    guard let model = json["model"] else { throw malformed("it has no model") }
    var names: JSONValue?
    if let configuration { names = try JSONValue(configuration) }
    let vocabulary = try VocabularyEntries(self, model)
    switch model["type"]?.string ?? (model["merges"] == nil ? "WordPiece" : "BPE") {
    case "BPE": return try bpe(model, vocabulary, specialTokens(vocabulary, names))
    case "WordPiece": return try wordPiece(model, vocabulary)
    case let type: throw unsupported("a model of type \(type)")
    }
  }

  func unsupported(_ reason: String) -> EngineError { .unsupported(file: name, reason: reason) }
  func malformed(_ reason: String) -> EngineError { .malformed(file: name, reason: reason) }

  // MARK: Byte-pair encodings

  private func bpe(
    _ model: JSONValue, _ vocabulary: VocabularyEntries, _ special: SpecialTokens
  ) throws(EngineError) -> any Tokenizer {
    for key in ["continuing_subword_prefix", "end_of_word_suffix"] {
      guard [nil, .null, .string("")].contains(model[key]) else { throw unsupported("a \(key)") }
    }
    guard [nil, .null, .integer(0), .number(0)].contains(model["dropout"]) else {
      throw unsupported("dropout")
    }
    let merges = try merges(model)
    let steps = try preTokenizerSteps()
    if steps.contains(where: { $0["type"]?.string == "ByteLevel" }) {
      guard isNone(json["normalizer"]) else { throw unsupported("a normalizer of bytes") }
      let (preTokenizer, addsPrefixSpace) = try byteLevel(steps)
      let options = ByteLevelBPE.Options(
        preTokenizer: preTokenizer, ignoresMerges: model["ignore_merges"]?.bool ?? false,
        addsPrefixSpace: addsPrefixSpace, specialTokens: special, added: vocabulary.added)
      return try ByteLevelBPE(
        vocabulary: vocabulary.texts, merges: merges, options: options, file: name)
    }
    guard model["ignore_merges"]?.bool != true else { throw unsupported("ignore_merges") }
    var options = SentencePieceBPE.Options()
    (options.prefix, options.cut) = try metaspace(steps)
    options.fusesUnknown = model["fuse_unk"]?.bool ?? false
    options.specialTokens = special
    options.added = vocabulary.added
    if model["byte_fallback"]?.bool == true {
      for (index, text) in vocabulary.texts.enumerated() {
        guard let byte = SentencePieceBPE.byte(named: text) else { continue }
        options.byteTokens[Int(byte)] = Int32(index)
      }
    }
    return try SentencePieceBPE(
      vocabulary: vocabulary.texts, merges: merges, options: options, file: name)
  }

  /// `["a b"]`, or `[["a", "b"]]` in younger files.
  private func merges(
    _ model: JSONValue
  ) throws(EngineError) -> [(left: Substring, right: Substring)] {
    guard let values = model["merges"]?.array else { throw malformed("it has no merges") }
    var merges: [(left: Substring, right: Substring)] = []
    merges.reserveCapacity(values.count)
    for value in values {
      if let text = value.string {
        merges.append(ByteLevelBPE.parts(text))
      } else if let pair = value.array, pair.count == 2, let left = pair[0].string,
        let right = pair[1].string
      {
        merges.append((left[...], right[...]))
      } else {
        throw malformed("merge \(merges.count) isn't two tokens")
      }
    }
    return merges
  }

  private func isNone(_ value: JSONValue?) -> Bool { value == nil || value == .null }

  /// The steps of a part that is one step, a `Sequence` of them, or none.
  private func steps(_ part: JSONValue?, _ members: String) throws(EngineError) -> [JSONValue] {
    guard let part, part != .null else { return [] }
    guard part["type"]?.string == "Sequence" else { return [part] }
    guard let steps = part[members]?.array else { throw malformed("a Sequence without steps") }
    return steps
  }

  private func preTokenizerSteps() throws(EngineError) -> [JSONValue] {
    try steps(json["pre_tokenizer"], "pretokenizers")
  }

  /// Digits | Split by a known pattern | ByteLevel, which cuts by GPT-2's unless told not to.
  private func byteLevel(
    _ steps: [JSONValue]
  ) throws(EngineError) -> (PreTokenizer, addsPrefixSpace: Bool) {
    guard let last = steps.last, last["type"]?.string == "ByteLevel" else {
      throw unsupported("something behind ByteLevel")
    }
    let addsPrefixSpace = last["add_prefix_space"]?.bool ?? true
    let usesPattern = last["use_regex"]?.bool ?? true
    switch (steps.count, usesPattern) {
    case (1, true): return (.gpt2, addsPrefixSpace)
    case (1, false): return (.none, addsPrefixSpace)
    case (2, _):
      // A prefix would go before each piece of the first step.
      guard !addsPrefixSpace else { break }
      let first = steps[0]
      if first["type"]?.string == "Digits", first["individual_digits"]?.bool == true, usesPattern {
        return (.digitsThenGPT2, false)
      }
      if !usesPattern, let preTokenizer = try split(first) { return (preTokenizer, false) }
    default: break
    }
    throw unsupported("its pre-tokenizer")
  }

  /// A `Split` by a pattern that this engine scans for.
  private func split(_ step: JSONValue) throws(EngineError) -> PreTokenizer? {
    guard step["type"]?.string == "Split", step["behavior"]?.string == "Isolated",
      step["invert"]?.bool != true, let pattern = step["pattern"]?["Regex"]?.string
    else { return nil }
    guard let preTokenizer = PreTokenizer(pattern: pattern) else {
      throw unsupported("the pattern \(pattern)")
    }
    return preTokenizer
  }

  /// ▁ for spaces: as two normalizers (Prepend, Replace), or as the pre-tokenizer Metaspace.
  private func metaspace(
    _ steps: [JSONValue]
  ) throws(EngineError) -> (SentencePieceBPE.Prefix, SentencePieceBPE.Cut) {
    let normalizers = try self.steps(json["normalizer"], "normalizers")
    let space = JSONValue.string("\u{2581}")
    if steps.isEmpty, let last = normalizers.last, last["type"]?.string == "Replace",
      last["pattern"]?["String"]?.string == " ", last["content"] == space
    {
      if normalizers.count == 1 { return (.none, .none) }
      if normalizers.count == 2, normalizers[0]["type"]?.string == "Prepend",
        normalizers[0]["prepend"] == space
      {
        return (.always, .none)
      }
    }
    guard normalizers.isEmpty, steps.count == 1, steps[0]["type"]?.string == "Metaspace",
      steps[0]["replacement"] == space
    else { throw unsupported("its normalizer or pre-tokenizer") }
    let cut: SentencePieceBPE.Cut = steps[0]["split"]?.bool == false ? .none : .beforeSpaces
    switch steps[0]["prepend_scheme"]?.string {
    case "always": return (.unlessSpace, cut)
    case "first": return (.first, cut)
    case "never": return (.none, cut)
    case nil: return (steps[0]["add_prefix_space"]?.bool == false ? .none : .unlessSpace, cut)
    case let scheme?: throw unsupported("the scheme \(scheme)")
    }
  }
}

extension PreTokenizer {
  /// The scanner of a pattern as it is written in files; nil for patterns that there is none for.
  init?(pattern: String) {
    let contractions = "(?i:'s|'t|'re|'ve|'m|'ll|'d)"
    let rest = #"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
    switch pattern {
    case #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#:
      self = .gpt2
    case contractions + #"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}"# + rest: self = .llama3
    case contractions + #"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}"# + rest: self = .qwen2
    default: return nil
    }
  }
}
