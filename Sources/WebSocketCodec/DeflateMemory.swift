/// Where a ``Deflater`` or ``Inflater`` puts what it makes, until the next message.
///
/// Those of one queue may share one: its size is that of the largest message lately, not of all.
public final class DeflateMemory {
  /// What is kept from one message to the next; more is given back.
  static let keptByteCountMax = 1 << 18

  private(set) var bytes = UnsafeMutableRawBufferPointer(start: nil, count: 0)

  /// Its size.
  public var byteCount: Int { bytes.count }

  /// Memory of no size.
  public init() {}

  deinit { bytes.deallocate() }

  /// Makes room for a new message; what was there is lost.
  func reset(byteCount: Int) {
    let isWasteful = bytes.count > Self.keptByteCountMax && byteCount <= Self.keptByteCountMax
    guard bytes.count < byteCount || isWasteful else { return }
    bytes.deallocate()
    bytes = .allocate(byteCount: byteCount, alignment: 16)
  }

  /// Makes more room behind the first `byteCount` bytes, which stay.
  func grow(to capacity: Int, keeping byteCount: Int) {
    let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity, alignment: 16)
    larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[..<byteCount]))
    bytes.deallocate()
    bytes = larger
  }
}
