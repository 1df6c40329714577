extension ServerEvent {
  /// A moderator has hidden or restored what somebody wrote in a revealed round.
  public struct DuelTextChanged: Hashable, Sendable {
    /// The round, from 1.
    public let round: Int
    /// Who wrote it.
    public let seat: Int
    /// Which try, from 1.
    public let attempt: Int
    /// Whether it is hidden now.
    public let hidden: Bool
    /// The text; empty while it is hidden.
    public let text: String

    /// A value of these parts.
    public init(
      round: Int,
      seat: Int,
      attempt: Int,
      hidden: Bool,
      text: String
    ) {
      self.round = round
      self.seat = seat
      self.attempt = attempt
      self.hidden = hidden
      self.text = text
    }
  }

  /// A moderator has hidden an excerpt of the running round: others have taken its place.
  public struct DuelCluesChanged: Hashable, Sendable {
    /// The round as it is shown now.
    public let round: Wire.RoundView

    /// A value of these parts.
    public init(
      round: Wire.RoundView
    ) {
      self.round = round
    }
  }

  /// What everybody is told at present; always all of it.
  public struct Notices: Hashable, Sendable {
    /// The notices, the oldest first.
    public let notices: [Wire.HeldNotice]

    /// A value of these parts.
    public init(
      notices: [Wire.HeldNotice]
    ) {
      self.notices = notices
    }
  }
}

extension ServerEvent.DuelTextChanged: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("round", round)
      writer.field("seat", seat)
      writer.field("attempt", attempt)
      writer.field("hidden", hidden)
      writer.field("text", text)
    }
  }
}

extension ServerEvent.DuelCluesChanged: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("round", round)
    }
  }
}

extension ServerEvent.Notices: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("notices", notices)
    }
  }
}
