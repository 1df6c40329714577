import ArenaTypes
import Interpretation

/// A labelled set as one file, perhaps compressed.
enum LabelledFuzz: FuzzTarget {
  static let name = "labelled"

  static func run(_ input: inout FuzzInput) throws(FuzzFinding) {
    let name = input.decision() % 2 == 0 ? "set.jsonl" : "set.jsonl.gz"
    try TemporaryFolder.with([(name, input.bytes)]) { folder throws(FuzzFinding) in
      guard let set = try? LabelledSet(path: folder[name]) else { return }
      for excerpt in set.units.flatMap(\.excerpts) {
        try hold(
          excerpt.tokens.count == excerpt.activations.count
            && excerpt.activations.allSatisfy(\.isFinite), "\(excerpt)")
      }
    }
  }
}
