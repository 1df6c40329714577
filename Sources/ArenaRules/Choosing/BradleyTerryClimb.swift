import Glibc

extension BradleyTerry {
  /// Finds the highest point of the posterior, of all strengths or of those that keep a constraint.
  struct Climb {
    /// What is held fast.
    enum Constraint {
      /// A strength.
      case strength(Int, Double)
      /// How much stronger the first is than the second.
      case difference(Int, Int, Double)
    }

    private static let stepCountMax = 60
    private static let stepMin = 1e-10

    let comparisons: [Comparison]
    var constraint: Constraint?

    /// The highest point that is found from `start`, and the logarithm of the posterior there.
    ///
    /// - Parameter isEnough: The height at which it need not be the highest one.
    func top(
      from start: [Double], isEnough enough: Double = .infinity
    ) -> (strengths: [Double], height: Double) {
      var strengths = start
      switch constraint {
      case .strength(let index, let value): strengths[index] = value
      case .difference(let first, let second, let value):
        // Meeting half-way is nearer to where the way leads.
        let middle = (strengths[first] + strengths[second]) / 2
        strengths[first] = middle + value / 2
        strengths[second] = middle - value / 2
      case nil: break
      }
      var height = height(strengths)
      for _ in 0..<Self.stepCountMax where !comparisons.isEmpty || constraint != nil {
        if height >= enough { break }
        let step = step(strengths)
        var size = 1.0
        var next = zip(strengths, step).map { $0 + size * $1 }
        var nextHeight = self.height(next)
        while nextHeight < height, size > 1e-4 {
          size /= 2
          next = zip(strengths, step).map { $0 + size * $1 }
          nextHeight = self.height(next)
        }
        guard nextHeight >= height else { break }
        let change = zip(strengths, next).map { abs($0 - $1) }.max() ?? 0
        (strengths, height) = (next, nextHeight)
        if change < Self.stepMin { break }
      }
      return (strengths, height)
    }

    /// The step of Fisher scoring that keeps the constraint.
    private func step(_ strengths: [Double]) -> [Double] {
      let count = strengths.count
      var (gradient, matrix) = slope(strengths)
      func release(_ index: Int) {
        gradient[index] = 0
        for other in 0..<count {
          matrix[index * count + other] = 0
          matrix[other * count + index] = 0
        }
        matrix[index * count + index] = 1
      }
      switch constraint {
      case .strength(let index, _):
        release(index)
        return PositiveMatrix(matrix, count: count).solve(gradient)
      case .difference(let first, let second, _):
        // The first moves with the second: its row and column are added to the other's.
        gradient[second] += gradient[first]
        for column in 0..<count {
          matrix[second * count + column] += matrix[first * count + column]
        }
        for row in 0..<count { matrix[row * count + second] += matrix[row * count + first] }
        release(first)
        var step = PositiveMatrix(matrix, count: count).solve(gradient)
        step[first] = step[second]
        return step
      case nil:
        return PositiveMatrix(matrix, count: count).solve(gradient)
      }
    }

    /// The logarithm of the posterior, but for a constant.
    private func height(_ strengths: [Double]) -> Double {
      let variance = BradleyTerry.priorDeviation * BradleyTerry.priorDeviation
      let prior = strengths.reduce(0) { $0 + $1 * $1 } / (2 * variance)
      return comparisons.reduce(-prior) { sum, comparison in
        let difference = strengths[comparison.winner] - strengths[comparison.loser]
        let chance = BradleyTerry.chance(difference, weight: comparison.weight)
        return sum + Double(comparison.count) * log(max(chance, 1e-300))
      }
    }

    /// The gradient of the logarithm of the posterior, and the expected information, `[count, count]`.
    func slope(_ strengths: [Double]) -> (gradient: [Double], information: [Double]) {
      let count = strengths.count
      let precision = 1 / (BradleyTerry.priorDeviation * BradleyTerry.priorDeviation)
      var gradient = strengths.map { -precision * $0 }
      var matrix = [Double](repeating: 0, count: count * count)
      for index in 0..<count { matrix[index * count + index] = precision }
      for comparison in comparisons {
        let (winner, loser) = (comparison.winner, comparison.loser)
        let difference = strengths[winner] - strengths[loser]
        let sigma = BradleyTerry.sigmoid(difference)
        let chance = max(BradleyTerry.chance(difference, weight: comparison.weight), 1e-300)
        let times = Double(comparison.count)
        let pull = times * comparison.weight * sigma * (1 - sigma) / chance
        gradient[winner] += pull
        gradient[loser] -= pull
        let told = times * BradleyTerry.information(difference, weight: comparison.weight)
        matrix[winner * count + winner] += told
        matrix[loser * count + loser] += told
        matrix[winner * count + loser] -= told
        matrix[loser * count + winner] -= told
      }
      return (gradient, matrix)
    }
  }
}
