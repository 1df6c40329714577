import Interpretation
import Testing

@testable import neuronarena

@Suite("The models that are fetched are the models that are loaded")
struct ModelPinTests {
  @Test(
    "The table of `make models` and the loader pin the same files",
    arguments: [
      InterpretationModels.subjectFile, InterpretationModels.embedderFile,
      InterpretationModels.vocabularyFile,
    ])
  func pinsAgree(pinned: InterpretationModels.PinnedFile) throws {
    let lock = try ModelLock.pinned()
    let file = try #require(lock.files.first { $0.name == pinned.path })
    #expect(file.sha256 == pinned.digest)
  }
}
