/// The tokens of a tokenizer.json: the model's own, and those that were added.
struct VocabularyEntries {
  /// Every token's text, by id; empty where an id has none.
  private(set) var texts: [String] = []
  /// The added ones.
  private(set) var added = AddedTokens()
  private var tokens = PieceTable(capacity: 0)

  init(_ file: TokenizerFile, _ model: JSONValue) throws(EngineError) {
    guard let members = model["vocab"]?.members else { throw file.malformed("it has no vocab") }
    var entries: [(text: String, token: Int)] = []
    entries.reserveCapacity(members.count)
    for member in members {
      guard let token = member.value.integer else { throw file.malformed("a token without an id") }
      entries.append((member.key, token))
    }
    let values = json(file.json["added_tokens"])
    var addedEntries: [AddedTokens.Entry] = []
    for value in values {
      guard let text = value["content"]?.string, let token = value["id"]?.integer,
        let number = Int32(exactly: token)
      else { throw file.malformed("an added token without text or id") }
      guard value["single_word"]?.bool != true else {
        throw file.unsupported("an added token that is found in whole words only")
      }
      entries.append((text, token))
      addedEntries.append(
        AddedTokens.Entry(
          text: text, token: number, isControl: value["special"]?.bool ?? false,
          stripsLeft: value["lstrip"]?.bool ?? false, stripsRight: value["rstrip"]?.bool ?? false))
    }
    added = AddedTokens(addedEntries)
    try place(entries, file)
  }

  /// Puts each text at its id.
  private mutating func place(
    _ entries: [(text: String, token: Int)], _ file: TokenizerFile
  ) throws(EngineError) {
    // A few ids may be missing; a number that is far off must not reserve memory.
    let limit = min(2 * entries.count + 1024, VocabularyLimits.tokenCountMax)
    tokens = PieceTable(capacity: entries.count)
    for (text, token) in entries {
      guard token >= 0, token < limit else { throw file.malformed("token \(token) of \(limit)") }
      let bytes = Array(text.utf8)
      if let other = tokens.find(bytes), other != Int32(token) {
        throw file.malformed("\(text) has two ids")
      }
      tokens.insert(bytes, Int32(token))
      if token >= texts.count {
        texts += repeatElement("", count: token + 1 - texts.count)
      }
      guard texts[token].isEmpty || texts[token].utf8.elementsEqual(bytes) else {
        throw file.malformed("token \(token) has two texts")
      }
      texts[token] = text
    }
  }

  /// The token that is written so; nil when there is none.
  func token(of text: String) -> Int32? { tokens.find(text) }
}

/// The elements of an array that may be missing.
private func json(_ value: JSONValue?) -> [JSONValue] { value?.array ?? [] }

extension SafetensorsFolder {
  /// The tokenizer of the folder: tokenizer.json, or a WordPiece's vocab.txt.
  ///
  /// - Throws: `EngineError` when there is neither, one is damaged, or it describes a tokenizer that
  ///   this engine doesn't have.
  public func tokenizer() throws(EngineError) -> any Tokenizer {
    guard let file = try file("tokenizer.json") else {
      return try WordPiece(vocabulary: FileContents(path: path + "/vocab.txt"))
    }
    return try TokenizerFile(file).tokenizer(configuration: self.file("tokenizer_config.json"))
  }
}
