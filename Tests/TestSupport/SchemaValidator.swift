import ArenaProtocol

/// Validates values against schemas that `SchemaCheck` has let pass.
struct SchemaValidator {
  /// The words that `type` may hold.
  static let types: Set<String> = [
    "null", "boolean", "integer", "number", "string", "array", "object",
  ]

  let documents: [String: JSONValue]

  /// What in `value`, which stands at `path` of its frame, breaks `schema`, which stands in `file`.
  func validate(
    _ value: JSONValue, against schema: JSONValue, in file: String, path: String
  ) -> [SchemaViolation] {
    if let allows = schema.bool {
      return allows ? [] : [SchemaViolation(path: path, fault: "is not known")]
    }
    var violations: [SchemaViolation] = []
    for member in schema.object?.members ?? [] {
      violations += violationsOf(
        keyword: member.key, member.value, value, of: schema, in: file, path: path)
    }
    return violations
  }

  private func violationsOf(
    keyword: String, _ rule: JSONValue, _ value: JSONValue, of schema: JSONValue, in file: String,
    path: String
  ) -> [SchemaViolation] {
    switch keyword {
    case "$ref":
      guard let reference = rule.string.flatMap({ SchemaReference($0, from: file) }),
        let target = reference.schema(in: documents)
      else { return [SchemaViolation(path: path, fault: "has a schema that leads nowhere")] }
      return validate(value, against: target, in: reference.file, path: path)
    case "oneOf", "anyOf":
      return violationsOfChoice(rule.array ?? [], value, keyword: keyword, in: file, path: path)
    case "properties", "required", "additionalProperties":
      guard let object = value.object else { return [] }
      return violationsOf(
        object: object, keyword: keyword, rule, of: schema, in: file, path: path)
    case "items", "prefixItems":
      guard let array = value.array else { return [] }
      return violationsOf(array: array, keyword: keyword, rule, of: schema, in: file, path: path)
    default:
      guard let fault = fault(of: value, keyword: keyword, rule) else { return [] }
      return [SchemaViolation(path: path, fault: fault)]
    }
  }

  private func violationsOf(
    object: JSONObject, keyword: String, _ rule: JSONValue, of schema: JSONValue, in file: String,
    path: String
  ) -> [SchemaViolation] {
    switch keyword {
    case "properties":
      return object.members.flatMap { member -> [SchemaViolation] in
        guard let property = rule[member.key] else { return [] }
        return validate(
          member.value, against: property, in: file, path: "\(path)/\(member.key)")
      }
    case "required":
      let missing = (rule.array ?? []).compactMap(\.string).filter { object[$0] == nil }
      return missing.map { SchemaViolation(path: "\(path)/\($0)", fault: "is missing") }
    default:
      let others = object.members.filter { schema["properties"]?[$0.key] == nil }
      return others.flatMap {
        validate($0.value, against: rule, in: file, path: "\(path)/\($0.key)")
      }
    }
  }

  private func violationsOf(
    array: [JSONValue], keyword: String, _ rule: JSONValue, of schema: JSONValue, in file: String,
    path: String
  ) -> [SchemaViolation] {
    let prefixCount = schema["prefixItems"]?.array?.count ?? 0
    return array.enumerated().flatMap { index, element -> [SchemaViolation] in
      let isInPrefix = index < prefixCount
      guard isInPrefix == (keyword == "prefixItems") else { return [] }
      guard let schema = isInPrefix ? rule[index] : rule else { return [] }
      return validate(element, against: schema, in: file, path: "\(path)/\(index)")
    }
  }

  private func violationsOfChoice(
    _ choices: [JSONValue], _ value: JSONValue, keyword: String, in file: String, path: String
  ) -> [SchemaViolation] {
    let results = choices.map { validate(value, against: $0, in: file, path: path) }
    let fitting = results.count(where: \.isEmpty)
    if fitting == 1 || (fitting > 1 && keyword == "anyOf") { return [] }
    if fitting > 1 { return [SchemaViolation(path: path, fault: "fits \(fitting) of \(keyword)")] }
    let meant =
      zip(choices, results).first { isMeant($0.0, by: value) }?.1
      ?? results.reversed().max { depth($0) < depth($1) }
    return meant ?? [SchemaViolation(path: path, fault: "fits none of \(keyword)")]
  }

  /// Whether the fields that a choice holds to one word, such as `kind`, are so in `value`.
  private func isMeant(_ choice: JSONValue, by value: JSONValue) -> Bool {
    let words = choice["properties"]?.object?.members.filter { $0.value["const"] != nil } ?? []
    return !words.isEmpty && words.allSatisfy { $0.value["const"] == value[$0.key] }
  }

  /// How deep the first fault lies: without such words, the choice with the deepest was meant.
  private func depth(_ violations: [SchemaViolation]) -> Int {
    violations.map { $0.path.count(where: { $0 == "/" }) }.min() ?? 0
  }

  private func fault(of value: JSONValue, keyword: String, _ rule: JSONValue) -> String? {
    switch keyword {
    case "type":
      let types = rule.array?.compactMap(\.string) ?? [rule.string ?? ""]
      return types.contains { has(value, type: $0) }
        ? nil : "must be \(types.joined(separator: " or ")), not \(value.kindName)"
    case "const": return isSame(value, rule) ? nil : "is not the one value that it must be"
    case "enum":
      return (rule.array ?? []).contains { isSame(value, $0) } ? nil : "is none of the choices"
    case "pattern":
      guard let text = value.string, let pattern = rule.string else { return nil }
      let matches = (try? Regex(pattern).firstMatch(in: text)) ?? nil
      return matches == nil ? "does not match \(pattern)" : nil
    default: return faultOfSize(of: value, keyword: keyword, rule)
    }
  }

  private func faultOfSize(of value: JSONValue, keyword: String, _ rule: JSONValue) -> String? {
    let size: Double?
    switch keyword {
    case "minimum", "maximum": size = value.number
    case "minLength", "maxLength": size = value.string.map { Double($0.unicodeScalars.count) }
    case "minItems", "maxItems": size = value.array.map { Double($0.count) }
    default: return nil
    }
    guard let size, let limit = rule.number else { return nil }
    let fits = keyword.hasPrefix("min") ? size >= limit : size <= limit
    return fits ? nil : "breaks the \(keyword) \(rule.number ?? 0)"
  }

  private func has(_ value: JSONValue, type: String) -> Bool {
    switch type {
    case "integer": value.integer != nil
    case "number": value.number != nil
    default: value.kindName == type
    }
  }

  /// Equality as JSON Schema has it, where 1 and 1.0 are the same.
  private func isSame(_ left: JSONValue, _ right: JSONValue) -> Bool {
    if let left = left.number, let right = right.number { return left == right }
    return left == right
  }
}
