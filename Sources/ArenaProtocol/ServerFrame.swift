public import ArenaTypes

/// A server's frame as a client in Swift reads it: the envelope as values, the content as a tree.
public struct ServerFrame: Hashable, Sendable {
  /// `ok`, `part`, `error` or an event's type.
  public let type: String
  /// The command that is answered; nil in events, and where the server could not read a name.
  public let answered: Wire.CommandID?
  /// The type of the command that was done or is being done; only in `ok` and `part`.
  public let command: String?
  /// The topic of an event.
  public let topic: Topic?
  /// The epoch of an event.
  public let epoch: String?
  /// The offset of an event.
  public let offset: Int?
  /// The server's clock.
  public let at: Timestamp
  /// The content.
  public let data: JSONValue

  /// Reads a frame; unknown fields are ignored, as every client must.
  ///
  /// - Throws: A `JSONError` that says where it is no JSON.
  /// - Returns: nil if it is JSON without the server's envelope.
  public init?(decoding text: [UInt8]) throws(JSONError) {
    let tree = try JSONReader.read(text, limits: .serverFrame)
    guard let type = tree["type"]?.string, let at = tree["at"]?.integer, let data = tree["data"]
    else { return nil }
    self.type = type
    self.at = Timestamp(millisecondsSinceEpoch: at)
    self.data = data
    answered = tree["re"]?.string.flatMap(Wire.CommandID.init(rawValue:))
    command = tree["command"]?.string
    topic = tree["topic"]?.string.flatMap { Topic($0) }
    epoch = tree["epoch"]?.string
    offset = tree["offset"]?.integer.map(Int.init)
  }

  /// The code of an `error`, if it is one that this version knows.
  public var errorCode: ErrorCode? {
    guard type == "error" else { return nil }
    return data["code"]?.string.flatMap(ErrorCode.init(rawValue:))
  }
}
