import Testing

@testable import ArenaServer

@Suite struct ScriptTextTests {
  private func sent(_ script: String) -> String {
    String(decoding: ScriptText.withoutComments(Array(script.utf8)), as: UTF8.self)
  }

  @Test func documentationAndCommentLinesAreLeftOutAndLinesKeepTheirNumbers() {
    let script = """
      /**
       * What it does.
       * @param {string} text
       */
      export function one(text) {
        // Why so.
        /** @type {any} */ const two = /** @type {any} */ (text);
        return `${two}`; // behind code it stays
      }
      """
    let expected = """




      export function one(text) {

        const two = (text);
        return `${two}`; // behind code it stays
      }
      """
    #expect(sent(script) == expected)
  }

  @Test(arguments: [
    "", "x", "/**", "/** open", "/*", "/* kept */", "'http://x'", "a /b/ c", "x = 1; // kept",
  ])
  func whatIsNoDocumentationStaysAsItIs(script: String) {
    #expect(sent(script) == script)
  }

  @Test func shortestAndLastCommentsAreFound() {
    #expect(sent("a/**/b") == "ab")
    #expect(sent("a/***/ b") == "ab")
    #expect(sent("// one\n  // two\nx\n//three") == "\n\nx\n")
    #expect(sent("/** a */\n// b\nc") == "\n\nc")
    #expect(sent("/** a\n */ // b\nc") == "\n\nc")
  }
}
