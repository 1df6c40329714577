/// The values that messages are made of, in the words of `protocol/schemas/values`.
///
/// They stand in a namespace of their own because the rules have things of the same names that know
/// more: what is not here can't get onto the wire. Every field is always written; one that does not
/// apply is `null`.
public enum Wire {
  /// One value for each of the two seats; on the wire an array of two.
  public struct Pair<Element: Hashable & Sendable>: Hashable, Sendable {
    /// The value of seat 0.
    public var first: Element
    /// The value of seat 1.
    public var second: Element

    /// A pair of these values.
    public init(_ first: Element, _ second: Element) {
      self.first = first
      self.second = second
    }
  }
}

extension Wire.Pair: JSONWritable where Element: JSONWritable {
  /// Appends the two as an array.
  public func write(to writer: inout JSONWriter) {
    writer.array { writer in
      writer.value(first)
      writer.value(second)
    }
  }
}
