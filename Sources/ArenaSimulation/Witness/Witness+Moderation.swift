import ArenaCrypto
import ArenaProtocol
import ArenaRules
import ArenaStorage
import ArenaTypes

/// What the server has to keep to: what it has acknowledged, and what was on the disk when it started.
struct Enforced {
  /// Since when, by the names of bans and mutes.
  var bans: [String: Timestamp] = [:]
  /// Since when texts are hidden.
  var hidden: [TextReference: Timestamp] = [:]
  /// The hidden texts that players wrote, by the marks in them.
  var marks: [String: TextReference] = [:]
  /// Since when nothing new may start.
  var drainsSince: Timestamp?
}

/// What moderators do is in force once it is acknowledged: who is out is cut and refused, who is muted
/// writes nothing, what is hidden is shown to nobody else, and who only looks changes nothing.
extension Witness {
  /// How long what is on its way between the server's rooms may take.
  private static let grace: Duration = .seconds(2)

  // MARK: What is in force

  /// A server lets players in: it knows all that is on the disk.
  func serverOpened() {
    for id in durable.moderation.bans.keys { enforced.bans[id] = world.clock.now }
    for (text, decision) in durable.moderation.decisions where decision.isHidden { hide(text) }
  }

  private func hide(_ text: TextReference) {
    if enforced.hidden[text] == nil { enforced.hidden[text] = world.clock.now }
    guard case .duel(let duel, _, _, _) = text,
      let words = durable.moderation.decisions[text]?.text,
      let mark = words.firstRange(of: Self.answerMark)
    else { return }
    let number = String(words[mark.upperBound...].prefix { $0.isNumber })
    // What a ghost repeats is hidden in that duel alone: the engine may have failed in it, and not in others.
    if durable.ghostMarks[number]?.contains(where: { $0.duel == duel }) == true { return }
    enforced.marks[number] = text
  }

  /// A moderator's act is acknowledged.
  func checkAct(_ command: ClientCommand, _ id: String, _ data: JSONValue, on line: Line) {
    require(line.isModerator, "\(command.kind) was done for who has shown no token")
    guard let player = line.player, let entry = Self.entryName(of: player, id) else { return }
    let isThere = durable.moderation.audits.contains(entry)
    if data["dryRun"]?.bool == true {
      return require(
        !isThere && data["entry"].map { $0 == .null } ?? true, "\(id) only looked, and is on disk")
    }
    require(isThere, "\(command.kind) \(id) is acknowledged and not in the audit log")
    world.counts.acts += 1
    if durable.moderation.bans[entry] != nil { enforced.bans[entry] = world.clock.now }
    guard case .moderateAct(let content) = command else { return }
    switch content.act.kind {
    case .hide:
      if let text = content.act.target.flatMap({ TextReference($0) }),
        durable.moderation.decisions[text]?.isHidden == true
      {
        hide(text)
      }
    case .drain: enforced.drainsSince = world.clock.now
    default: break
    }
  }

  /// A moderator asks for something that ends draining.
  func mayResume() {
    enforced.drainsSince = nil
    durable.nothingStartsFrom = nil
  }

  /// Keeps the disk's reader informed.
  func noteDraining() {
    durable.nothingStartsFrom = enforced.drainsSince.map { $0 + Self.grace }
  }

  private static func entryName(of player: PlayerID, _ command: String) -> String? {
    (try? SHA256.hash(Array("\(player)/\(command)".utf8))).map {
      "a_" + Hex.encode(Array($0.prefix(10)))
    }
  }

  // MARK: What is held against it

  /// A frame leaves the server for somebody who may be out.
  func checkBans(_ frame: ServerFrame, on line: Line) {
    guard frame.type != "error", !line.mayBeLate, !enforced.bans.isEmpty else { return }
    for ban in durable.moderation.bans.values where ban.effect == .ban && isEnforced(ban) {
      let isMeant =
        switch ban.subject {
        case .player(let player): line.player == player
        case .address(let prefix): AddressPrefix(prefix)?.contains(line.host) ?? false
        }
      world.counts.checks += 1
      if isMeant {
        fail("\(line.player?.rawValue ?? line.host) is sent \(frame.type) in spite of \(ban)")
      }
    }
  }

  private func isEnforced(_ ban: BanRecord) -> Bool {
    let now = world.clock.now
    return ban.isInForce(at: now) && enforced.bans[ban.id].map { $0 + Self.grace < now } ?? false
  }

  /// A command is done that a muted player may not give.
  func checkMute(_ sent: SentCommand, on line: Line) {
    switch sent.command {
    case .rename: break
    case .duelAnswer(let content):
      guard content.answer.isWritten else { return }
    case .contestSubmit(let content):
      guard content.answer.isWritten else { return }
    case .soloSubmit: break
    default: return
    }
    for ban in durable.moderation.bans.values where ban.effect == .mute && isEnforced(ban) {
      guard let player = line.player, ban.subject == .player(player) else { continue }
      // What was acknowledged before is acknowledged again.
      let since = enforced.bans[ban.id] ?? world.clock.now
      require(
        sent.firstSentAt < since + Self.grace, "\(sent.text) of a muted player is done: \(ban)")
    }
  }

  /// A text with a mark is sent to somebody.
  func checkHidden(mark: String, _ text: String, on line: Line) {
    guard let reference = enforced.marks[mark] else { return }
    let author = durable.moderation.decisions[reference]?.author
    guard line.player != author, !line.isModerator, !line.mayBeLate else { return }
    require(!isHidden(reference), "\(reference) is hidden and sent: \(text)")
  }

  /// An excerpt is sent to somebody.
  func checkHidden(excerpt id: String, _ text: String, on line: Line) {
    guard !line.isModerator, !line.mayBeLate else { return }
    let reference = TextReference.excerpt(id: ExcerptID(rawValue: id))
    guard enforced.hidden[reference] != nil else { return }
    require(!isHidden(reference), "\(reference) is hidden and sent: \(text)")
  }

  /// Whether any excerpt is hidden, so that looking for them is worth it.
  var hidesExcerpts: Bool {
    enforced.hidden.keys.contains { if case .excerpt = $0 { true } else { false } }
  }

  private func isHidden(_ text: TextReference) -> Bool {
    guard durable.moderation.decisions[text]?.isHidden == true, let since = enforced.hidden[text]
    else {
      enforced.hidden[text] = nil
      return false
    }
    return since + Self.grace < world.clock.now
  }
}

extension Wire.Answer {
  /// Whether it is words of the player's own.
  fileprivate var isWritten: Bool {
    switch self {
    case .write, .fire: true
    case .pick, .oddOneOut, .predict, .done: false
    }
  }
}
