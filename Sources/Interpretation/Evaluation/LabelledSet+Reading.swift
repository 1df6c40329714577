import ArenaTypes

extension LabelledSet {
  /// Reads a file of one JSON object a line, perhaps compressed by gzip.
  ///
  /// <doc:LabelledUnits> describes the format. Members that it does not name are passed over.
  ///
  /// - Throws: The first fault, with its line and place.
  public init(path: String) throws(ImportFault) {
    var reader = try RecordReader(path: path)
    var units: [LabelledUnit] = []
    var lines: [UnitID: Int] = [:]
    var cutTextCount = 0
    while let record = try reader.next() {
      do throws(JSONFault) {
        var parser = LabelledUnitParser(record: try JSONRecord(record.bytes))
        let unit = try parser.unit()
        cutTextCount += parser.cutTextCount
        if let known = lines[unit.id] {
          throw JSONFault(reason: "is the unit of line \(known) once more")
        }
        lines[unit.id] = record.line
        units.append(unit)
      } catch {
        throw ImportFault(file: path, line: record.line, path: error.path, reason: error.reason)
      }
      if units.count > Self.unitCountMax {
        throw ImportFault(
          file: path, line: record.line, reason: "is beyond \(Self.unitCountMax) units")
      }
    }
    if units.count < Self.unitCountMin {
      throw ImportFault(
        file: path, line: 0,
        reason: "has \(units.count) units; comparing takes \(Self.unitCountMin)")
    }
    let name = path.split(separator: "/").last.map(String.init) ?? path
    self.init(name: name, units: units, cutTextCount: cutTextCount)
  }
}

/// Reads one record of a labelled set.
private struct LabelledUnitParser {
  let record: JSONRecord
  var cutTextCount = 0

  mutating func unit() throws(JSONFault) -> LabelledUnit {
    let layer = try record.index("layer")
    let index = try record.index("neuron")
    let model = try record.textIfAny("model") ?? LabelledSet.defaultModel
    guard UnitKind.isName(model) else { throw JSONFault(path: "/model", reason: "is no name") }
    let excerpts = try excerpts()
    let truth = try explanation("explanation")
    guard let truth else { throw JSONFault(path: "/explanation", reason: "is missing") }
    return LabelledUnit(
      id: UnitID(model: model, layer: layer, kind: .mlp, index: index), polarity: try polarity(),
      explanation: truth, kind: try kind(), group: try group(),
      isLexical: try record.flagIfAny("lexical") ?? false,
      paraphrase: try explanation("paraphrase"), halfRight: try explanation("half_right"),
      tooBroad: try explanation("too_broad"), rivals: try rivals(),
      top20MeanPeak: try usualPeak(),
      excerpts: excerpts)
  }

  private func polarity() throws(JSONFault) -> Polarity {
    let sign = try record.numberIfAny("sign") ?? 1
    guard let value = Int(exactly: sign), let polarity = Polarity(rawValue: value) else {
      throw JSONFault(path: "/sign", reason: "is neither 1 nor -1")
    }
    return polarity
  }

  private func usualPeak() throws(JSONFault) -> Float? {
    guard let number = try record.numberIfAny("top20_mean_peak") else { return nil }
    let peak = Float(number)
    guard peak.isFinite, peak > 0 else {
      throw JSONFault(path: "/top20_mean_peak", reason: "is no positive number")
    }
    return peak
  }

  private func kind() throws(JSONFault) -> LabelledUnit.Kind? {
    guard let name = try record.textIfAny("kind") else { return nil }
    guard let kind = LabelledUnit.Kind(rawValue: name) else {
      throw JSONFault(path: "/kind", reason: "is neither meaning nor form")
    }
    return kind
  }

  private func group() throws(JSONFault) -> String? {
    guard let name = try record.textIfAny("group") else { return nil }
    guard (1...40).contains(name.count) else {
      throw JSONFault(path: "/group", reason: "is no name of 1 to 40 characters")
    }
    return name
  }

  private mutating func explanation(_ key: String) throws(JSONFault) -> ExplanationText? {
    guard let text = try record.textIfAny(key) else { return nil }
    return try explanation(text, at: "/\(key)")
  }

  /// An explanation; one that is too long is cut at a word.
  private mutating func explanation(_ text: String, at path: String)
    throws(JSONFault) -> ExplanationText
  {
    do throws(ExplanationTextRejection) {
      return try ExplanationText(text)
    } catch {
      switch error {
      case .empty, .emptyMeaning: throw JSONFault(path: path, reason: "is empty")
      case .invisibleCharacters:
        throw JSONFault(path: path, reason: "has control or invisible characters")
      case .tooManyMeanings, .tooManyWords, .tooLong: break
      }
    }
    guard let cut = LongText.cut(text) else {
      throw JSONFault(path: path, reason: "can't be cut to an explanation's length")
    }
    cutTextCount += 1
    return cut
  }

  private mutating func rivals() throws(JSONFault) -> [LabelledUnit.Rival] {
    let kinds = try record.textsIfAny("rival_kinds")
    var found: [JSONRecord.TextOrRecord] = []
    try record.eachTextOrRecord("rivals") { entry throws(JSONFault) in found.append(entry) }
    guard kinds.isEmpty || kinds.count == found.count else {
      throw JSONFault(
        path: "/rival_kinds", reason: "has \(kinds.count) kinds for \(found.count) rivals")
    }
    var rivals: [LabelledUnit.Rival] = []
    for (index, entry) in found.enumerated() {
      var kind = kinds.isEmpty ? nil : kinds[index]
      let text: String
      switch entry {
      case .text(let plain): text = plain
      case .record(let record):
        do throws(JSONFault) {
          text = try record.text("text")
          kind = try record.textIfAny("kind") ?? kind
        } catch {
          throw error.under(index).under("rivals")
        }
      }
      rivals.append(
        LabelledUnit.Rival(
          text: try explanation(text, at: "/rivals/\(index)"), kind: kind))
    }
    return rivals
  }

  private func excerpts() throws(JSONFault) -> [LabelledUnit.LabelledExcerpt] {
    var excerpts: [LabelledUnit.LabelledExcerpt] = []
    try record.each("excerpts") { record throws(JSONFault) in
      excerpts.append(try Self.excerpt(record))
    }
    if !excerpts.contains(where: { $0.isHidden && $0.kind == .top }) {
      throw JSONFault(path: "/excerpts", reason: "has no hidden excerpt of kind top")
    }
    return excerpts
  }

  private static func excerpt(_ record: JSONRecord) throws(JSONFault)
    -> LabelledUnit.LabelledExcerpt
  {
    let kind: Excerpt.Kind
    switch try record.text("kind") {
    case "top": kind = .top
    case "quantile": kind = .quantile
    case "random": kind = .random
    case "near_miss", "nearMiss": kind = .nearMiss
    default: throw JSONFault(path: "/kind", reason: "is none of top, quantile, random, near_miss")
    }
    guard let isHidden = try record.flagIfAny("hidden") else {
      throw JSONFault(path: "/hidden", reason: "is missing")
    }
    let tokens = try record.texts("tokens")
    let activations = try record.floats("acts")
    let ids = try record.floats("ids")
    guard !tokens.isEmpty else { throw JSONFault(path: "/tokens", reason: "is empty") }
    guard tokens.count == activations.count, tokens.count == ids.count else {
      throw JSONFault(
        reason: "has \(tokens.count) tokens, \(ids.count) ids and \(activations.count) acts")
    }
    guard ids.allSatisfy({ $0 >= 0 && $0 < 1e6 && $0 == $0.rounded() }) else {
      throw JSONFault(path: "/ids", reason: "holds what is no token's number")
    }
    let window = LongText.window(count: tokens.count, peak: activations)
    return LabelledUnit.LabelledExcerpt(
      kind: kind, isHidden: isHidden, source: try record.textIfAny("src") ?? "",
      tokenIDs: ids[window].map { Int32($0) }, tokens: Array(tokens[window]),
      activations: Array(activations[window]))
  }
}

/// Cuts what is longer than the game allows.
private enum LongText {
  /// As many of the first words as an explanation may have, and no more than three meanings.
  static func cut(_ text: String) -> ExplanationText? {
    let meanings = text.split(separator: "|").prefix(ExplanationText.meaningCountMax)
    let cut = meanings.map { meaning -> String in
      var words = meaning.split(whereSeparator: \.isWhitespace)
        .prefix(ExplanationText.wordCountMax).map(String.init)
      while words.count > 1,
        words.joined(separator: " ").count > ExplanationText.characterCountMax
      {
        words.removeLast()
      }
      return words.joined(separator: " ")
    }
    return try? ExplanationText(cut.joined(separator: "|"))
  }

  /// The tokens of an excerpt that are kept: 64, the strongest among them.
  static func window(count: Int, peak activations: [Float]) -> Range<Int> {
    let length = Excerpt.tokenCountMax
    guard count > length else { return 0..<count }
    let peak = activations.indices.max { activations[$0] < activations[$1] } ?? 0
    let start = peak < length ? 0 : min(count - length, peak - length / 2)
    return start..<(start + length)
  }
}
