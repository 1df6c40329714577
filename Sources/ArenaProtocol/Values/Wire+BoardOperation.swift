extension Wire {
  /// One step from a board's version to the next; positions count from 0 in
  /// the rows as the steps before have left them.
  public enum BoardOperation: Hashable, Sendable {
    /// `entry` comes in at `position`; all from there on move down by one.
    case insert(position: Int, entry: BoardEntry)
    /// The row at `from` is taken out and comes to stand, as `entry`, at `to` of what is left.
    case move(from: Int, to: Int, entry: BoardEntry)
    /// The row at `position` stays there and reads `entry` now.
    case change(position: Int, entry: BoardEntry)
    /// The row at `position` goes; all below move up by one.
    case remove(position: Int)
  }
}

extension Wire.BoardOperation: JSONWritable {
  /// Appends the step as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      switch self {
      case .insert(let position, let entry):
        writer.field("op", "insert")
        writer.field("position", position)
        writer.field("entry", entry)
      case .move(let from, let to, let entry):
        writer.field("op", "move")
        writer.field("from", from)
        writer.field("to", to)
        writer.field("entry", entry)
      case .change(let position, let entry):
        writer.field("op", "change")
        writer.field("position", position)
        writer.field("entry", entry)
      case .remove(let position):
        writer.field("op", "remove")
        writer.field("position", position)
      }
    }
  }
}
