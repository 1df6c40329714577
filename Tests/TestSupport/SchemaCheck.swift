import ArenaProtocol

/// Looks at one schema document before it is used: every keyword known, every reference leading
/// somewhere.
struct SchemaCheck {
  let documents: [String: JSONValue]
  let file: String

  func check(_ schema: JSONValue) throws(SchemaError) {
    if schema.bool != nil { return }
    guard let object = schema.object else { throw .badKeyword("schema", file: file) }
    for member in object.members { try check(keyword: member.key, member.value) }
  }

  private func check(keyword: String, _ value: JSONValue) throws(SchemaError) {
    switch keyword {
    case "$schema", "$comment", "title", "description": try require(value.string != nil, keyword)
    case "examples", "enum": try require(value.array != nil, keyword)
    case "const": break
    case "type":
      let types = value.array?.map(\.string) ?? [value.string]
      try require(types.allSatisfy { $0.map(SchemaValidator.types.contains) ?? false }, keyword)
    case "required": try require(value.array?.allSatisfy { $0.string != nil } ?? false, keyword)
    case "minimum", "maximum": try require(value.number != nil, keyword)
    case "minLength", "maxLength", "minItems", "maxItems":
      try require(value.integer != nil, keyword)
    case "pattern":
      try require(value.string.map { (try? Regex($0)) != nil } ?? false, keyword)
    case "items", "additionalProperties": try check(value)
    case "oneOf", "anyOf", "prefixItems":
      guard let schemas = value.array else { throw .badKeyword(keyword, file: file) }
      for schema in schemas { try check(schema) }
    case "properties", "$defs":
      guard let schemas = value.object else { throw .badKeyword(keyword, file: file) }
      for member in schemas.members { try check(member.value) }
    case "$ref":
      let found = value.string.flatMap {
        SchemaReference($0, from: file).flatMap { $0.schema(in: documents) }
      }
      guard found != nil else { throw .danglingReference(value.string ?? "", file: file) }
    default: throw .unknownKeyword(keyword, file: file)
    }
  }

  private func require(_ condition: Bool, _ keyword: String) throws(SchemaError) {
    guard condition else { throw .badKeyword(keyword, file: file) }
  }
}

/// Where a `$ref` leads: a file, and a definition in it.
struct SchemaReference {
  let file: String
  let definition: String?

  /// Reads `reference`, which is relative to `origin`; nil if it has a form that no schema here uses.
  init?(_ reference: String, from origin: String) {
    let parts = reference.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    var folders = origin.split(separator: "/").dropLast().map(String.init)
    var name = origin
    if let target = parts.first, !target.isEmpty {
      for step in target.split(separator: "/") {
        if step == ".." {
          guard folders.popLast() != nil else { return nil }
        } else {
          folders.append(String(step))
        }
      }
      name = folders.joined(separator: "/")
    }
    file = name
    guard parts.count == 2 else {
      definition = nil
      return
    }
    guard parts[1].hasPrefix("/$defs/") else { return nil }
    definition = String(parts[1].dropFirst("/$defs/".count))
  }

  func schema(in documents: [String: JSONValue]) -> JSONValue? {
    guard let document = documents[file] else { return nil }
    guard let definition else { return document }
    return document["$defs"]?[definition]
  }
}
