/// Floats at a fixed, 64-byte aligned address, for the kernels.
///
/// `@unchecked Sendable`: weights are written only while their model is made; workspaces never leave
/// the engine's leading thread.
final class FloatBuffer: @unchecked Sendable {
  let count: Int
  let pointer: UnsafeMutablePointer<Float>
  /// What the memory belongs to; nil if it is this buffer's own.
  private let owner: AnyObject?

  /// Uninitialised room for `count` floats.
  init(count: Int) {
    self.count = count
    owner = nil
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

  /// `count` floats that belong to `owner` and must not be written to.
  init(over floats: UnsafePointer<Float>, count: Int, owner: AnyObject) {
    self.count = count
    self.owner = owner
    pointer = UnsafeMutablePointer(mutating: floats)
  }

  /// Floats of `file`; `values`, `count` of them, is called only when the file's cache has nothing of
  /// this name.
  convenience init(
    _ name: String, of file: FileContents, count: Int,
    values: () throws(EngineError) -> [Float]
  ) throws(EngineError) {
    if let kept = file.packed?.floats(name, count: count) {
      self.init(over: kept.pointer, count: count, owner: kept)
      return
    }
    self.init(try PackedWeights.making(for: file.packed, values))
    file.packed?.add(.floats(name, count: count), .floats(self))
  }

  deinit {
    if owner == nil { UnsafeMutableRawPointer(pointer).deallocate() }
  }

  /// A copy of `count` floats from `start` on.
  func array(from start: Int = 0, count: Int) -> [Float] {
    precondition(start >= 0 && count >= 0 && start + count <= self.count)
    return [Float](UnsafeBufferPointer(start: pointer + start, count: count))
  }
}
