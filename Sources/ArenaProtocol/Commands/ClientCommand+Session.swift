public import ArenaTypes

extension ClientCommand {
  /// The content of `hello`.
  public struct Hello: Hashable, Sendable {
    /// The protocol: `neuronarena.v1`.
    public let protocolName: String
    /// The client's name and version.
    public let client: String
    /// A known player; without it, or null, a new guest is made.
    public let player: Credentials?
    /// The name of a new guest; without it the server finds one.
    public let name: String?

    /// A value of these parts.
    public init(
      protocolName: String,
      client: String,
      player: Credentials? = nil,
      name: String? = nil
    ) {
      self.protocolName = protocolName
      self.client = client
      self.player = player
      self.name = name
    }
  }

  /// The content of `rename`.
  public struct Rename: Hashable, Sendable {
    /// The new name.
    public let name: String

    /// A value of these parts.
    public init(name: String) {
      self.name = name
    }
  }

  /// The content of `settings.set`.
  public struct SettingsSet: Hashable, Sendable {
    /// Whether to show explicit texts.
    public let showExplicit: Bool
    /// Whether explanations of a unit are held back in solo play until the player has made a guess; nil:
    /// as before.
    public let hideExplanations: Bool?

    /// A value of these parts.
    public init(showExplicit: Bool, hideExplanations: Bool? = nil) {
      self.showExplicit = showExplicit
      self.hideExplanations = hideExplanations
    }
  }

  /// The content of `ping`.
  public struct Ping: Hashable, Sendable {
    /// The client's clock; it comes back.
    public let clientTime: Timestamp

    /// A value of these parts.
    public init(clientTime: Timestamp) {
      self.clientTime = clientTime
    }
  }
}

extension ClientCommand.Hello {
  init(from fields: inout FieldReader) throws(Refusal) {
    protocolName = try fields.string("protocol", lengths: 1...32)
    client = try fields.string("client", lengths: 1...64)
    player = try fields.credentialsOrNil("player")
    name = try fields.stringOrNil("name", lengths: 1...24)
  }
}

extension ClientCommand.Rename {
  init(from fields: inout FieldReader) throws(Refusal) {
    name = try fields.string("name", lengths: 1...24)
  }
}

extension ClientCommand.SettingsSet {
  init(from fields: inout FieldReader) throws(Refusal) {
    showExplicit = try fields.bool("showExplicit")
    hideExplanations = try fields.boolOrNil("hideExplanations")
  }
}

extension ClientCommand.Ping {
  init(from fields: inout FieldReader) throws(Refusal) {
    clientTime = try fields.time("clientTime")
  }
}

extension ClientCommand.Hello: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("protocol", protocolName)
      writer.field("client", client)
      if player != nil { writer.field("player", player) }
      if name != nil { writer.field("name", name) }
    }
  }
}

extension ClientCommand.Rename: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("name", name)
    }
  }
}

extension ClientCommand.SettingsSet: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("showExplicit", showExplicit)
      writer.field("hideExplanations", hideExplanations)
    }
  }
}

extension ClientCommand.Ping: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("clientTime", clientTime)
    }
  }
}
