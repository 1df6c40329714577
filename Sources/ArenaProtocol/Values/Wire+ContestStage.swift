public import ArenaTypes

extension Wire {
  /// Where the timetable of a live contest stands.
  public enum StagePhase: String, Hashable, Sendable, CaseIterable, JSONWritable {
    /// Players gather; the first question comes at `until`.
    case gathering
    /// A question is open.
    case question
    /// Its truth is shown.
    case reveal
    /// All rounds are over.
    case over
  }

  /// What everybody sees of a live contest beside its board.
  public struct ContestStage: Hashable, Sendable {
    /// Where the timetable stands.
    public let phase: StagePhase
    /// The question that is open or revealed.
    public let round: RoundView?
    /// Its truth, in a reveal; the seats in it are nobody's.
    public let reveal: Reveal?
    /// When the next phase comes; null once it is over.
    public let until: Timestamp?
    /// How many answered the revealed question.
    public let answered: Int

    /// A value of these parts.
    public init(
      phase: StagePhase,
      round: RoundView?,
      reveal: Reveal?,
      until: Timestamp?,
      answered: Int
    ) {
      self.phase = phase
      self.round = round
      self.reveal = reveal
      self.until = until
      self.answered = answered
    }
  }
}

extension Wire.ContestStage: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("phase", phase)
      writer.field("round", round)
      writer.field("reveal", reveal)
      writer.field("until", until)
      writer.field("answered", answered)
    }
  }
}
