extension TokenizerFile {
  /// A WordPiece behind BERT's normaliser and pre-tokenizer.
  func wordPiece(
    _ model: JSONValue, _ vocabulary: VocabularyEntries
  ) throws(EngineError) -> WordPiece {
    guard let normalizer = json["normalizer"], normalizer["type"]?.string == "BertNormalizer",
      json["pre_tokenizer"]?["type"]?.string == "BertPreTokenizer"
    else { throw unsupported("a normalizer or pre-tokenizer that isn't BERT's") }
    let prefix = model["continuing_subword_prefix"] ?? .string(WordPiece.continuation)
    guard prefix.string == WordPiece.continuation else {
      throw unsupported("the prefix \(prefix)")
    }
    // Their names would have to be found in the cleaned text.
    guard !vocabulary.added.hasWords else { throw unsupported("added words") }
    var options = WordPiece.Options()
    let lowersCase = normalizer["lowercase"]?.bool ?? true
    options.words = BERTWords.Options(
      cleans: normalizer["clean_text"]?.bool ?? true,
      cutsIdeographs: normalizer["handle_chinese_chars"]?.bool ?? true,
      stripsAccents: normalizer["strip_accents"]?.bool ?? lowersCase, lowersCase: lowersCase)
    options.wordScalarCountMax = model["max_input_chars_per_word"]?.integer ?? 100
    options.unknown = model["unk_token"]?.string ?? options.unknown
    options.added = vocabulary.added.entries
    return try WordPiece(vocabulary: vocabulary.texts, options: options, file: name)
  }

  // MARK: Special tokens

  /// What the file's post-processor puts around a text, and what tokenizer_config.json names.
  func specialTokens(
    _ vocabulary: VocabularyEntries, _ configuration: JSONValue?
  ) -> SpecialTokens {
    func token(_ value: JSONValue?) -> Int32? {
      (value?.string ?? value?["content"]?.string).flatMap { vocabulary.token(of: $0) }
    }
    var special = SpecialTokens(unknown: token(json["model"]?["unk_token"]))
    for step in postProcessors() {
      switch step["type"]?.string {
      case "TemplateProcessing":
        var isBefore = true
        for part in step["single"]?.array ?? [] {
          if part["Sequence"] != nil { isBefore = false }
          guard let found = token(part["SpecialToken"]?["id"]) else { continue }
          if isBefore {
            special.begin = special.begin ?? found
            special.addsBegin = true
          } else {
            special.end = special.end ?? found
          }
        }
      case "BertProcessing", "RobertaProcessing":
        special.begin = token(step["cls"]?.array?.first)
        special.end = token(step["sep"]?.array?.first)
        special.addsBegin = special.begin != nil
      default: break
      }
    }
    guard let configuration else { return special }
    special.begin = token(configuration["bos_token"]) ?? special.begin
    special.end = token(configuration["eos_token"]) ?? special.end
    special.unknown = token(configuration["unk_token"]) ?? special.unknown
    special.padding = token(configuration["pad_token"]) ?? special.padding
    if let adds = configuration["add_bos_token"]?.bool { special.addsBegin = adds }
    return special
  }

  private func postProcessors() -> [JSONValue] {
    guard let part = json["post_processor"] else { return [] }
    return part["type"]?.string == "Sequence" ? part["processors"]?.array ?? [] : [part]
  }
}
