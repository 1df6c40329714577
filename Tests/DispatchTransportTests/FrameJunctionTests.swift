import ArenaTestSupport
import ArenaTypes
import Testing

@testable import DispatchTransport

/// Frames that many connections get one behind the other.
@Suite("Frames joined for many")
struct FrameJunctionTests {
  private func frame(_ text: String) -> SharedFrame { SharedFrame(encoded: Array(text.utf8)) }

  @Test("Two frames are one from the second time in a row that they are asked for")
  func joins() throws {
    var junction = FrameJunction(laneByteCountMax: 100)
    let (a, b, c) = (frame("a"), frame("bb"), frame("ccc"))
    #expect(junction.join(a, b) == nil)
    let ab = try #require(junction.join(a, b))
    #expect(ab.bytes == Array("abb".utf8) && ab.frameCount == 2)
    #expect(junction.join(a, b) === ab)
    #expect(junction.join(ab, c) == nil)
    let abc = try #require(junction.join(ab, c))
    #expect(abc.bytes == Array("abbccc".utf8) && abc.frameCount == 3)
    #expect(junction.join(a, b) == nil, "only the last two are known")
    #expect(junction.join(b, a) == nil, "the order counts")
  }

  @Test("Nothing is joined above the bound of what may wait, and nothing is held after clearing")
  func bounds() {
    var junction = FrameJunction(laneByteCountMax: 4)
    let (a, b) = (frame("aaa"), frame("bb"))
    for _ in 0..<3 { #expect(junction.join(a, b) == nil) }
    weak var held: SharedFrame?
    do {
      let short = frame("b")
      held = short
      _ = junction.join(a, short)
      #expect(junction.join(a, short)?.byteCount == 4)
    }
    #expect(held != nil)
    junction.clear()
    #expect(held == nil)
  }

  @Test("Everyone gets all frames in order, also one with others in between and one that is behind")
  func everyone() throws {
    let world = try RealWorld()
    let clients = try (0..<12).map { _ in try world.connect() }
    try clients[2].send(text: "everyone 200")
    let numbers = (0..<200).map { "\($0)" }
    for (index, client) in clients.enumerated() {
      var received: [String] = []
      let extra = index == 1 ? numbers.indices.filter { $0 % 7 == 3 }.count : 0
      for _ in 0..<(200 + extra) { received.append(try client.receiveText()) }
      #expect(received.filter { !$0.hasPrefix("more") } == numbers)
      if index == 1 {
        #expect(received.filter { $0.hasPrefix("more") }.count == extra)
        #expect(received[3] == "3" && received[4] == "more 3")
      }
    }
  }

  @Test("Within a small bound frames are offered to the kernel in time, and nobody overflows")
  func smallBound() throws {
    var limits = TransportLimits()
    limits.losslessByteCountMax = 300
    let world = try RealWorld(limits: limits)
    let clients = try (0..<4).map { _ in try world.connect() }
    // The kernel takes what is offered, so a turn's frames alone never overflow.
    try clients[0].send(text: "everyone 500")
    for client in clients {
      for number in 0..<500 {
        let text = try client.receiveText()
        if !text.hasPrefix("more") { #expect(Int(text) != nil, "\(number)") }
      }
    }
    #expect(world.transport.counters().overflows == 0)
  }
}
