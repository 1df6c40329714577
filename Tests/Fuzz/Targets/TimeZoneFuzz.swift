import ArenaRules
import ArenaTypes

/// A TZif file as an operator's system has it.
///
/// Whatever is read is a zone whose clocks are never further from UTC than any real one's, at each moment
/// and for each local time.
enum TimeZoneFuzz: FuzzTarget {
  static let name = "time-zone"

  /// No zone is further from UTC, in seconds.
  private static let offsetMax: Int64 = 26 * 3_600

  static func run(_ input: inout FuzzInput) throws(FuzzFinding) {
    // A second between the years 1700 and 2240.
    let chosen = (0..<4).reduce(Int64(0)) { value, _ in value << 8 | Int64(input.decision()) }
    let second = chosen * 4 - 8_520_336_000
    guard let zone = try? TimeZoneTable(name: "fuzz", bytes: input.bytes) else { return }
    let moment = Timestamp(millisecondsSinceEpoch: second * 1_000)
    let offset = zone.offset(at: moment)
    try hold(abs(offset) < offsetMax, "\(offset) s from UTC")
    let local = zone.local(moment)
    try hold(local.seconds == second + offset, "\(local) at \(moment)")
    let back = zone.moment(of: local)
    let distance = floorDivision(back.millisecondsSinceEpoch, by: 1_000) - local.seconds
    try hold(abs(distance) <= offsetMax, "\(local) is \(distance) s from its moment")
  }

  private static func floorDivision(_ number: Int64, by divisor: Int64) -> Int64 {
    number >= 0 ? number / divisor : -((-number + divisor - 1) / divisor)
  }
}
