import Dispatch
import Testing

@testable import Interpretation

struct KeptReadingsTests {
  @Test func `what was asked for longest ago is forgotten first`() {
    let kept = KeptReadings<Int, String>(byteCountMax: 30)
    for key in 0..<3 { kept.keep("\(key)", byteCount: 10, under: key) }
    #expect(kept.byteCount == 30)
    #expect(kept.value(0) == "0")
    kept.keep("3", byteCount: 10, under: 3)
    #expect(kept.value(1) == nil)
    #expect(kept.value(0) == "0" && kept.value(2) == "2" && kept.value(3) == "3")
    kept.keep("large", byteCount: 25, under: 4)
    #expect(kept.value(4) == "large" && kept.byteCount == 25)
  }

  @Test func `what is too large is not kept, and what is kept anew counts once`() {
    let kept = KeptReadings<Int, String>(byteCountMax: 30)
    kept.keep("a", byteCount: 10, under: 1)
    kept.keep("b", byteCount: 31, under: 2)
    kept.keep("c", byteCount: 20, under: 1)
    #expect(kept.value(1) == "c" && kept.value(2) == nil && kept.byteCount == 20)
  }

  @Test func `many threads at once keep to the bound`() {
    let kept = KeptReadings<Int, Int>(byteCountMax: 64)
    DispatchQueue.concurrentPerform(iterations: 8) { thread in
      for step in 0..<200 {
        let key = (thread * 31 + step * 7) % 40
        if let value = kept.value(key) { #expect(value == key) }
        kept.keep(key, byteCount: 1 + key % 9, under: key)
      }
    }
    #expect(kept.byteCount <= 64 && kept.byteCount > 0)
  }
}
