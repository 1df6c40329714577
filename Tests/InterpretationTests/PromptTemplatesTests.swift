import Testing

@testable import Interpretation

/// What the subject model is asked to go on from.
@Suite struct PromptTemplatesTests {
  @Test func `scores are made after the two prompts that campaigns keep a baseline of`() {
    let prompts = PromptTemplates.standard.prompts(for: "birds of prey")
    #expect(
      prompts == [
        "Examples of birds of prey: \"",
        "The following word matches the description (birds of prey):",
      ])
    #expect(PromptTemplates.standard.isStandard)
  }

  @Test func `other prompts begin with theirs, and have no baseline that is kept`() {
    let six = PromptTemplates.six.prompts(for: "birds")
    #expect(
      six.count == 6 && Array(six.prefix(2)) == PromptTemplates.standard.prompts(for: "birds"))
    for templates in [PromptTemplates.six, .examplesAlone, .descriptionAlone] {
      #expect(!templates.isStandard)
      for (prompt, frame) in zip(templates.prompts(for: "birds"), templates.frames) {
        #expect(prompt.hasPrefix(frame.head) && prompt.hasSuffix(frame.tail))
        #expect(!prompt.contains("  ") && prompt.contains("birds"))
      }
    }
  }
}
