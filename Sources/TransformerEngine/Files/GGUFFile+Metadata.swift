extension GGUFFile {
  private func wrong(_ key: String, _ wanted: String) -> EngineError {
    .malformed(
      file: contents.name,
      reason: metadata[key] == nil ? "\(key) is missing" : "\(key) isn't \(wanted)")
  }

  /// The integer under `key`, within `range`.
  ///
  /// - Throws: `EngineError.malformed` when it is missing, of another type or outside.
  public func integer(_ key: String, in range: ClosedRange<Int>) throws(EngineError) -> Int {
    guard case .integer(let value) = metadata[key], let value = Int(exactly: value),
      range.contains(value)
    else { throw wrong(key, "an integer in \(range)") }
    return value
  }

  /// The number under `key`.
  ///
  /// - Throws: `EngineError.malformed` when it is missing, of another type or not finite.
  public func number(_ key: String) throws(EngineError) -> Double {
    guard case .number(let value) = metadata[key], value.isFinite else {
      throw wrong(key, "a number")
    }
    return value
  }

  /// The text under `key`.
  ///
  /// - Throws: `EngineError.malformed` when it is missing or of another type.
  public func string(_ key: String) throws(EngineError) -> String {
    guard case .string(let value) = metadata[key] else { throw wrong(key, "a text") }
    return value
  }

  /// The texts under `key`.
  ///
  /// - Throws: `EngineError.malformed` when they are missing or of another type.
  public func strings(_ key: String) throws(EngineError) -> [String] {
    guard case .array(let values) = metadata[key] else { throw wrong(key, "an array of texts") }
    var strings: [String] = []
    strings.reserveCapacity(values.count)
    for value in values {
      guard case .string(let string) = value else { throw wrong(key, "an array of texts") }
      strings.append(string)
    }
    return strings
  }

  /// The numbers under `key`.
  ///
  /// - Throws: `EngineError.malformed` when they are missing or of another type.
  public func numbers(_ key: String) throws(EngineError) -> [Double] {
    guard case .array(let values) = metadata[key] else { throw wrong(key, "an array of numbers") }
    var numbers: [Double] = []
    numbers.reserveCapacity(values.count)
    for value in values {
      guard case .number(let number) = value else { throw wrong(key, "an array of numbers") }
      numbers.append(number)
    }
    return numbers
  }

  /// The tensor of this name with these dimensions, the fastest first.
  ///
  /// - Throws: `EngineError.malformed` when it is missing or shaped otherwise.
  public func tensor(_ name: String, _ dimensions: Int...) throws(EngineError) -> Tensor {
    guard let tensor = tensors[name] else {
      throw .malformed(file: contents.name, reason: "tensor \(name) is missing")
    }
    guard tensor.dimensions == dimensions else {
      throw .malformed(
        file: contents.name,
        reason: "tensor \(name) is \(tensor.dimensions), not \(dimensions)")
    }
    return tensor
  }
}
