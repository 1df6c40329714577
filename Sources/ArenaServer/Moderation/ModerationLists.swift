import ArenaProtocol
import ArenaRules
import ArenaStorage
import ArenaTypes
import DispatchTransport

/// Where a page of a list is answered to.
struct ListRequest: Sendable {
  let content: ClientCommand.ModerateList
  let command: Wire.CommandID
  let connection: ConnectionID

  /// Whether a line has all the words that are sought.
  func fits(_ row: Wire.ModerationRow) -> Bool {
    let words = (content.find ?? "").lowercased().split(whereSeparator: \.isWhitespace)
    guard !words.isEmpty else { return true }
    let text =
      "\(row.id) \(row.title) \(row.detail) \(row.state ?? "") \(row.player?.rawValue ?? "") \(row.by ?? "")"
      .lowercased()
    return words.allSatisfy { text.contains($0) }
  }
}

extension ShardContext {
  /// Answers with a page of a moderator's list.
  func answerList(
    _ content: ClientCommand.ModerateList, by moderator: String?, command: Wire.CommandID,
    on connection: ConnectionID
  ) {
    guard moderator != nil else {
      return answer(.failure(Refusal(.forbidden)), to: command, on: connection)
    }
    let request = ListRequest(content: content, command: command, connection: connection)
    switch content.list {
    case .players, .duels, .contests:
      postToLobby { lobby in lobby.context.answer(request, live: lobby.rows(content.list)) }
    case .texts: answerCases(of: .text, request, Wire.ModerationRow.init(text:))
    case .reports: answerCases(of: .report, request, Wire.ModerationRow.init(report:))
    case .flags: answerCases(of: .flag, request, Wire.ModerationRow.init(flag:))
    case .notices: answerCases(of: .notice, request, Wire.ModerationRow.init(notice:))
    case .bans: answerBans(request)
    }
  }

  private func answer(
    _ request: ListRequest, _ rows: [Wire.ModerationRow], total: Int, next: String?
  ) {
    answer(
      .success(
        .moderateList(
          .init(list: request.content.list, rows: rows, total: total, next: next))),
      to: request.command, on: request.connection)
  }

  /// A page of lines that are all at hand, in their order.
  private func answer(_ request: ListRequest, live rows: [Wire.ModerationRow]) {
    let found = rows.filter(request.fits)
    // By place in the order rather than by count: lines that go meanwhile shift nothing.
    let start = request.content.after.map { after in
      found.firstIndex { Self.cursor($0) > after } ?? found.endIndex
    }
    let page = found[(start ?? 0)...].prefix(request.content.limit)
    let isLast = page.endIndex == found.endIndex
    answer(
      request, Array(page), total: found.count,
      next: isLast ? nil : page.last.map(Self.cursor))
  }

  /// The place of a line in the order of lists that are at hand: by time, then name.
  static func cursor(_ row: Wire.ModerationRow) -> String {
    let digits = String(max(0, row.at.millisecondsSinceEpoch))
    return String(repeating: "0", count: max(0, 15 - digits.count)) + digits + ":" + row.id
  }

  private func answerBans(_ request: ListRequest) {
    let (index, directory, moment) = (shard.index, directory, now)
    services.store.read { reader throws(StorageError) in
      try reader.bans(inForceAt: moment)
    } completion: { result in
      directory.post(to: index) { context in
        guard let bans = try? result.get() else { return context.unavailable(request) }
        context.answer(request, live: bans.map(Wire.ModerationRow.init(ban:)))
      }
    }
  }

  private func answerCases(
    of kind: ModerationCase.Kind, _ request: ListRequest,
    _ row: @escaping @Sendable (ModerationCase) -> Wire.ModerationRow?
  ) {
    let (index, directory, moment) = (shard.index, directory, now)
    let content = request.content
    services.store.read { reader throws(StorageError) in
      var rows: [Wire.ModerationRow] = []
      var before = content.after.flatMap { Int64($0) }
      // What is sought may stand far back, but no question keeps a reader for long.
      for _ in 0..<20 {
        let page = try reader.moderationCases(
          of: kind, openAt: content.all ? nil : moment, before: before, limit: 500)
        for one in page {
          before = one.number
          guard let made = row(one.record), request.fits(made) else { continue }
          rows.append(made)
          if rows.count == content.limit { break }
        }
        if page.count < 500 && rows.count < content.limit {
          before = nil
          break
        }
        if rows.count == content.limit { break }
      }
      let total = try reader.moderationCaseCount(of: kind, openAt: moment)
      return (rows, total, before)
    } completion: { result in
      directory.post(to: index) { context in
        guard let (rows, total, before) = try? result.get() else {
          return context.unavailable(request)
        }
        context.answer(request, rows, total: total, next: before.map { "\($0)" })
      }
    }
  }

  private func unavailable(_ request: ListRequest) {
    answer(
      .failure(Refusal(.unavailable, retryAfter: .seconds(1))), to: request.command,
      on: request.connection)
  }
}
