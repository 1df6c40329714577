import ArenaProtocol
import ArenaStorage
import ArenaTypes
import DispatchTransport

extension ShardContext {
  /// How many rows of a final board a page has.
  static let finalPageCountMax = 500

  /// Answers with a page of a final board, as it is on disk.
  func readFinal(
    _ content: ClientCommand.ContestFinal, command: Wire.CommandID, on connection: ConnectionID
  ) {
    let (contest, from, index) = (content.contest, content.from, shard.index)
    let directory = directory
    services.store.read { reader throws(StorageError) -> (FinalBoardRecord?, Bool) in
      (try reader.finalBoard(of: contest), try reader.room(.contest(contest)) != nil)
    } completion: { result in
      directory.post(to: index) { context in
        context.answer(
          result.mapError { _ in Refusal(.unavailable, retryAfter: .seconds(1)) }
            .flatMap { board, isThere in Self.page(board, from: from, isThere: isThere) },
          to: command, on: connection)
      }
    }
  }

  private static func page(_ board: FinalBoardRecord?, from: Int, isThere: Bool)
    -> Result<ServerAnswer, Refusal>
  {
    guard let board else { return .failure(Refusal(isThere ? .wrongState : .notFound)) }
    // Boards that were settled before there were seals can't be checked.
    guard let seal = BoardSeal(stored: board.seal) else { return .failure(Refusal(.notFound)) }
    let rows = board.entries.dropFirst(from - 1).prefix(finalPageCountMax)
    return .success(
      .contestFinal(
        .init(
          contest: board.contest, seal: seal.wire, count: board.entries.count, from: from,
          entries: rows.map { entry in
            Wire.FinalEntry(
              player: entry.player, name: entry.name, points: entry.points,
              finishedAt: entry.finishedAt ?? entry.joinedAt, joinedAt: entry.joinedAt)
          })))
  }
}
