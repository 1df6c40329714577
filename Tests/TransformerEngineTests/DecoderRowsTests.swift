import Testing

@testable import TransformerEngine

/// A pass of which only some rows are needed, against the whole pass.
@Suite struct DecoderRowsTests {
  let model: LanguageModel

  init() throws { model = try Models.llama.get() }

  private func tokens(_ count: Int, _ seed: Int) -> [Int32] {
    (0..<count).map { Int32((seed * 577 + $0 * 131) % 40_000 + 200) }
  }

  @Test(arguments: [[1], [7], [3, 1, 20, 2], [16, 16]])
  func `the rows that are needed are the same as in a whole pass`(lengths: [Int]) throws {
    let sequences = lengths.enumerated().map { tokens($1, $0) }
    model.threads.run { pool in
      let batch = PackedBatch(sequences)
      let whole = DecoderPass(model, batch, pool: pool)
      whole.run()
      // Last rows, and one in the middle, in no order.
      let rows =
        batch.ranges.map { $0.upperBound - 1 }.reversed() + (lengths == [16, 16] ? [5] : [])
      let some = DecoderPass(model, batch, pool: pool)
      some.run(for: Array(rows))
      for row in rows {
        for column in 0..<576 {
          let expected = whole.x.pointer[row * 576 + column]
          let found = some.x.pointer[row * 576 + column]
          #expect(abs(found - expected) <= 1e-4 * max(1, abs(expected)), "row \(row)")
        }
      }
    }
  }

  @Test func `no rows are no work`() throws {
    model.threads.run { pool in
      let pass = DecoderPass(model, PackedBatch([tokens(3, 0)]), pool: pool)
      pass.run(for: [])
      #expect(pass.rowCount == 3)
    }
  }
}
