/// JavaScript as it is sent: without what only people and type checkers read.
///
/// The app has no build step, and a third of its scripts is JSDoc. Lines keep their numbers, so that
/// an error in a browser names the line of the file.
enum ScriptText {
  /// Leaves out every `/** ... */` and every line that is a comment alone.
  ///
  /// A test of the app holds that `/**` begins a comment wherever it stands in a script.
  ///
  /// - Complexity: O(*n*) in the number of bytes.
  static func withoutComments(_ script: [UInt8]) -> [UInt8] {
    var sent: [UInt8] = []
    sent.reserveCapacity(script.count)
    var position = 0
    /// How many bytes were sent up to the last line break.
    var lineStart = 0
    while position < script.count {
      if starts(script, position, with: "/**"), let end = end(of: script, after: position + 3) {
        // The line breaks stay.
        sent += script[position..<end].filter { $0 == newline }
        if script[position..<end].contains(newline) { lineStart = sent.count }
        position = end
        if position < script.count, script[position] == space { position += 1 }
      } else if starts(script, position, with: "//"), sent[lineStart...].allSatisfy(isBlank) {
        sent.removeLast(sent.count - lineStart)
        position = script[position...].firstIndex(of: newline) ?? script.count
      } else {
        sent.append(script[position])
        if script[position] == newline { lineStart = sent.count }
        position += 1
      }
    }
    return sent
  }

  private static let newline = UInt8(ascii: "\n")
  private static let space = UInt8(ascii: " ")

  private static func isBlank(_ byte: UInt8) -> Bool { byte == space || byte == UInt8(ascii: "\t") }

  private static func starts(
    _ script: [UInt8], _ position: Int, with text: StaticString
  ) -> Bool {
    let count = text.utf8CodeUnitCount
    guard position + count <= script.count else { return false }
    return text.withUTF8Buffer { script[position..<(position + count)].elementsEqual($0) }
  }

  /// The position behind the next `*/`; nil where there is none.
  private static func end(of script: [UInt8], after position: Int) -> Int? {
    // `/**/` ends where it begins.
    var position = max(position - 1, 0)
    while position + 1 < script.count {
      if script[position] == UInt8(ascii: "*"), script[position + 1] == UInt8(ascii: "/") {
        return position + 2
      }
      position += 1
    }
    return nil
  }
}
