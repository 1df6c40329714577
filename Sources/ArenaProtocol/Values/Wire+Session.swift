public import ArenaTypes

extension Wire {
  /// How loudly a notice is shown.
  public enum NoticeLevel: String, Hashable, Sendable, CaseIterable, JSONWritable {
    /// Good to know.
    case info
    /// Something asks for attention.
    case warning
  }

  /// The limits that a client shows before the server has to refuse.
  public struct Limits: Hashable, Sendable {
    /// The most characters of a player's name.
    public let nameCharactersMax: Int
    /// The most meanings of one explanation, joined by `|`.
    public let meaningsMax: Int
    /// The most words of one meaning.
    public let meaningWordsMax: Int
    /// The most characters of one meaning.
    public let meaningCharactersMax: Int
    /// The most tokens of a fire text.
    public let fireTokensMax: Int
    /// The most characters of a fire text.
    public let fireCharactersMax: Int
    /// How many texts a fire round allows.
    public let fireTries: Int

    /// A value of these parts.
    public init(
      nameCharactersMax: Int,
      meaningsMax: Int,
      meaningWordsMax: Int,
      meaningCharactersMax: Int,
      fireTokensMax: Int,
      fireCharactersMax: Int,
      fireTries: Int
    ) {
      self.nameCharactersMax = nameCharactersMax
      self.meaningsMax = meaningsMax
      self.meaningWordsMax = meaningWordsMax
      self.meaningCharactersMax = meaningCharactersMax
      self.fireTokensMax = fireTokensMax
      self.fireCharactersMax = fireCharactersMax
      self.fireTries = fireTries
    }
  }

  /// The campaign that this server plays.
  public struct CampaignSummary: Hashable, Sendable {
    /// Its name.
    public let id: CampaignID
    /// Its title.
    public let title: String
    /// The model whose units it holds.
    public let model: String
    /// How many units it has.
    public let units: Int
    /// Whether its answers are public, so that nothing here is rated seriously.
    public let practice: Bool
    /// What players should know of it.
    public let notice: String?
    /// The duels that can be played on it.
    public let formats: [Wire.DuelFormat]
    /// What sorts of units it holds.
    public let kinds: [Wire.UnitKind]

    /// A value of these parts.
    public init(
      id: CampaignID,
      title: String,
      model: String,
      units: Int,
      practice: Bool,
      notice: String?,
      formats: [Wire.DuelFormat],
      kinds: [Wire.UnitKind]
    ) {
      self.id = id
      self.title = title
      self.model = model
      self.units = units
      self.practice = practice
      self.notice = notice
      self.formats = formats
      self.kinds = kinds
    }
  }
}

extension Wire.Limits: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("nameCharactersMax", nameCharactersMax)
      writer.field("meaningsMax", meaningsMax)
      writer.field("meaningWordsMax", meaningWordsMax)
      writer.field("meaningCharactersMax", meaningCharactersMax)
      writer.field("fireTokensMax", fireTokensMax)
      writer.field("fireCharactersMax", fireCharactersMax)
      writer.field("fireTries", fireTries)
    }
  }
}

extension Wire.CampaignSummary: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("id", id)
      writer.field("title", title)
      writer.field("model", model)
      writer.field("units", units)
      writer.field("practice", practice)
      writer.field("notice", notice)
      writer.field("formats", formats)
      writer.field("kinds", kinds)
    }
  }
}
