/// A command as it came from a client.
public struct ReceivedCommand: Hashable, Sendable {
  /// The client's name for it, which the answer repeats.
  public let id: Wire.CommandID
  /// What is wished.
  public let command: ClientCommand

  /// A value of these parts.
  public init(id: Wire.CommandID, command: ClientCommand) {
    self.id = id
    self.command = command
  }

  /// Decodes the bytes of a text frame, which are not kept.
  ///
  /// Strict: an unknown type, an unknown or missing field, a value of the wrong kind or out of range
  /// is refused with its path. Never traps, whatever the bytes.
  ///
  /// - Throws: What to answer.
  /// - Complexity: O(*n*) in the number of bytes.
  public init(
    decoding text: UnsafeRawBufferPointer, limits: JSONLimits = .command
  ) throws(CommandRejection) {
    let tree: JSONValue
    do throws(JSONError) {
      tree = try JSONReader.read(text, limits: limits)
    } catch {
      throw CommandRejection(id: nil, refusal: Refusal(error))
    }
    // Read before all else, so that whatever is refused can be answered to the command.
    let id = tree["id"]?.string.flatMap(Wire.CommandID.init(rawValue:))
    do throws(Refusal) {
      try self.init(tree, id: id)
    } catch {
      throw CommandRejection(id: id, refusal: error)
    }
  }

  /// Decodes an array of bytes.
  ///
  /// - Throws: What to answer.
  public init(decoding text: [UInt8], limits: JSONLimits = .command) throws(CommandRejection) {
    let result = text.withUnsafeBytes { buffer -> Result<Self, CommandRejection> in
      do throws(CommandRejection) {
        return .success(try Self(decoding: buffer, limits: limits))
      } catch { return .failure(error) }
    }
    self = try result.get()
  }

  private init(_ tree: JSONValue, id: Wire.CommandID?) throws(Refusal) {
    var envelope = try FieldReader(tree, path: "")
    guard let id else {
      _ = try envelope.name("id")
      throw .badField("/id", "is not a command's name")
    }
    _ = envelope.value("id")
    let type = try envelope.string("type", lengths: 1...64)
    guard let kind = ClientCommand.Kind(rawValue: type) else {
      throw Refusal(.unknownType, path: "/type")
    }
    var fields = try envelope.fields("data")
    try envelope.finish()
    let command = try ClientCommand(kind, from: &fields)
    try fields.finish()
    self.init(id: id, command: command)
  }
}

/// Why bytes are not a command that the server takes.
public struct CommandRejection: Error, Hashable, Sendable {
  /// The command's name, if it could be read.
  public let id: Wire.CommandID?
  /// What to answer.
  public let refusal: Refusal

  /// A value of these parts.
  public init(id: Wire.CommandID?, refusal: Refusal) {
    self.id = id
    self.refusal = refusal
  }
}

extension Refusal {
  /// What to answer to bytes that are no JSON.
  fileprivate init(_ error: JSONError) {
    if case .tooManyBytes = error {
      self.init(.tooLarge, reason: error.reason)
    } else {
      self.init(.badJSON, reason: error.reason)
    }
  }
}
