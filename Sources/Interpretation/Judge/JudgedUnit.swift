import ArenaTypes
import TransformerEngine

/// A unit's scored excerpts as the judge sees them: a window of each, and what the unit does in it.
struct JudgedUnit: Sendable {
  /// The windows, those of excerpts without a piece left out.
  let windows: [ReadWindow]
  /// The excerpt of each window, by its place among the scored ones.
  let owners: [Int]
  /// The activation of each window's tokens, from 0 to 1: at most the unit's usual peak counts.
  let targets: [[Float]]

  /// What it takes of memory, the windows' texts included.
  var byteCount: Int {
    windows.reduce(0) { $0 + $1.byteCount }
  }

  /// Has the judge read a window of each excerpt.
  ///
  /// - Parameter usualPeak: The activation that counts as 1.
  init(_ excerpts: [Excerpt], usualPeak: Float, judge: Judge) throws(EngineError) {
    var windows: [JudgeWindow] = []
    var owners: [Int] = []
    var targets: [[Float]] = []
    for (index, excerpt) in excerpts.enumerated() {
      let activations = excerpt.activations.map {
        usualPeak > 0 ? min(1, max(0, $0 / usualPeak)) : 0
      }
      guard let window = judge.scoredWindow(of: excerpt.tokens, activations: activations)
      else { continue }
      windows.append(window)
      owners.append(index)
      targets.append(Array(activations[window.tokens]))
    }
    self.windows = try judge.read(windows)
    self.owners = owners
    self.targets = targets
  }

  private init(_ whole: JudgedUnit, _ chosen: [Int]) {
    windows = chosen.map { whole.windows[$0] }
    owners = chosen.map { whole.owners[$0] }
    targets = chosen.map { whole.targets[$0] }
  }

  /// Some of the windows alone.
  func some(_ chosen: [Int]) -> JudgedUnit { JudgedUnit(self, chosen) }

  /// What an explanation's logits predict, one an excerpt of `count`.
  func evidence(_ logits: [[Float]], of count: Int, by readout: Judge.Readout)
    -> [CorrelationSums]
  {
    var sums = [CorrelationSums](repeating: CorrelationSums(), count: count)
    for (window, owner) in owners.enumerated() where window < logits.count {
      for (logit, target) in zip(logits[window], targets[window]) {
        sums[owner].add(readout.expectation(logit), Double(target))
      }
    }
    return sums
  }
}

extension ReadWindow {
  /// What it takes of memory: states, and some 150 bytes a piece of the excerpt for its features.
  var byteCount: Int { reading.byteCount + 150 * window.excerpt.text.pieces.count }
}

/// Sums over tokens from which the correlation of expectations (x) and activations (y) follows.
struct CorrelationSums: Sendable {
  private var count = 0.0
  private var x = 0.0
  private var y = 0.0
  private var xx = 0.0
  private var yy = 0.0
  private var xy = 0.0

  /// Counts a token.
  mutating func add(_ expectation: Double, _ activation: Double) {
    count += 1
    x += expectation
    y += activation
    xx += expectation * expectation
    yy += activation * activation
    xy += expectation * activation
  }

  /// Both.
  static func + (left: CorrelationSums, right: CorrelationSums) -> CorrelationSums {
    var sum = left
    sum.count += right.count
    sum.x += right.x
    sum.y += right.y
    sum.xx += right.xx
    sum.yy += right.yy
    sum.xy += right.xy
    return sum
  }

  /// Whether the activations differ at all; where they don't, nothing can be said of any explanation.
  var tells: Bool { yy - y * y / max(1, count) > 1e-9 }

  /// Pearson's correlation; 0 where either side is constant.
  ///
  /// A ten-thousandth beside the two lengths, as in training, keeps what hardly moves near 0.
  var correlation: Double {
    let count = max(1, count)
    let lengths = max(0, xx - x * x / count) * max(0, yy - y * y / count)
    return (xy - x * y / count) / (lengths.squareRoot() + 1e-4)
  }
}
