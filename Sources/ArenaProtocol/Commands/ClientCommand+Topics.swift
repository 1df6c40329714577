extension ClientCommand {
  /// The content of `subscribe`.
  public struct Subscribe: Hashable, Sendable {
    /// The topic.
    public let topic: Topic
    /// The epoch of the last event that was seen.
    public let epoch: String?
    /// The offset of the last event that was seen.
    public let offset: Int?

    /// A value of these parts.
    public init(topic: Topic, epoch: String? = nil, offset: Int? = nil) {
      self.topic = topic
      self.epoch = epoch
      self.offset = offset
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
