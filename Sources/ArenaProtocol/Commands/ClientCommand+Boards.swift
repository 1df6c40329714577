public import ArenaTypes

extension ClientCommand {
  /// The content of `board.page`.
  public struct BoardPage: Hashable, Sendable {
    /// The most rows that one page has.
    public static let countMax = 200

    /// The board.
    public let board: BoardName
    /// The rank from which on rows are wanted; 1 without it.
    public let from: Int?
    /// The player around whom rows are wanted, in place of `from`.
    public let around: PlayerID?
    /// How many rows are wanted.
    public let count: Int

    /// A value of these parts.
    public init(board: BoardName, from: Int? = nil, around: PlayerID? = nil, count: Int) {
      self.board = board
      self.from = from
      self.around = around
      self.count = count
    }
  }

  /// The content of `board.territories`.
  public struct BoardTerritories: Hashable, Sendable {
    /// The board; of its territory, if it names one, the regions are told.
    public let board: BoardName

    /// A value of these parts.
    public init(board: BoardName) {
      self.board = board
    }
  }

  /// The content of `territory.set`.
  public struct TerritorySet: Hashable, Sendable {
    /// The country or region, by ISO 3166; null takes back what was said.
    public let territory: Territory?

    /// A value of these parts.
    public init(territory: Territory?) {
      self.territory = territory
    }
  }
}

extension ClientCommand.BoardPage {
  init(from fields: inout FieldReader) throws(Refusal) {
    board = try fields.board("board")
    from = try fields.integerOrNil("from", in: 1...100_000_000)
    around = try fields.identifierOrNil("around")
    count = try fields.integer("count", in: 1...Self.countMax)
  }
}

extension ClientCommand.BoardTerritories {
  init(from fields: inout FieldReader) throws(Refusal) {
    board = try fields.board("board")
  }
}

extension ClientCommand.TerritorySet {
  init(from fields: inout FieldReader) throws(Refusal) {
    territory = try fields.territoryOrNil("territory")
  }
}

extension ClientCommand.BoardPage: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("board", board)
      if from != nil { writer.field("from", from) }
      if around != nil { writer.field("around", around) }
      writer.field("count", count)
    }
  }
}

extension ClientCommand.BoardTerritories: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("board", board)
    }
  }
}

extension ClientCommand.TerritorySet: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      if territory != nil { writer.field("territory", territory) }
    }
  }
}
