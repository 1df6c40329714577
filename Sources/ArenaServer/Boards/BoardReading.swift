import ArenaProtocol
import ArenaTypes
import DispatchTransport

extension ShardContext {
  /// The board of a topic and the territory that is meant; nil where there is none, or none of it is
  /// here.
  func liveBoard(of topic: TopicName) -> (board: LiveBoard, territory: Territory?)? {
    switch topic {
    case .board(let id): contests[id].map { ($0.board, nil) }
    case .boardOf(let name): liveBoard(name).map { ($0, name.territory) }
    default: nil
    }
  }

  private func liveBoard(_ name: BoardName) -> LiveBoard? {
    if case .contest(let id) = name.subject { return contests[id]?.board }
    return standings?.board(name.everywhere)
  }

  /// Whether a board can't be told yet, because results are still being counted after a start.
  func isCountingBoards(of topic: TopicName) -> Bool {
    guard case .boardOf(let name) = topic, name.span != nil else { return false }
    return standings?.isReady != true
  }

  /// Answers with a page of a board.
  func readPage(
    _ content: ClientCommand.BoardPage, command: Wire.CommandID, on connection: ConnectionID
  ) {
    readBoard(content.board, command: command, on: connection) { .boardPage($0.page(content)) }
  }

  /// Answers where those are at home who stand on a board.
  func readTerritories(
    _ content: ClientCommand.BoardTerritories, command: Wire.CommandID,
    on connection: ConnectionID
  ) {
    let board = content.board
    readBoard(board, command: command, on: connection) {
      .boardTerritories(.init(board: board, territories: $0.territories(of: board.territory)))
    }
  }

  private func readBoard(
    _ name: BoardName, command: Wire.CommandID, on connection: ConnectionID,
    answer: @escaping @Sendable (LiveBoard) -> ServerAnswer
  ) {
    directory.post(toOwnerOf: RoomName.board(name)) { context in
      let isCounting = context.isCountingBoards(of: .boardOf(name))
      let refusal =
        isCounting ? Refusal(.unavailable, retryAfter: .seconds(1)) : Refusal(.notFound)
      context.answer(
        context.liveBoard(name).map { .success(answer($0)) } ?? .failure(refusal), to: command,
        on: connection)
    }
  }
}
