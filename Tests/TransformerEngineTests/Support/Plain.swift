import Glibc

/// The C library's functions in double precision, under names that don't collide.
enum Plain {
  static func exp(_ x: Double) -> Double { Glibc.exp(x) }
  static func log(_ x: Double) -> Double { Glibc.log(x) }
  static func sin(_ x: Double) -> Double { Glibc.sin(x) }
  static func cos(_ x: Double) -> Double { Glibc.cos(x) }
  static func gelu(_ x: Double) -> Double { x / 2 * (1 + erf(x / 2.0.squareRoot())) }
  static func geluTanh(_ x: Double) -> Double {
    x / 2 * (1 + tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)))
  }

  /// The largest distance of `found` from `expected`; infinite when one isn't a number or is missing.
  static func worst(_ found: some Collection<Float>, _ expected: some Collection<Double>) -> Double
  {
    guard found.count == expected.count else { return .infinity }
    return zip(found, expected).reduce(0) { worst, pair in
      let distance = abs(Double(pair.0) - pair.1)
      return distance.isNaN ? .infinity : max(worst, distance)
    }
  }
}
