import ArenaCrypto
import ArenaTypes

/// How often the checks of texts are right, on texts that were judged by hand.
///
/// A file has a JSON object a line: pairs with `a`, `b` and `same`, or texts with `text` and `label`
/// (`block`, `review` or `fine`). What its writers looked at while they made the lists of words is told
/// apart from the half that is only for measuring: the texts whose SHA-256 is odd.
public struct CheckEvaluation {
  /// How often a yes was right, and how many of those that were due came.
  public struct Figure: Hashable, Sendable {
    /// What was asked.
    public let name: String
    /// Whether it is of the half for measuring alone.
    public let isMeasuringHalf: Bool
    /// How many yeses were due and came.
    public fileprivate(set) var rightCount = 0
    /// How many came.
    public fileprivate(set) var yesCount = 0
    /// How many were due.
    public fileprivate(set) var dueCount = 0

    fileprivate mutating func add(_ yes: Bool, isDue: Bool) {
      yesCount += yes ? 1 : 0
      dueCount += isDue ? 1 : 0
      rightCount += yes && isDue ? 1 : 0
    }
  }

  private let checks = TextChecks()
  private let comparator: MeaningComparator
  private let meaning: ExplicitMeaning

  /// The checks with this sentence model.
  ///
  /// - Throws: `engine`.
  public init(embedder: any SentenceEmbedder) throws(InterpretationError) {
    comparator = MeaningComparator(embedder: embedder)
    meaning = try ExplicitMeaning(embedder: embedder)
  }

  /// The figures of the pairs in a file: all of them, then the half for measuring.
  ///
  /// - Throws: `ImportFault` with line and place; `InterpretationError` where the model fails.
  public func duplicates(path: String) throws -> [Figure] {
    try figures(path, ["the same meaning"]) { record in
      let (a, b) = (try record.text("a"), try record.text("b"))
      guard let same = try record.flagIfAny("same") else {
        throw JSONFault(path: "/same", reason: "is missing")
      }
      let yes = try comparator.saysTheSame(try explanation(a, "/a"), try explanation(b, "/b"))
      return ("\(a)\n\(b)", [(yes, same)])
    }
  }

  /// The figures of the texts in a file: all of them, then the half for measuring.
  ///
  /// - Throws: As `duplicates(path:)`.
  public func explicit(path: String) throws -> [Figure] {
    try figures(path, ["blocked", "blocked or sent to review"]) { record in
      let (text, label) = (try record.text("text"), try record.text("label"))
      guard ["block", "review", "fine"].contains(label) else {
        throw JSONFault(path: "/label", reason: "is none of block, review, fine")
      }
      let level = checks.explicitLevel(of: text)
      let isFound = try level != .fine || meaning.isSuspect(text)
      return (text, [(level == .blocked, label == "block"), (isFound, label != "fine")])
    }
  }

  private func explanation(_ text: String, _ path: String) throws -> ExplanationText {
    do {
      return try ExplanationText(text)
    } catch {
      throw JSONFault(path: path, reason: "is no explanation: \(error)")
    }
  }

  /// Asks about each record and counts.
  private func figures(
    _ path: String, _ names: [String],
    ask: (JSONRecord) throws -> (text: String, answers: [(yes: Bool, isDue: Bool)])
  ) throws -> [Figure] {
    var figures = [false, true].flatMap { half in
      names.map { Figure(name: $0, isMeasuringHalf: half) }
    }
    var reader = try RecordReader(path: path)
    while let record = try reader.next() {
      do {
        let (text, answers) = try ask(try JSONRecord(record.bytes))
        let isMeasured = try SHA256.hash(Array(text.utf8)).last.map { $0 & 1 == 1 } ?? false
        for (index, answer) in answers.enumerated() {
          figures[index].add(answer.yes, isDue: answer.isDue)
          if isMeasured { figures[names.count + index].add(answer.yes, isDue: answer.isDue) }
        }
      } catch let fault as JSONFault {
        throw ImportFault(file: path, line: record.line, path: fault.path, reason: fault.reason)
      }
    }
    return figures
  }
}

extension CheckEvaluation.Figure {
  /// A row of a Markdown table: what was asked, of what, right of yeses, found of due, with shares.
  public var row: String {
    func share(_ part: Int, of whole: Int) -> String {
      let percent = whole > 0 ? ", \((200 * part + whole) / (2 * whole)) %" : ""
      return "\(part) of \(whole)\(percent)"
    }
    return "| \(name) | \(isMeasuringHalf ? "half for measuring" : "all") | "
      + "\(share(rightCount, of: yesCount)) | \(share(rightCount, of: dueCount)) |"
  }
}
