/// A model file in GGUF version 3 (ggml's gguf.md): metadata, and tensors in their stored precision.
///
/// ```
/// "GGUF" | version u32 | tensor count u64 | metadata count u64
/// metadata: key | type u32 | value                      (counts and lengths are u64)
/// tensors:  name | dimension count u32 | dimensions u64 each | type u32 | offset u64
/// padding to `general.alignment` | tensor data
/// ```
///
/// Everything is checked when the file is opened; afterwards no access can leave the file.
public final class GGUFFile: Sendable {
  /// What a file may ask for; a file beyond a limit is refused as malformed.
  public struct Limits: Sendable {
    /// Metadata entries; models have some tens.
    public var metadataCountMax = 65_536
    /// Tensors; the largest public models have some thousands.
    public var tensorCountMax = 65_536
    /// Bytes of a text; a chat template is the longest that is common.
    public var stringByteCountMax = 16 << 20
    /// Elements of a metadata array; vocabularies reach 300,000.
    public var arrayCountMax = 4 << 20
    /// Arrays within arrays.
    public var arrayDepthMax = 4
    /// Dimensions of a tensor, as ggml has.
    public var dimensionCountMax = 4

    /// The defaults.
    public init() {}
  }

  /// A tensor's place in the file.
  public struct Tensor: Sendable, Hashable {
    /// Its name in the checkpoint, for example `blk.0.attn_q.weight`.
    public let name: String
    /// Its dimensions, the fastest first: a matrix [rows, columns] has `[columns, rows]`.
    public let dimensions: [Int]
    /// How its elements are stored.
    public let type: ElementType
    /// Its bytes within the file.
    let range: Range<Int>

    /// How many elements it has.
    public var elementCount: Int { dimensions.reduce(1, *) }
    /// The length of a row, the first dimension.
    public var columnCount: Int { dimensions.first ?? 1 }
    /// How many rows it has, the product of all other dimensions.
    public var rowCount: Int { dimensions.dropFirst().reduce(1, *) }
  }

  /// The file's bytes.
  public let contents: FileContents
  /// Metadata by key.
  public let metadata: [String: GGUFValue]
  /// Tensors by name.
  public let tensors: [String: Tensor]

  /// Reads and checks the file at `path`.
  ///
  /// - Throws: `EngineError` saying what is wrong with it.
  public convenience init(path: String, limits: Limits = Limits()) throws(EngineError) {
    try self.init(FileContents(path: path), limits: limits)
  }

  /// Checks a file that was read already.
  ///
  /// - Throws: `EngineError` saying what is wrong with it.
  public init(_ contents: FileContents, limits: Limits = Limits()) throws(EngineError) {
    self.contents = contents
    var reader = ByteReader(contents)
    guard try reader.integer(UInt32.self, "the magic number") == 0x4655_4747 else {
      throw reader.malformed("it doesn't begin with GGUF")
    }
    let version = try reader.integer(UInt32.self, "the version")
    guard version == 3 else {
      throw .unsupported(file: contents.name, reason: "GGUF version \(version); 3 is needed")
    }
    let tensorCount = try reader.count(max: limits.tensorCountMax, "the tensor count")
    let metadataCount = try reader.count(max: limits.metadataCountMax, "the metadata count")
    var metadata: [String: GGUFValue] = [:]
    for _ in 0..<metadataCount {
      let key = try Self.string(from: &reader, limits: limits)
      let type = try reader.integer(UInt32.self, "a value's type")
      let value = try Self.value(type: type, from: &reader, limits: limits)
      guard metadata.updateValue(value, forKey: key) == nil else {
        throw reader.malformed("\(key) is given twice")
      }
    }
    if case .integer(let count) = metadata["split.count"], count > 1 {
      throw .unsupported(file: contents.name, reason: "it is one of \(count) files of a model")
    }
    self.metadata = metadata
    tensors = try Self.tensors(
      count: tensorCount, metadata: metadata, from: &reader, limits: limits)
  }

  private static func tensors(
    count: Int, metadata: [String: GGUFValue], from reader: inout ByteReader, limits: Limits
  ) throws(EngineError) -> [String: Tensor] {
    var headers: [TensorHeader] = []
    for _ in 0..<count {
      headers.append(try TensorHeader(from: &reader, limits: limits))
    }
    var alignment = 32
    if let value = metadata["general.alignment"] {
      guard case .integer(let given) = value, (1...1 << 20).contains(given),
        given & (given - 1) == 0
      else { throw reader.malformed("general.alignment isn't a power of two") }
      alignment = Int(given)
    }
    let start = (reader.offset + alignment - 1) / alignment * alignment
    var tensors: [String: Tensor] = [:]
    for header in headers {
      let room = reader.file.count - start
      guard header.offset % UInt64(alignment) == 0, room >= 0, header.byteCount <= room,
        header.offset <= UInt64(room - header.byteCount)
      else { throw reader.malformed("\(header.name) lies outside of the file") }
      let lower = start + Int(header.offset)
      let tensor = Tensor(
        name: header.name, dimensions: header.dimensions, type: header.type,
        range: lower..<lower + header.byteCount)
      guard tensors.updateValue(tensor, forKey: header.name) == nil else {
        throw reader.malformed("\(header.name) is given twice")
      }
    }
    return tensors
  }

  /// Calls `body` with the tensor's bytes, which are valid only during the call.
  public func withUnsafeBytes<Result, Failure: Error>(
    of tensor: Tensor, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(contents.bytes(of: tensor.range))
  }
}

/// A tensor's entry as it stands in the file.
private struct TensorHeader {
  var name: String
  var dimensions: [Int]
  var type: ElementType
  var offset: UInt64
  var byteCount: Int

  init(from reader: inout ByteReader, limits: GGUFFile.Limits) throws(EngineError) {
    name = try GGUFFile.string(from: &reader, limits: limits)
    let count = try reader.integer(UInt32.self, "a dimension count")
    guard count <= limits.dimensionCountMax else {
      throw reader.malformed("\(name) has \(count) dimensions")
    }
    dimensions = []
    var elements = 1
    for _ in 0..<count {
      let dimension = try reader.count(max: Int(Int32.max), "a dimension of \(name)")
      let (product, overflow) = elements.multipliedReportingOverflow(by: dimension)
      guard !overflow else { throw reader.malformed("\(name) is too large") }
      elements = product
      dimensions.append(dimension)
    }
    let number = try reader.integer(UInt32.self, "a tensor's type")
    offset = try reader.integer(UInt64.self, "a tensor's offset")
    guard let type = ElementType(rawValue: number) else {
      throw .unsupported(file: reader.file.name, reason: "\(name) is of tensor type \(number)")
    }
    self.type = type
    // Blocks never cross rows.
    guard (dimensions.first ?? 1) % type.blockElementCount == 0,
      let byteCount = type.byteCount(elements: elements)
    else { throw reader.malformed("\(name) isn't made of whole blocks") }
    self.byteCount = byteCount
  }
}
