import WebSocketCodec

/// The validator against the standard library's, in pieces and at every alignment.
enum UTF8Fuzz: FuzzTarget {
  static let name = "utf8"

  static func run(_ input: inout FuzzInput) throws(FuzzFinding) {
    let repeats = Int(input.decision() & 7)
    let offset = Int(input.decision() & 15)
    // Long runs reach the wide steps, which a fuzzer's few bytes would not.
    let filling = [UInt8](repeating: 0x61, count: offset)
    let unit = input.bytes
    input = FuzzInput(
      filling + repeatElement(unit, count: repeats + 1).joined() + [input.decision()])
    let cuts = input.cuts()
    let bytes = input.bytes
    let expected = String(validating: bytes, as: UTF8.self) != nil
    try hold(isValid([bytes[...]]) == expected, "whole")
    try hold(isValid(pieces(of: bytes, cutAt: cuts)) == expected, "cut at \(cuts)")
    try hold(isValid(bytes.indices.map { bytes[$0...$0] }) == expected, "byte by byte")
  }

  private static func isValid(_ pieces: [ArraySlice<UInt8>]) -> Bool {
    var validator = UTF8Validator()
    for piece in pieces where !piece.withUnsafeBytes({ validator.consume($0) }) { return false }
    return validator.isComplete
  }
}
