/// A symmetric positive definite matrix, as its Cholesky factor.
struct PositiveMatrix {
  /// `[count, count]`, row-major, lower triangle: the matrix is the factor times its transpose.
  private let factor: [Double]
  private let count: Int

  /// Factors `matrix`, `[count, count]`, row-major.
  ///
  /// - Complexity: O(*n*³).
  init(_ matrix: [Double], count: Int) {
    var factor = [Double](repeating: 0, count: count * count)
    for row in 0..<count {
      for column in 0...row {
        var sum = matrix[row * count + column]
        for index in 0..<column {
          sum -= factor[row * count + index] * factor[column * count + index]
        }
        if row == column {
          factor[row * count + row] = max(sum, 1e-300).squareRoot()
        } else {
          factor[row * count + column] = sum / factor[column * count + column]
        }
      }
    }
    self.factor = factor
    self.count = count
  }

  /// The vector that the matrix turns into `target`.
  func solve(_ target: [Double]) -> [Double] {
    var solution = target
    for row in 0..<count {
      for column in 0..<row { solution[row] -= factor[row * count + column] * solution[column] }
      solution[row] /= factor[row * count + row]
    }
    for row in (0..<count).reversed() {
      for column in (row + 1)..<max(count, row + 1) {
        solution[row] -= factor[column * count + row] * solution[column]
      }
      solution[row] /= factor[row * count + row]
    }
    return solution
  }

  /// `[count, count]`, row-major: the inverse.
  var inverse: [Double] {
    var inverse = [Double](repeating: 0, count: count * count)
    for column in 0..<count {
      var unit = [Double](repeating: 0, count: count)
      unit[column] = 1
      for (row, value) in solve(unit).enumerated() { inverse[row * count + column] = value }
    }
    return inverse
  }
}
