import ArenaTestSupport
import ArenaTypes
import Testing

@testable import DispatchTransport

/// Frames that many connections get one behind the other.
@Suite("Frames joined for many")
struct FrameJunctionTests {
  private func frame(_ text: String) -> SharedFrame { SharedFrame(encoded: Array(text.utf8)) }

  /// What becomes of asking for each pair in turn.
  private func ask(_ junction: inout FrameJunction, _ pairs: [(SharedFrame, SharedFrame)])
    -> [SharedFrame?]
  {
    pairs.map { junction.join($0, $1) }
  }

  @Test("Two frames are one from the second time in a row that they are asked for")
  func joins() throws {
    var junction = FrameJunction(laneByteCountMax: 100)
    let (a, b, c) = (frame("a"), frame("bb"), frame("ccc"))
    let twice = ask(&junction, [(a, b), (a, b), (a, b)])
    let ab = try #require(twice[1])
    #expect(twice[0] == nil && twice[2] === ab)
    #expect(ab.bytes == Array("abb".utf8) && ab.frameCount == 2)
    let further = ask(&junction, [(ab, c), (ab, c), (a, b), (b, a)])
    let abc = try #require(further[1])
    #expect(abc.bytes == Array("abbccc".utf8) && abc.frameCount == 3)
    #expect(further[0] == nil)
    #expect(further[2] == nil, "only the last two are known")
    #expect(further[3] == nil, "the order counts")
  }

  @Test("Nothing is joined above the bound of what may wait, and nothing is held after clearing")
  func bounds() {
    var junction = FrameJunction(laneByteCountMax: 4)
    let a = frame("aaa")
    #expect(ask(&junction, Array(repeating: (a, frame("bb")), count: 3)).allSatisfy { $0 == nil })
    weak var held: SharedFrame?
    do {
      let short = frame("b")
      held = short
      #expect(ask(&junction, [(a, short), (a, short)])[1]?.byteCount == 4)
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
