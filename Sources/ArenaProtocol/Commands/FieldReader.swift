import ArenaTypes

/// Reads the fields of one object strictly: each once, each of the right kind and size, no others.
///
/// Every refusal carries the path of the field as a JSON Pointer (RFC 6901).
struct FieldReader {
  /// The largest integer that JavaScript holds exactly.
  static let integerMax = 9_007_199_254_740_991

  private let members: [JSONObject.Member]
  private let path: String
  /// Which members were asked for, one bit each.
  private var taken: UInt64 = 0

  init(_ value: JSONValue?, path: String) throws(Refusal) {
    guard let value else { throw .badField(path, "is missing") }
    guard case .object(let object) = value else {
      throw .badField(path, "must be an object, not \(value.kindName)")
    }
    guard object.members.count <= 64 else { throw .badField(path, "has too many fields") }
    members = object.members
    self.path = path
  }

  /// Refuses fields that nobody asked for.
  func finish() throws(Refusal) {
    guard taken.nonzeroBitCount < members.count else { return }
    for (index, member) in members.enumerated() where taken & (1 << UInt64(index)) == 0 {
      throw .badField(path(of: String(member.key.prefix(64))), "is not known")
    }
  }

  /// The value of `key`, as it is; nil if it is absent.
  mutating func value(_ key: String) -> JSONValue? {
    guard let index = members.firstIndex(where: { $0.key == key }) else { return nil }
    taken |= 1 << UInt64(index)
    return members[index].value
  }

  private mutating func present(_ key: String) throws(Refusal) -> JSONValue {
    guard let value = value(key) else { throw .badField(path(of: key), "is missing") }
    return value
  }

  /// Whether `key` is there with something other than `null`.
  private mutating func has(_ key: String) -> Bool {
    let value = value(key)
    return value != nil && value != .null
  }

  private func path(of key: String) -> String { path + "/" + key.pointerToken }

  mutating func bool(_ key: String) throws(Refusal) -> Bool {
    let value = try present(key)
    guard let bool = value.bool else { throw kind(key, "a boolean", value) }
    return bool
  }

  mutating func boolOrNil(_ key: String) throws(Refusal) -> Bool? {
    has(key) ? try bool(key) : nil
  }

  mutating func integer(_ key: String, in range: ClosedRange<Int>) throws(Refusal) -> Int {
    let value = try present(key)
    guard let integer = value.integer else { throw kind(key, "an integer", value) }
    guard range.contains(Int(integer)) else {
      throw .badField(
        path(of: key), "must be from \(range.lowerBound) to \(range.upperBound)")
    }
    return Int(integer)
  }

  mutating func integerOrNil(_ key: String, in range: ClosedRange<Int>) throws(Refusal) -> Int? {
    has(key) ? try integer(key, in: range) : nil
  }

  /// A list of at most `countMax` integers.
  mutating func integers(
    _ key: String, in range: ClosedRange<Int>, countMax: Int
  ) throws(Refusal) -> [Int] {
    let value = try present(key)
    guard let elements = value.array else { throw kind(key, "an array", value) }
    guard elements.count <= countMax else {
      throw .badField(path(of: key), "has more than \(countMax) elements")
    }
    var integers: [Int] = []
    for (index, element) in elements.enumerated() {
      guard let integer = element.integer, range.contains(Int(integer)) else {
        throw .badField(
          path(of: key) + "/\(index)",
          "must be an integer from \(range.lowerBound) to \(range.upperBound)")
      }
      integers.append(Int(integer))
    }
    return integers
  }

  mutating func time(_ key: String) throws(Refusal) -> Timestamp {
    Timestamp(millisecondsSinceEpoch: Int64(try integer(key, in: 0...Self.integerMax)))
  }

  /// A string whose count of Unicode scalars is in `lengths`; `code` is for one that is too long.
  mutating func string(
    _ key: String, lengths: ClosedRange<Int>, tooLong code: ErrorCode = .badField
  ) throws(Refusal) -> String {
    let value = try present(key)
    guard let string = value.string else { throw kind(key, "a string", value) }
    let count = string.unicodeScalars.count
    if count > lengths.upperBound {
      throw Refusal(
        code, reason: "The field is longer than \(lengths.upperBound) characters.",
        path: path(of: key))
    }
    guard count >= lengths.lowerBound else {
      throw .badField(path(of: key), "is shorter than \(lengths.lowerBound) characters")
    }
    return string
  }

  mutating func stringOrNil(_ key: String, lengths: ClosedRange<Int>) throws(Refusal) -> String? {
    has(key) ? try string(key, lengths: lengths) : nil
  }

  /// A string of 1 to 64 of `A-Z a-z 0-9 _ -`.
  mutating func name(_ key: String) throws(Refusal) -> String {
    let name = try string(key, lengths: WireName.lengths)
    guard WireName.isValid(name) else {
      throw .badField(path(of: key), "must consist of letters, digits, _ and -")
    }
    return name
  }

  mutating func identifierOrNil<ID: Identifier>(_ key: String) throws(Refusal) -> ID? {
    has(key) ? try identifier(key) : nil
  }

  mutating func nameOrNil(_ key: String) throws(Refusal) -> String? {
    has(key) ? try name(key) : nil
  }

  mutating func identifier<ID: Identifier>(_ key: String) throws(Refusal) -> ID {
    ID(rawValue: try name(key))
  }

  mutating func unit(_ key: String) throws(Refusal) -> UnitID {
    let text = try string(key, lengths: 1...UnitID.byteCountMax)
    guard WireName.isValidUnit(text) else {
      throw .badField(path(of: key), "is not the name of a unit")
    }
    return UnitID(rawValue: text)
  }

  mutating func unitOrNil(_ key: String) throws(Refusal) -> UnitID? {
    has(key) ? try unit(key) : nil
  }

  mutating func topic(_ key: String) throws(Refusal) -> Topic {
    let text = try string(key, lengths: 1...80)
    guard let topic = Topic(text) else { throw .badField(path(of: key), "is not a topic") }
    return topic
  }

  mutating func board(_ key: String) throws(Refusal) -> BoardName {
    let text = try string(key, lengths: 1...80)
    guard let board = BoardName(text) else { throw .badField(path(of: key), "is not a board") }
    return board
  }

  mutating func territoryOrNil(_ key: String) throws(Refusal) -> Territory? {
    guard has(key) else { return nil }
    guard let territory = Territory(try string(key, lengths: 1...8)) else {
      throw .badField(path(of: key), "is not a code of ISO 3166, such as DE or DE-BY")
    }
    return territory
  }

  mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ key: String
  ) throws(Refusal) -> Choice {
    let value = try present(key)
    guard let text = value.string else { throw kind(key, "a string", value) }
    guard let choice = Choice(rawValue: text) else {
      let choices = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw .badField(path(of: key), "must be one of \(choices)")
    }
    return choice
  }

  mutating func choiceOrNil<Choice: RawRepresentable<String> & CaseIterable>(
    _ key: String
  ) throws(Refusal) -> Choice? {
    has(key) ? try choice(key) : nil
  }

  /// A reader for the object under `key`.
  mutating func fields(_ key: String) throws(Refusal) -> FieldReader {
    try FieldReader(value(key), path: path(of: key))
  }

  mutating func fieldsOrNil(_ key: String) throws(Refusal) -> FieldReader? {
    has(key) ? try fields(key) : nil
  }

  private func kind(_ key: String, _ wanted: String, _ value: JSONValue) -> Refusal {
    .badField(path(of: key), "must be \(wanted), not \(value.kindName)")
  }
}

extension FieldReader {
  private enum AnswerKind: String, CaseIterable {
    case pick, write, oddOneOut, predict, fire, done
  }

  /// What a player answers in a round.
  mutating func answer(_ key: String) throws(Refusal) -> Wire.Answer {
    var fields = try fields(key)
    let kind: AnswerKind = try fields.choice("kind")
    let answer: Wire.Answer =
      switch kind {
      case .pick: .pick(try fields.choice("side"))
      case .write: .write(try fields.text("text"))
      case .oddOneOut: .oddOneOut(try fields.integer("odd", in: 0...Wire.Answer.excerptCount))
      case .predict:
        .predict(
          try fields.integers(
            "tokens", in: 0...Excerpt.tokenCountMax - 1, countMax: Excerpt.tokenCountMax))
      case .fire: .fire(try fields.text("text"))
      case .done: .done
      }
    try fields.finish()
    return answer
  }

  private mutating func text(_ key: String) throws(Refusal) -> String {
    try string(key, lengths: 0...Wire.Answer.textLengthMax, tooLong: .textTooLong)
  }

  mutating func credentialsOrNil(_ key: String) throws(Refusal) -> ClientCommand.Credentials? {
    guard var fields = try fieldsOrNil(key) else { return nil }
    let credentials = ClientCommand.Credentials(
      id: try fields.identifier("id"), secret: try fields.string("secret", lengths: 1...200))
    try fields.finish()
    return credentials
  }
}

extension String {
  /// The text as a part of a JSON Pointer.
  fileprivate var pointerToken: String {
    guard utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else {
      return self
    }
    return map { $0 == "~" ? "~0" : $0 == "/" ? "~1" : String($0) }.joined()
  }
}
