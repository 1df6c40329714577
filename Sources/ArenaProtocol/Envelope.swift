public import ArenaTypes

/// Puts content into the one JSON object of a frame.
///
/// Commands: `{"id","type","data"}`. Answers: `{"re","type":"ok","command","at","data"}`. Refusals:
/// `{"re","type":"error","at","data"}`. Parts of answers that are told as they are computed:
/// `{"re","type":"part","command","at","data"}`. Events: `{"type","topic","epoch","offset","at","data"}`.
public enum Envelope {
  /// The frame of an event.
  public static func event(
    _ event: ServerEvent, on topic: Topic, epoch: String, offset: Int, at: Timestamp
  ) -> [UInt8] {
    self.event(EncodedEvent(event), on: topic, epoch: epoch, offset: offset, at: at)
  }

  /// The frame of an event whose content was encoded before.
  public static func event(
    _ event: EncodedEvent, on topic: Topic, epoch: String, offset: Int, at: Timestamp
  ) -> [UInt8] {
    var writer = JSONWriter(byteCountExpected: event.content.count + 160)
    writer.object { writer in
      writer.field("type", event.kind)
      writer.field("topic", topic)
      writer.field("epoch", epoch)
      writer.field("offset", offset)
      writer.field("at", at)
      writer.key("data")
      writer.verbatim(event.content)
    }
    return writer.bytes
  }

  /// The frame that tells that the command `id` was done.
  public static func answer(_ answer: ServerAnswer, to id: Wire.CommandID, at: Timestamp) -> [UInt8]
  {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("re", id)
      writer.field("type", "ok")
      writer.field("command", answer.kind)
      writer.field("at", at)
      writer.field("data", answer.content)
    }
    return writer.bytes
  }

  /// The frame of a part of the answer to the command `id`.
  public static func part(_ part: ServerPart, of id: Wire.CommandID, at: Timestamp) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("re", id)
      writer.field("type", "part")
      writer.field("command", part.kind)
      writer.field("at", at)
      writer.field("data", part.content)
    }
    return writer.bytes
  }

  /// The frame that tells that the command `id` was not done; nil where no name could be read.
  public static func refusal(_ refusal: Refusal, to id: Wire.CommandID?, at: Timestamp) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("re", id)
      writer.field("type", "error")
      writer.field("at", at)
      writer.field("data", refusal)
    }
    return writer.bytes
  }

  /// The frame of a command, for clients written in Swift: tests, bots and benchmarks.
  public static func command(_ command: ClientCommand, id: Wire.CommandID) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("id", id)
      writer.field("type", command.kind)
      writer.field("data", command.content)
    }
    return writer.bytes
  }
}

/// An event whose content was written once, for several frames that differ in the envelope alone.
public struct EncodedEvent: Hashable, Sendable {
  /// The type.
  public let kind: ServerEvent.Kind
  /// The JSON object that stands under `data`.
  public let content: [UInt8]

  /// Writes `event`.
  public init(_ event: ServerEvent) {
    kind = event.kind
    content = JSONWriter.bytes(of: event.content)
  }
}
