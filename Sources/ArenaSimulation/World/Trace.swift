import ArenaCrypto
import ArenaTypes

/// Everything that happens, as a running hash, and the end of it in words.
struct Trace {
  private static let tailCountMax = 400
  private static let lineLengthMax = 400
  private static let pendingByteCountMax = 1 << 16

  private var hash: SHA256
  private var pending: [UInt8] = []
  private var failure: (any Error)?
  private var lines: [String] = []
  private var next = 0
  /// How many things have happened.
  private(set) var count = 0

  init() throws { hash = try SHA256() }

  /// What happened last, oldest first.
  var tail: [String] { Array(lines[next...] + lines[..<next]) }

  /// Notes that something has happened.
  mutating func note(_ what: String, at now: Timestamp) {
    count += 1
    let line = "\(now.millisecondsSinceEpoch) \(what)"
    pending += line.utf8
    pending.append(UInt8(ascii: "\n"))
    if pending.count > Self.pendingByteCountMax { flush() }
    let shown = String(line.prefix(Self.lineLengthMax))
    if lines.count < Self.tailCountMax {
      lines.append(shown)
    } else {
      lines[next] = shown
      next = (next + 1) % lines.count
    }
  }

  private mutating func flush() {
    do {
      try pending.withUnsafeBytes { try hash.update($0) }
    } catch {
      failure = error
    }
    pending.removeAll(keepingCapacity: true)
  }

  /// The SHA-256 of all so far, in hexadecimal.
  mutating func digest() throws -> String {
    flush()
    if let failure { throw failure }
    return Hex.encode(try hash.finish())
  }
}
