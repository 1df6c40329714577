/// A country, or a region of one, by ISO 3166-1 and 3166-2: `DE`, `DE-BY`.
///
/// Players state their own, or none. It takes four bytes, since every entry of a board has one.
public struct Territory: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
  /// Letters and digits in base 37, first one highest: two of the country, then up to three of the
  /// region, 0 where there is none.
  private let packed: UInt32

  /// The country of `country`, such as `DE`, or its region `region`, such as `BY`.
  ///
  /// Nil where no country has the code, or where a region's is not of one to three capital letters
  /// and digits.
  public init?(country: String, region: String? = nil) {
    guard Self.countryCodes.contains(country) else { return nil }
    let region = region ?? ""
    guard region.utf8.count <= 3 else { return nil }
    var packed: UInt32 = 0
    for byte in Array(country.utf8) + Array(region.utf8) {
      guard let digit = Self.digit(byte) else { return nil }
      packed = packed * 37 + digit
    }
    for _ in region.utf8.count..<3 { packed *= 37 }
    self.packed = packed
  }

  /// Reads `DE` or `DE-BY`; nil where the text isn't of that form.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard let country = parts.first, parts.count <= 2, parts.last?.isEmpty == false else {
      return nil
    }
    self.init(country: String(country), region: parts.count == 2 ? String(parts[1]) : nil)
  }

  /// The territory whose `number` it is; nil for 0.
  public init?(number: UInt32) {
    guard number > 0 else { return nil }
    packed = number
  }

  /// The number that it is kept as; never 0.
  public var number: UInt32 { packed }
  /// The country that it is, or lies in.
  public var country: Territory { Territory(packed: packed - packed % Self.regionCount) }
  /// Whether it is a region.
  public var isRegion: Bool { packed % Self.regionCount != 0 }
  /// The code of its country, such as `DE`.
  public var countryCode: String { Self.text(packed / Self.regionCount, length: 2) }
  /// The code of the region within the country, such as `BY`; nil for a country.
  public var regionCode: String? {
    isRegion ? Self.text(packed % Self.regionCount, length: 3) : nil
  }
  /// The country, and the region if it is one: those whose boards it belongs to.
  public var andCountry: [Territory] { isRegion ? [country, self] : [self] }

  /// `DE` or `DE-BY`.
  public var description: String {
    regionCode.map { "\(countryCode)-\($0)" } ?? countryCode
  }

  /// Orders by the text.
  public static func < (left: Self, right: Self) -> Bool { left.packed < right.packed }

  /// Decodes from its text.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let territory = Territory(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not ISO 3166")
    }
    self = territory
  }

  /// Encodes as its text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }

  private init(packed: UInt32) { self.packed = packed }

  private static let regionCount: UInt32 = 37 * 37 * 37

  private static func digit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0")) + 1
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte - UInt8(ascii: "A")) + 11
    default: nil
    }
  }

  private static func text(_ number: UInt32, length: Int) -> String {
    var rest = number
    var bytes: [UInt8] = []
    for _ in 0..<length {
      let digit = UInt8(rest % 37)
      rest /= 37
      guard digit > 0 else { continue }
      bytes.append(digit < 11 ? UInt8(ascii: "0") + digit - 1 : UInt8(ascii: "A") + digit - 11)
    }
    return String(decoding: bytes.reversed(), as: UTF8.self)
  }
}

extension Territory {
  /// The codes of ISO 3166-1.
  public static let countryCodes: Set<String> = Set(
    """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS \
    BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE \
    EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM \
    HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC \
    LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA \
    NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW \
    SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO \
    TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
    """.split(separator: " ").map(String.init))
}
