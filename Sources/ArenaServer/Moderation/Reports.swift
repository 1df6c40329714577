import ArenaCrypto
import ArenaProtocol
import ArenaRules
import ArenaStorage
import ArenaTypes
import DispatchTransport
import Interpretation

/// What players tell moderators.
extension PlayerRoom {
  /// Keeps a report; the same player about the same thing has one.
  func report(_ content: ClientCommand.Report, _ origin: CommandOrigin) {
    guard let about = ReportSubject(content.about) else {
      return context.settle(
        origin,
        .failure(
          Refusal(.badField, reason: "The field names nothing to report.", path: "/data/about")))
    }
    if let wait = reportBucket.take(now: context.now) {
      return context.settle(
        origin,
        .failure(
          Refusal(
            .rateLimited, reason: "You have reported much in a short time.", retryAfter: wait)))
    }
    let note = Moderation.folded(content.note ?? "")
    let by = id
    guard case .text(let reference) = about,
      case .duel(let duel, let round, let seat, let attempt) = reference
    else {
      return context.keep(content, about, note: note, by: by, written: nil, origin)
    }
    context.directory.post(toOwnerOf: RoomName.duel(duel)) { context in
      let written = context.duels[duel]?.written(round: round, seat: seat, attempt: attempt)
      context.keep(content, about, note: note, by: by, written: written, origin)
    }
  }
}

/// What a report is about.
enum ReportSubject: Hashable, Sendable {
  case player(PlayerID)
  case duel(DuelID)
  case text(TextReference)

  /// Reads a client's name for it; nil for anything else.
  init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    let isName = parts.count == 2 && (1...64).contains(parts[1].utf8.count)
    switch parts[0] {
    case "player" where isName: self = .player(PlayerID(rawValue: String(parts[1])))
    case "duel" where isName: self = .duel(DuelID(rawValue: String(parts[1])))
    default:
      guard let reference = TextReference(text) else { return nil }
      self = .text(reference)
    }
  }
}

extension ShardContext {
  fileprivate func keep(
    _ content: ClientCommand.Report, _ about: ReportSubject, note: String, by: PlayerID,
    written: TextCase?, _ origin: CommandOrigin
  ) {
    var player = written?.author
    var text = written?.text
    switch about {
    case .player(let id): player = id
    case .text(.excerpt(let id)):
      text = services.campaigns.excerpt(id)?.tokens.joined()
    case .text(.explanation(let id)):
      text = services.campaigns.explanation(id)?.explanation.text.description
    case .duel, .text(.duel): break
    }
    guard player != by else {
      return settle(
        origin, .failure(Refusal(.wrongState, reason: "That is you, or your own text.")))
    }
    guard let hash = try? SHA256.hash(Array("\(by)/\(content.about)".utf8)) else {
      return refuse(origin, .unavailable)
    }
    let report = ReportCase(reason: content.reason.rawValue, note: note, by: by, text: text)
    let record = ModerationCase(
      id: "r_" + Hex.encode(Array(hash.prefix(10))), kind: .report, openedAt: now,
      subject: content.about, player: player, content: report.encoded)
    let (index, directory) = (shard.index, directory)
    services.store.commit([.putCase(record)]) { result in
      directory.post(to: index) { context in
        guard case .success = result else {
          return context.refuse(origin, .unavailable, retryAfter: .seconds(1))
        }
        context.postToLobby { $0.casesChanged() }
        context.settle(origin, .success(.report))
      }
    }
  }
}
