import ArenaTypes
import ArenaCrypto
import CLinux

/// The keys that seal session tickets (RFC 5077, RFC 8446 section 4.6.1), for all shards together.
///
/// They are made at random when the process starts and are never written anywhere, and they live
/// longer than a certificate: a reload keeps them, so clients resume across it. Every twelve hours a
/// new key seals; the one before still opens for another twelve, which is as long as a ticket is
/// good. So no ticket is refused before its time, and what a stolen key could open is a day old at
/// most; TLS 1.3 resumes with a fresh key exchange on top.
final class TicketKeys: Sendable {
  struct Key: Sendable {
    let name: [UInt8]
    let cipherKey: [UInt8]
    let macKey: [UInt8]
    let madeAtSecond: Int64
  }

  private struct Ring {
    var current: Key?
    var previous: Key?
  }

  static let nameByteCount = 16
  /// How long a ticket is good, and a key seals.
  static let ticketLifetimeSeconds = 12 * 3_600

  private let ring = Locked(Ring())
  private let seconds: @Sendable () -> Int64

  /// No keys yet; they are made when they are needed.
  ///
  /// - Parameter seconds: A clock that never goes back.
  init(seconds: @escaping @Sendable () -> Int64 = { ca_monotonic_nanoseconds() / 1_000_000_000 }) {
    self.seconds = seconds
  }

  /// The key that seals; nil where there are no random bytes to be had.
  func current() -> Key? {
    ring.withLock { ring in
      rotate(&ring)
      return ring.current
    }
  }

  /// The key of that name, if it may still open tickets.
  func key(named name: UnsafeRawBufferPointer) -> (key: Key, isCurrent: Bool)? {
    ring.withLock { ring in
      rotate(&ring)
      if let key = ring.current, key.name.elementsEqual(name) { return (key, true) }
      if let key = ring.previous, key.name.elementsEqual(name),
        seconds() - key.madeAtSecond < 2 * Int64(Self.ticketLifetimeSeconds)
      {
        return (key, false)
      }
      return nil
    }
  }

  private func rotate(_ ring: inout Ring) {
    let now = seconds()
    let lifetime = Int64(Self.ticketLifetimeSeconds)
    if let current = ring.current, now - current.madeAtSecond < lifetime { return }
    guard let bytes = try? secureRandomBytes(Self.nameByteCount + 64) else { return }
    ring.previous = ring.current
    ring.current = Key(
      name: Array(bytes[..<Self.nameByteCount]),
      cipherKey: Array(bytes[Self.nameByteCount...].prefix(32)),
      macKey: Array(bytes[Self.nameByteCount...].dropFirst(32)), madeAtSecond: now)
  }
}
