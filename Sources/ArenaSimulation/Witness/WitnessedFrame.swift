import ArenaProtocol

/// A frame on its way to a player, read once for the witness and the player.
struct WitnessedFrame {
  let text: String
  let frame: ServerFrame

  /// The answer's or the event's content.
  var data: JSONValue { frame.data }
}
