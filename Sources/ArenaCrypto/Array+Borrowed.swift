extension Array where Element == UInt8 {
  /// Hands out the bytes; keeps the closure's own error type, which `withUnsafeBytes` loses.
  func borrowed<Value, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Value
  ) throws(Failure) -> Value {
    try span.bytes.withUnsafeBytes(body)
  }
}
