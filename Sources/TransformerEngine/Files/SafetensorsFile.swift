/// A model file in the safetensors format: a JSON header, then tensors as plain little-endian values.
///
/// ```
/// header length u64 | header JSON {"name": {"dtype", "shape", "data_offsets": [from, to]}} | data
/// ```
///
/// Everything is checked when the file is opened; afterwards no access can leave the file.
public final class SafetensorsFile: Sendable {
  /// The longest header; a thousand tensors take some 100 KB.
  public static let headerByteCountMax = 16 << 20

  /// A tensor's place in the file.
  public struct Tensor: Sendable, Hashable {
    /// Its name in the checkpoint.
    public let name: String
    /// Its dimensions, the slowest first: a matrix is `[rows, columns]`.
    public let shape: [Int]
    /// `F32`, `F16`, `BF16`; other types are listed but can't be read as floats.
    public let typeName: String
    let range: Range<Int>

    /// How its elements are stored; nil for types that can't be read as floats.
    public var type: ElementType? { SafetensorsFile.floatType(typeName) }
  }

  /// The file's bytes.
  public let contents: FileContents
  /// Tensors by name.
  public let tensors: [String: Tensor]

  /// Reads and checks the file at `path`.
  ///
  /// - Throws: `EngineError` saying what is wrong with it.
  public convenience init(path: String) throws(EngineError) {
    try self.init(FileContents(path: path))
  }

  /// Checks a file that was read already.
  ///
  /// - Throws: `EngineError` saying what is wrong with it.
  public init(_ contents: FileContents) throws(EngineError) {
    self.contents = contents
    var reader = ByteReader(contents)
    let headerCount = try reader.count(max: Self.headerByteCountMax, "the header's length")
    let header = try reader.bytes(headerCount, "the header")
    guard let entries = try JSONValue(header, of: contents.name).members else {
      throw reader.malformed("the header isn't an object of tensors")
    }
    var tensors: [String: Tensor] = [:]
    for entry in entries where entry.key != "__metadata__" {
      let tensor = try Self.tensor(entry.key, entry.value, reader)
      guard tensors.updateValue(tensor, forKey: entry.key) == nil else {
        throw reader.malformed("\(entry.key) is given twice")
      }
    }
    self.tensors = tensors
  }

  private static func tensor(
    _ name: String, _ entry: JSONValue, _ reader: ByteReader
  ) throws(EngineError) -> Tensor {
    guard let type = entry["dtype"]?.string,
      let shape = integers(entry["shape"]), let offsets = integers(entry["data_offsets"]),
      offsets.count == 2
    else { throw reader.malformed("\(name) lacks its type, shape or place") }
    guard offsets[0] >= 0, offsets[1] >= offsets[0], offsets[1] <= reader.remaining else {
      throw reader.malformed("\(name) lies outside of the file")
    }
    var elements = 1
    for dimension in shape {
      let (product, overflow) = elements.multipliedReportingOverflow(by: dimension)
      guard dimension >= 0, !overflow else { throw reader.malformed("\(name) is too large") }
      elements = product
    }
    if let width = floatType(type)?.blockByteCount {
      let (bytes, overflow) = elements.multipliedReportingOverflow(by: width)
      guard !overflow, bytes == offsets[1] - offsets[0] else {
        throw reader.malformed("\(name) isn't as long as its shape says")
      }
    }
    let start = reader.offset
    return Tensor(
      name: name, shape: shape, typeName: type, range: start + offsets[0]..<start + offsets[1])
  }

  /// The integers of an array; nil when it isn't one, or holds anything else.
  private static func integers(_ value: JSONValue?) -> [Int]? {
    guard let values = value?.array else { return nil }
    let integers = values.compactMap(\.integer)
    return integers.count == values.count ? integers : nil
  }

  fileprivate static func floatType(_ name: String) -> ElementType? {
    switch name {
    case "F32": .f32
    case "F16": .f16
    case "BF16": .bf16
    default: nil
    }
  }

  /// The tensor of this name and shape.
  ///
  /// - Throws: `EngineError` when it is missing or shaped otherwise.
  public func tensor(_ name: String, _ shape: [Int]) throws(EngineError) -> Tensor {
    guard let tensor = tensors[name] else {
      throw .malformed(file: contents.name, reason: "tensor \(name) is missing")
    }
    guard tensor.shape == shape else {
      throw .malformed(
        file: contents.name, reason: "tensor \(name) is \(tensor.shape), not \(shape)")
    }
    return tensor
  }

  /// The tensor of this name and shape as floats, row-major.
  ///
  /// - Throws: `EngineError` when it is missing, shaped otherwise or not of a float type.
  public func floats(_ name: String, _ shape: Int...) throws(EngineError) -> [Float] {
    try floats(of: tensor(name, shape))
  }

  /// The tensor as floats, row-major.
  ///
  /// - Throws: `EngineError.unsupported` when it isn't of a float type.
  public func floats(of tensor: Tensor) throws(EngineError) -> [Float] {
    guard let type = tensor.type else {
      throw .unsupported(
        file: contents.name, reason: "tensor \(tensor.name) is of type \(tensor.typeName)")
    }
    return withUnsafeBytes(of: tensor) { QuantizedBlocks.floats($0, type: type) }
  }

  /// Calls `body` with the bytes of one of this file's tensors, which are valid only during the call.
  public func withUnsafeBytes<Result, Failure: Error>(
    of tensor: Tensor, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(contents.bytes(of: tensor.range))
  }
}
