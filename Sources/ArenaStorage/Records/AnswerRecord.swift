public import ArenaTypes

/// One answer of a player, kept as research data.
public struct AnswerRecord: Hashable, Sendable, Codable {
  /// What was answered.
  public enum Content: Hashable, Sendable, Codable {
    /// One of two explanations was chosen.
    case pick(chosen: ExplanationID, other: ExplanationID, wasShownFirst: Bool)
    /// An explanation was written; its score from 0 to 100, where there is one, and the name and
    /// version of the scorer that gave it, which answers recorded before it was kept don't tell.
    case write(text: String, score: Double?, scorer: String? = nil)
    /// One of four excerpts was chosen as the odd one, counted from 1, or 0 for "all the same"; and
    /// what was right.
    case oddOneOut(excerpts: [ExcerptID], chosen: Int, odd: Int)
    /// Tokens of an excerpt were marked, by their positions from 0, as those that an explanation says
    /// fire.
    case predict(explanation: ExplanationID, excerpt: ExcerptID, tokens: [Int])
    /// A text was written to make the unit fire; its strongest activation, where it was measured.
    case fire(text: String, peak: Double?)
    /// The question was shown and not answered; its kind, such as `pick`.
    case unanswered(kind: String)

    /// About how many bytes it takes.
    public var byteCount: Int {
      switch self {
      case .pick(let chosen, let other, _):
        chosen.rawValue.utf8.count + other.rawValue.utf8.count
      case .oddOneOut(let excerpts, _, _):
        excerpts.reduce(8) { $0 + $1.rawValue.utf8.count }
      case .predict(let explanation, let excerpt, let tokens):
        explanation.rawValue.utf8.count + excerpt.rawValue.utf8.count + 3 * tokens.count
      case .write(let text, _, _), .fire(let text, _), .unanswered(let text): text.utf8.count
      }
    }
  }

  /// The answer's name, the same when the answer is recorded again; such as
  /// `duel/x/round/player/attempt`.
  public var id: String
  /// Who answered.
  public var player: PlayerID
  /// The unit that was asked about.
  public var unit: UnitID
  /// The campaign that the unit was asked in.
  public var campaign: CampaignID
  /// When the answer was accepted.
  public var at: Timestamp
  /// The time from question to answer, in milliseconds.
  public var milliseconds: Int
  /// What was answered.
  public var content: Content
  /// What it was given in; nil for answers of old.
  public var circumstances: AnswerCircumstances?

  /// An answer of these parts.
  public init(
    id: String, player: PlayerID, unit: UnitID, campaign: CampaignID, at: Timestamp,
    milliseconds: Int, content: Content, circumstances: AnswerCircumstances? = nil
  ) {
    self.id = id
    self.player = player
    self.unit = unit
    self.campaign = campaign
    self.at = at
    self.milliseconds = milliseconds
    self.content = content
    self.circumstances = circumstances
  }
}
