/// What a player of the daily may show to others without telling them anything of its rounds.
///
/// ```
/// NeuronArena daily 2026-11-30: 412
/// 🟩🟨⬛🟩🟧
/// ```
/// One square a round, by its points alone: nothing in it names a unit, a kind of round or an answer.
public enum ShareText {
  /// The square of a round with so many points.
  ///
  /// 100 is a right answer, or as strong as the unit's strongest texts; 50 is halfway there.
  public static func square(points: Int) -> String {
    switch points {
    case 100...: "🟩"
    case 50..<100: "🟨"
    case 1..<50: "🟧"
    default: "⬛"
    }
  }

  /// The text of a finished run on a contest of `date`.
  public static func text(date: String, points: [Int]) -> String {
    "NeuronArena daily \(date): \(points.reduce(0, +))\n"
      + points.map(square).joined()
  }
}
