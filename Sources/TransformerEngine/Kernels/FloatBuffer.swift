/// Floats at a fixed, 64-byte aligned address, for the kernels.
///
/// `@unchecked Sendable`: weights are written only while their model is made; workspaces never leave
/// the engine's leading thread.
final class FloatBuffer: @unchecked Sendable {
  let count: Int
  let pointer: UnsafeMutablePointer<Float>

  /// Uninitialised room for `count` floats.
  init(count: Int) {
    self.count = count
    let memory = UnsafeMutableRawPointer.allocate(byteCount: max(count, 1) * 4, alignment: 64)
    pointer = memory.bindMemory(to: Float.self, capacity: max(count, 1))
  }

  /// A copy of `values`.
  convenience init(_ values: [Float]) {
    self.init(count: values.count)
    values.withUnsafeBufferPointer { from in
      guard let base = from.baseAddress else { return }
      pointer.initialize(from: base, count: from.count)
    }
  }

  deinit { UnsafeMutableRawPointer(pointer).deallocate() }

  /// A copy of `count` floats from `start` on.
  func array(from start: Int = 0, count: Int) -> [Float] {
    precondition(start >= 0 && count >= 0 && start + count <= self.count)
    return [Float](UnsafeBufferPointer(start: pointer + start, count: count))
  }
}
