/// One measured figure.
public struct EvaluationFigure: Hashable, Sendable, Codable {
  /// What sort of number it is, and so how it is printed.
  public enum Measure: String, Sendable, Codable {
    /// 0 to 1, printed in percent.
    case share
    /// An area under a curve or a correlation, printed with three digits.
    case coefficient
    /// Points of the 0 to 100 scale.
    case points
    /// A plain number.
    case number
  }

  /// What was measured.
  public let name: String
  /// The value; nil where there is nothing to measure it on.
  public let value: Double?
  /// The lower end of the 95 % bootstrap interval over units.
  public let low: Double?
  /// The upper end of that interval.
  public let high: Double?
  /// How many units, or pairs where the name says so, it was measured on.
  public let count: Int
  /// What a scorer that knows nothing would get.
  public let chance: Double?
  /// What the project wants to reach.
  public let goal: Double?
  /// What sort of number it is.
  public let measure: Measure
  /// What else is to be said, in one line.
  public let note: String?
}

/// Figures that belong together.
public struct EvaluationSection: Hashable, Sendable, Codable {
  /// What they are about.
  public let title: String
  /// The figures.
  public let figures: [EvaluationFigure]
}

/// What an evaluation found.
public struct EvaluationReport: Hashable, Sendable, Codable {
  /// The scorer's name and version.
  public let scorer: String
  /// The name and version of the program whose explanations were scored beside the labelled ones; nil
  /// where there was none.
  public let explainer: String?
  /// The labelled set.
  public let set: String
  /// How many units it has.
  public let unitCount: Int
  /// The seed of all drawing.
  public let seed: UInt64
  /// How many other units each explanation was scored on; nil where it was all.
  public let sampledMismatchCount: Int?
  /// How many texts were cut to the length of an explanation.
  public let cutTextCount: Int
  /// Wall time of the evaluation.
  public let seconds: Double
  /// The figures.
  public let sections: [EvaluationSection]

  /// The figure of that name in a section of that title.
  public func figure(_ title: String, _ name: String) -> EvaluationFigure? {
    sections.first { $0.title == title }?.figures.first { $0.name == name }
  }
}

extension EvaluationReport {
  /// One Markdown table, with a sentence before it.
  public var markdown: String {
    var lines = [
      "\(scorer) on \(set), \(unitCount) units: \(comparison). Brackets are 95 % bootstrap intervals "
        + "over units; n counts units. Took \(Int(seconds.rounded())) s.",
      "",
      "| | value | 95 % | n | chance | goal |",
      "|---|---|---|---|---|---|",
    ]
    for section in sections {
      lines.append("| **\(section.title)** | | | | | |")
      lines += section.figures.map(Self.row)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private var comparison: String {
    let cut = cutTextCount == 0 ? "" : ", \(cutTextCount) texts cut to an explanation's length"
    let pairs = sampledMismatchCount.map { "\($0) mismatched explanations a unit, drawn at random" }
    return (pairs ?? "every explanation on every unit") + cut
  }

  private static func row(_ figure: EvaluationFigure) -> String {
    func text(_ value: Double?) -> String { value.map { figure.measure.text($0) } ?? "" }
    let interval: String =
      if let low = figure.low, let high = figure.high { "\(text(low)) to \(text(high))" } else {
        ""
      }
    let name = figure.note.map { "\(figure.name) (\($0))" } ?? figure.name
    let value = figure.value == nil ? "none" : text(figure.value)
    return "| \(name.replacing("|", with: "/")) | \(value) | \(interval) | \(figure.count) | "
      + "\(text(figure.chance)) | \(text(figure.goal)) |"
  }
}

extension EvaluationFigure.Measure {
  /// A value of this sort for people.
  func text(_ value: Double) -> String {
    switch self {
    case .share: "\(Self.fixed(value * 100, digits: 1)) %"
    case .coefficient: Self.fixed(value, digits: 3)
    case .points: Self.fixed(value, digits: 1)
    case .number: Self.fixed(value, digits: abs(value) < 10 ? 2 : 0)
    }
  }

  /// A number with so many digits after the point.
  static func fixed(_ value: Double, digits: Int) -> String {
    guard value.isFinite, abs(value) < 1e12 else { return "\(value)" }
    let scale = (0..<digits).reduce(1.0) { scale, _ in scale * 10 }
    let whole = Int((abs(value) * scale).rounded())
    let sign = value < 0 && whole > 0 ? "-" : ""
    guard digits > 0 else { return "\(sign)\(whole)" }
    let fraction = String(whole % Int(scale))
    let zeros = String(repeating: "0", count: digits - fraction.count)
    return "\(sign)\(whole / Int(scale)).\(zeros)\(fraction)"
  }
}

/// Makes figures with intervals over a set's units.
struct FigureMaker {
  let bootstrap: UnitBootstrap

  /// The mean of the units' values.
  func mean(
    _ name: String, _ values: [Double?], measure: EvaluationFigure.Measure = .share,
    chance: Double? = nil, goal: Double? = nil, note: String? = nil
  ) -> EvaluationFigure {
    let mean = bootstrap.mean(values)
    return EvaluationFigure(
      name: name, value: mean?.value, low: mean?.interval.lowerBound,
      high: mean?.interval.upperBound, count: values.count { $0 != nil }, chance: chance,
      goal: goal, measure: measure, note: note)
  }

  /// An AUC over all pairs; `count` of units.
  func auc(
    _ name: String, _ entries: [WeightedAUC.Entry], chance: Double? = 0.5, goal: Double? = nil,
    note: String? = nil
  ) -> EvaluationFigure {
    let auc = WeightedAUC(entries)
    let interval = bootstrap.interval { auc.value(weights: $0) }
    return EvaluationFigure(
      name: name, value: auc.value(weights: [Double](repeating: 1, count: bootstrap.unitCount)),
      low: interval?.lowerBound, high: interval?.upperBound,
      count: Set(entries.lazy.filter(\.isPositive).map(\.unit)).count, chance: chance, goal: goal,
      measure: .coefficient, note: note)
  }

  /// A value that is what it is.
  func plain(
    _ name: String, _ value: Double?, count: Int, measure: EvaluationFigure.Measure,
    goal: Double? = nil, note: String? = nil
  ) -> EvaluationFigure {
    EvaluationFigure(
      name: name, value: value, low: nil, high: nil, count: count, chance: nil, goal: goal,
      measure: measure, note: note)
  }
}
