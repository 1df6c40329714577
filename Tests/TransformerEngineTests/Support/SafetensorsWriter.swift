import TransformerEngine

/// Writes a safetensors file of single-precision tensors.
struct SafetensorsWriter {
  private var entries: [String] = []
  private var data: [UInt8] = []

  /// Adds a tensor; `values` are its elements, row-major.
  mutating func add(_ name: String, _ shape: [Int], _ values: [Float]) {
    let start = data.count
    for value in values { withUnsafeBytes(of: value.bitPattern.littleEndian) { data += $0 } }
    entries.append(
      #""\#(name)": {"dtype": "F32", "shape": \#(shape), "data_offsets": [\#(start), \#(data.count)]}"#
    )
  }

  /// The file.
  var fileBytes: [UInt8] {
    var writer = GGUFWriter()
    writer.string("{" + entries.joined(separator: ", ") + "}")
    return writer.bytes + data
  }

  /// The file, opened.
  func file(name: String = "test.safetensors") throws(EngineError) -> SafetensorsFile {
    try SafetensorsFile(FileContents(fileBytes, name: name))
  }
}
