/// Names a unit: the one thing inside a model that an explanation explains.
///
/// Its text is `model/layer/kind/index`, such as `smollm2-135m/12/mlp/703` or
/// `gpt2-small/6/feature:res-jb/4321`.
public struct UnitID: Identifier {
  /// The most bytes of the text.
  public static let byteCountMax = 96

  /// The text of the identifier.
  public let rawValue: String
  /// Wraps `rawValue` unchecked; `parts` tells whether it has the form.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// The identifier of a unit from its parts.
  public init(model: String, layer: Int, kind: UnitKind, index: Int) {
    rawValue = "\(model)/\(layer)/\(kind.rawValue)/\(index)"
  }

  /// Model, layer, kind and index; nil where the text has not this form.
  ///
  /// A unit has one text: numbers with a sign or a leading zero are no parts of one.
  public var parts: (model: String, layer: Int, kind: UnitKind, index: Int)? {
    let fields = rawValue.split(separator: "/", omittingEmptySubsequences: false)
    guard fields.count == 4, rawValue.utf8.count <= Self.byteCountMax,
      UnitKind.isName(fields[0]), let layer = Self.number(fields[1]),
      let kind = UnitKind(rawValue: String(fields[2])), let index = Self.number(fields[3])
    else { return nil }
    return (String(fields[0]), layer, kind, index)
  }

  /// Whether `text` names a unit.
  public static func isValid(_ text: String) -> Bool { UnitID(rawValue: text).parts != nil }

  private static func number(_ text: Substring) -> Int? {
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    guard text.utf8.allSatisfy(digits.contains), text == "0" || text.first != "0" else {
      return nil
    }
    return Int(text)
  }
}
