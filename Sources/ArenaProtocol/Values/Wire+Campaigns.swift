public import ArenaTypes

extension Wire {
  /// What goes on in a campaign.
  public struct CampaignTraffic: Hashable, Sendable {
    /// Which.
    public let id: CampaignID
    /// Its title.
    public let title: String
    /// Whether nothing in it moves a rating.
    public let practice: Bool
    /// How many wait for a duel in it.
    public let waiting: Counts
    /// How many duels go on in it.
    public let duels: Int

    /// A value of these parts.
    public init(
      id: CampaignID, title: String, practice: Bool, waiting: Counts, duels: Int
    ) {
      self.id = id
      self.title = title
      self.practice = practice
      self.waiting = waiting
      self.duels = duels
    }
  }
}

extension Wire.CampaignTraffic: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("id", id)
      writer.field("title", title)
      writer.field("practice", practice)
      writer.field("waiting", waiting)
      writer.field("duels", duels)
    }
  }
}
