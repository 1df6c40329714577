import ArenaProtocol
import ArenaTypes
import Interpretation
import Testing
import TransformerEngine

@testable import ArenaServer

/// A probe that reads a word at a time.
private struct WordProbe: ActivationProbe {
  func activations(of text: String, unit: UnitID, tokenCountMax: Int)
    throws(InterpretationError) -> ProbedText
  { try ScriptedProbe().activations(of: text, unit: unit, tokenCountMax: tokenCountMax) }

  func reading(of text: String, unit: UnitID, tokenCountMax: Int)
    throws(InterpretationError) -> any TextReading
  {
    Reading(
      probed: try activations(of: text, unit: unit, tokenCountMax: tokenCountMax), readCount: 0)
  }

  private struct Reading: TextReading {
    let probed: ProbedText
    var readCount: Int
    var tokens: [String] { probed.tokens }
    var target: TextTarget? { nil }
    var isFinished: Bool { readCount == tokens.count }

    mutating func next() -> TextPiece? {
      readCount += 1
      return TextPiece(start: readCount - 1, values: [probed.activations[readCount - 1]])
    }
  }
}

@Suite("Own texts among the engine's other work")
struct TextPriorityTests {
  private let campaign = ScriptedCampaign.make(unitCount: 3)
  private let told = Locked<[String]>([])

  private func desk(_ worker: EngineWorker, textCountMax: Int = 32) -> EngineDesk {
    EngineDesk(
      worker: worker, scorer: ScriptedScorer(), probe: WordProbe(),
      comparator: ScriptedComparator(), campaign: campaign, textCountMax: textCountMax)
  }

  private func read(_ text: String, _ desk: EngineDesk, handle: InferenceHandle = .init()) {
    let name = text.prefix(1)
    let question = TextQuestion(ClientCommand.UnitTry(unit: campaign.units[0].id, text: text))
    desk.read(question, handle: handle) { [told] event in
      switch event {
      case .piece(let piece, _): told.withLock { $0.append("\(name)\(piece.start)") }
      case .finished: told.withLock { $0.append("\(name).") }
      case .refused(let refusal): told.withLock { $0.append("\(name) \(refusal.code.rawValue)") }
      }
    }
  }

  private func drain(_ worker: EngineWorker) -> [String] {
    while worker.runNextJob() {}
    return told.withLock { $0 }
  }

  @Test("Texts take turns, rounds and scores go between their pieces, settling goes after them")
  func turns() throws {
    let worker = EngineWorker(queueCapacity: 16, threadCount: 0, nice: 0)
    let desk = desk(worker)
    let unit = campaign.units[0].id
    desk.settle(try ExplanationText("settled"), unit: unit) { [told] _ in
      told.withLock { $0.append("settled") }
    }
    read("a a a", desk)
    read("b b", desk)
    #expect(worker.runNextJob())
    for (name, priority) in [("contest", InferencePriority.high), ("round", .urgent)] {
      desk.score(try ExplanationText(name), unit: unit, priority: priority) { [told] _ in
        told.withLock { $0.append(name) }
      }
    }
    #expect(
      drain(worker) == ["a0", "round", "contest", "b0", "a1", "b1", "b.", "a2", "a.", "settled"])
  }

  @Test("What is cancelled between two pieces tells nothing more, and leaves its place")
  func cancelled() {
    let worker = EngineWorker(queueCapacity: 16, threadCount: 0, nice: 0)
    let desk = desk(worker, textCountMax: 1)
    let handle = InferenceHandle()
    read("a a a", desk, handle: handle)
    #expect(worker.runNextJob())
    read("b", desk)
    handle.cancel()
    read("c", desk)
    #expect(drain(worker) == ["a0", "b busy", "c0", "c."])
  }

  @Test("What nobody looks for any longer is taken as said by nobody before")
  func likeNone() throws {
    let worker = EngineWorker(queueCapacity: 16, threadCount: 0, nice: 0)
    let desk = desk(worker)
    let text = try ExplanationText("storms")
    for isCancelled in [false, true] {
      let handle = InferenceHandle()
      desk.firstLike(text, among: [text], handle: handle) { [told] place in
        told.withLock { $0.append("like \(place ?? -1)") }
      }
      if isCancelled { handle.cancel() }
    }
    #expect(drain(worker) == ["like -1", "like 0"])
  }

  @Test("A full queue and a stopped engine refuse, and leave the place to others")
  func refusals() {
    let worker = EngineWorker(queueCapacity: 1, threadCount: 0, nice: 0)
    let desk = desk(worker, textCountMax: 2)
    read("a a", desk)
    read("b", desk)
    read("c", desk)
    #expect(drain(worker) == ["b busy", "c busy", "a0", "a1", "a."])
    worker.stop()
    read("d", desk)
    read("e", desk)
    read("f", desk)
    #expect(drain(worker).suffix(3) == ["d draining", "e draining", "f draining"])
  }
}
