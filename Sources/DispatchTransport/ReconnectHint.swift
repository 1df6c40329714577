import ArenaTypes

/// The reason of a close with 1012, which tells each client another time to come back.
enum ReconnectHint {
  /// `restart; retry in N ms`, with N below `spread`.
  ///
  /// Multiples of the golden ratio fall evenly over an interval, however many there are (Knuth, The
  /// Art of Computer Programming, volume 3, section 6.4), so no two neighbours come together.
  static func reason(slot: Int, spread: Duration) -> String {
    let place = Double((UInt32(truncatingIfNeeded: slot) &* 2_654_435_769) >> 8) * 0x1p-24
    return "restart; retry in \(Int(place * Double(spread.wholeMilliseconds))) ms"
  }
}
