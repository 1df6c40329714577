extension ClientCommand {
  /// The content of `subscribe`.
  public struct Subscribe: Hashable, Sendable {
    /// The topic.
    public let topic: Topic
    /// The epoch of the last event that was seen.
    public let epoch: String?
    /// The offset of the last event that was seen.
    public let offset: Int?
    /// Whether the board's own events shall tell one's own place, as `board.own`.
    public let own: Bool?

    /// A value of these parts.
    public init(topic: Topic, epoch: String? = nil, offset: Int? = nil, own: Bool? = nil) {
      self.topic = topic
      self.epoch = epoch
      self.offset = offset
      self.own = own
    }
  }

  /// The content of `unsubscribe`.
  public struct Unsubscribe: Hashable, Sendable {
    /// The topic.
    public let topic: Topic

    /// A value of these parts.
    public init(topic: Topic) {
      self.topic = topic
    }
  }
}

extension ClientCommand.Subscribe {
  init(from fields: inout FieldReader) throws(Refusal) {
    topic = try fields.topic("topic")
    epoch = try fields.nameOrNil("epoch")
    offset = try fields.integerOrNil("offset", in: 0...FieldReader.integerMax)
    own = try fields.boolOrNil("own")
  }
}

extension ClientCommand.Unsubscribe {
  init(from fields: inout FieldReader) throws(Refusal) {
    topic = try fields.topic("topic")
  }
}

extension ClientCommand.Subscribe: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("topic", topic)
      if epoch != nil { writer.field("epoch", epoch) }
      if offset != nil { writer.field("offset", offset) }
      if own != nil { writer.field("own", own) }
    }
  }
}

extension ClientCommand.Unsubscribe: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("topic", topic)
    }
  }
}
