import FoundationEssentials

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
    let entries: [String: Entry]
    do {
      entries = try JSONDecoder().decode([String: Entry].self, from: Data(header))
    } catch {
      throw reader.malformed("the header isn't JSON of tensors")
    }
    var tensors: [String: Tensor] = [:]
    for (name, entry) in entries where name != "__metadata__" {
      tensors[name] = try Self.tensor(name, entry, reader)
    }
    self.tensors = tensors
  }

  /// One tensor's entry; what is missing or of another type is nil.
  private struct Entry: Decodable {
    enum CodingKeys: CodingKey {
      case dtype, shape, data_offsets
    }

    var dtype: String?
    var shape: [Int]?
    var data_offsets: [Int]?

    init(from decoder: any Decoder) throws {
      // `__metadata__` may hold any keys, so nothing is demanded here.
      let container = try decoder.container(keyedBy: CodingKeys.self)
      dtype = try? container.decode(String.self, forKey: .dtype)
      shape = try? container.decode([Int].self, forKey: .shape)
      data_offsets = try? container.decode([Int].self, forKey: .data_offsets)
    }
  }

  private static func tensor(
    _ name: String, _ entry: Entry, _ reader: ByteReader
  ) throws(EngineError) -> Tensor {
    guard let type = entry.dtype, let shape = entry.shape, let offsets = entry.data_offsets,
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

  private static func floatType(_ name: String) -> ElementType? {
    switch name {
    case "F32": .f32
    case "F16": .f16
    case "BF16": .bf16
    default: nil
    }
  }

  /// The tensor of this name and shape as floats, row-major.
  ///
  /// - Throws: `EngineError` when it is missing, shaped otherwise or not of a float type.
  public func floats(_ name: String, _ shape: Int...) throws(EngineError) -> [Float] {
    guard let tensor = tensors[name] else {
      throw .malformed(file: contents.name, reason: "tensor \(name) is missing")
    }
    guard tensor.shape == shape else {
      throw .malformed(
        file: contents.name, reason: "tensor \(name) is \(tensor.shape), not \(shape)")
    }
    guard let type = Self.floatType(tensor.typeName) else {
      throw .unsupported(
        file: contents.name, reason: "tensor \(name) is of type \(tensor.typeName)")
    }
    return QuantizedBlocks.floats(
      UnsafeRawBufferPointer(rebasing: contents.bytes[tensor.range]), type: type)
  }
}
