/// What kinds of scalars there are to the reference tokenizers, from ``UnicodeTables``.
enum UnicodeClasses {
  /// How patterns see a scalar: the lowest three bits of an entry.
  enum Kind: UInt16 {
    case other, space, letter, number
    /// A number to the `Digits` pre-tokenizer and nothing to patterns.
    case laterNumber

    /// The kind in an entry.
    @inline(__always)
    init(of bits: UInt16) {
      switch bits & UnicodeClasses.kindMask {
      case 0: self = .other
      case 1: self = .space
      case 2: self = .letter
      case 3: self = .number
      default: self = .laterNumber
      }
    }
  }

  static let kindMask: UInt16 = 7
  /// BERT splits it off.
  static let punctuation: UInt16 = 1 << 3
  /// BERT drops it when it cleans.
  static let control: UInt16 = 1 << 4
  /// BERT puts spaces around it.
  static let ideograph: UInt16 = 1 << 5
  /// BERT drops it when it strips accents.
  static let mark: UInt16 = 1 << 6
  /// Such a mark that canonical ordering doesn't move.
  static let startingMark: UInt16 = 1 << 7
  /// Canonical ordering moves it, and BERT keeps it.
  static let movedMark: UInt16 = 1 << 8
  /// It has a lower case.
  static let upperCase: UInt16 = 1 << 9
  /// It has another form without accents.
  static let accented: UInt16 = 1 << 10

  /// Every scalar's bits.
  static let table: ScalarTable = {
    var table = ScalarTable()
    for (text, bits) in [
      (UnicodeTables.letters, Kind.letter.rawValue), (UnicodeTables.numbers, Kind.number.rawValue),
      (UnicodeTables.laterNumbers, Kind.laterNumber.rawValue),
      (UnicodeTables.spaces, Kind.space.rawValue), (UnicodeTables.punctuation, punctuation),
      (UnicodeTables.controls, control), (UnicodeTables.ideographs, ideograph),
      (UnicodeTables.marks, mark), (UnicodeTables.startingMarks, startingMark),
    ] as [(StaticString, UInt16)] {
      var last = 0
      UnicodeTables.forEachWord(of: text) { numbers in
        let first = last + numbers[0]
        last = first + (numbers.count > 1 ? numbers[1] : 0)
        table.add(bits, to: first...last)
      }
    }
    for scalar in UnicodeFolding.moved.keys { table.add(movedMark, to: scalar...scalar) }
    for scalar in UnicodeFolding.lowered.keys { table.add(upperCase, to: scalar...scalar) }
    for scalar in UnicodeFolding.plain.keys { table.add(accented, to: scalar...scalar) }
    table.add(accented, to: 0xAC00...0xD7A3)
    return table
  }()
}

extension UnicodeTables {
  /// Calls `body` with the numbers of each word of `text`; any sign but a space parts them.
  static func forEachWord(of text: StaticString, _ body: ([Int]) -> Void) {
    let bytes = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    var numbers = [0]
    for byte in bytes {
      switch byte {
      case UInt8(ascii: " "):
        body(numbers)
        numbers = [0]
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        numbers[numbers.count - 1] = numbers[numbers.count - 1] * 36 + Int(byte - 0x30)
      case UInt8(ascii: "a")...UInt8(ascii: "z"):
        numbers[numbers.count - 1] = numbers[numbers.count - 1] * 36 + Int(byte - 0x57)
      default: numbers.append(0)
      }
    }
    body(numbers)
  }
}
