/// The bytes of a message that did not arrive as one whole frame.
///
/// A class with memory of its own instead of an array, because an event points into it: the
/// address stays good until the next append or the end of the buffer.
final class MessageBuffer {
  private var memory: UnsafeMutableRawBufferPointer
  private(set) var byteCount = 0

  init() { memory = UnsafeMutableRawBufferPointer(start: nil, count: 0) }

  deinit { memory.deallocate() }

  var bytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: memory[..<byteCount])
  }

  /// Adds a piece; memory grows with what has arrived, never with what a header announces.
  ///
  /// - Complexity: amortised O(*n*) in the piece's length.
  func append(_ piece: UnsafeRawBufferPointer) {
    guard !piece.isEmpty else { return }
    let needed = byteCount + piece.count
    if needed > memory.count { grow(to: max(needed, memory.count * 2, 256)) }
    UnsafeMutableRawBufferPointer(rebasing: memory[byteCount..<needed]).copyMemory(from: piece)
    byteCount = needed
  }

  func copy() -> MessageBuffer {
    let twin = MessageBuffer()
    twin.append(bytes)
    return twin
  }

  private func grow(to capacity: Int) {
    let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity, alignment: 16)
    larger.copyMemory(from: bytes)
    memory.deallocate()
    memory = larger
  }
}
