import ArenaTypes
import Testing

@testable import DispatchTransport

/// Both lanes of a connection that is behind.
@Suite("Outgoing lanes")
struct OutgoingLanesTests {
  private func take(_ lanes: OutgoingLanes, _ count: Int, scratch: Int = 64) -> String {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: scratch, alignment: 1)
    defer { buffer.deallocate() }
    let bytes = lanes.withNextBytes(gatheringIn: buffer) { Array($0.prefix(count)) }
    lanes.consume(bytes.count)
    return String(decoding: bytes, as: UTF8.self)
  }

  private func frame(_ text: String) -> SharedFrame { SharedFrame(encoded: Array(text.utf8)) }

  @Test("A waiting version is replaced in its place, one that has begun is not")
  func replacing() {
    let lanes = OutgoingLanes()
    lanes.append(frame("one."), .latest(channel: 1))
    lanes.append(frame("event."), .lossless)
    #expect(lanes.replace(channel: 1, with: frame("two.")))
    #expect(!lanes.replace(channel: 2, with: frame("other")))
    #expect(take(lanes, 2) == "tw")
    #expect(!lanes.replace(channel: 1, with: frame("three.")))
    #expect(take(lanes, 64) == "o.event.")
    #expect(lanes.isEmpty && lanes.byteCount == 0 && lanes.losslessByteCount == 0)
  }

  @Test("Dropping keeps the frame that has begun")
  func dropping() {
    let lanes = OutgoingLanes()
    for text in ["first.", "second.", "third."] { lanes.append(frame(text), .lossless) }
    lanes.append(frame("board."), .latest(channel: 1))
    _ = take(lanes, 8)
    lanes.dropUnsent()
    #expect(lanes.byteCount == 5 && lanes.losslessByteCount == 7 && lanes.channelCount == 0)
    lanes.append(frame("end"), .uncounted)
    #expect(take(lanes, 64) == "cond.end")
  }

  @Test("Whatever is taken at a time, the bytes are those that were put in", arguments: 0..<10)
  func random(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let lanes = OutgoingLanes()
    var expected = ""
    var taken = ""
    var number = 0
    for _ in 0..<1_500 {
      if generator.next(upperBound: 2 as UInt64) == 0 {
        number += 1
        let size = Int(generator.next(upperBound: 90 as UInt64))
        let text = "\(number)" + String(repeating: "-", count: size)
        lanes.append(frame(text), number % 3 == 0 ? .latest(channel: UInt32(number)) : .lossless)
        expected += text
      } else if !lanes.isEmpty {
        taken += take(lanes, Int(generator.next(upperBound: 80 as UInt64)))
      }
      #expect(lanes.byteCount == expected.utf8.count - taken.utf8.count, "seed \(seed)")
    }
    while !lanes.isEmpty { taken += take(lanes, 1_000) }
    #expect(taken == expected, "seed \(seed)")
    #expect(lanes.losslessByteCount == 0 && lanes.channelCount == 0)
  }
}
