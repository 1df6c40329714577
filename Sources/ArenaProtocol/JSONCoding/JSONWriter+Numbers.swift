/// A number that is written with a bounded count of digits after the point.
///
/// Activations with 16 digits would be most of a frame, and no eye or rule needs more than three.
struct Decimal: JSONWritable {
  private static let powers: [Double] = [1, 10, 100, 1_000, 10_000]

  let number: Double
  let digits: Int

  /// `number`, to be written with at most `digits` (0 to 4) digits after the point.
  init(_ number: Double, digits: Int) {
    self.number = number
    self.digits = min(max(digits, 0), 4)
  }

  /// Appends the number, rounded half away from zero, without trailing zeros.
  ///
  /// JSON has no word for what is not finite, and one bad activation must not cost a frame: it is
  /// written as 0, and what is beyond 10^12 as that.
  func write(to writer: inout JSONWriter) {
    let finite = number.isNaN ? 0 : min(max(number, -1e12), 1e12)
    let power = Self.powers[digits]
    let scaled = Int64((finite * power).rounded())
    if scaled < 0 { writer.append(UInt8(ascii: "-")) }
    let (whole, fraction) = scaled.magnitude.quotientAndRemainder(dividingBy: UInt64(power))
    writer.append(decimal: whole)
    guard fraction > 0 else { return }
    writer.append(UInt8(ascii: "."))
    var (rest, place) = (fraction, UInt64(power) / 10)
    while rest > 0 {
      writer.append(UInt8(ascii: "0") + UInt8(rest / place))
      (rest, place) = (rest % place, place / 10)
    }
  }
}

extension JSONWriter {
  /// Appends the digits of `value`.
  mutating func append(decimal value: UInt64) {
    if value < 10 { return append(UInt8(ascii: "0") + UInt8(value)) }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
      var (rest, start) = (value, 20)
      while rest > 0 {
        start -= 1
        digits[start] = UInt8(ascii: "0") + UInt8(rest % 10)
        rest /= 10
      }
      for index in start..<20 { append(digits[index]) }
    }
  }
}
