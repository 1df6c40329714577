import ArenaRules
import ArenaStorage
import ArenaTypes
import Interpretation

/// What moderators have decided, where every shard reads it: who is kept out or silent, what is hidden,
/// what everybody is told, whether the server drains.
///
/// The store is the truth; this is filled from it at the start, and changed after each commit.
final class ModerationShelf: Sendable {
  private struct State {
    /// Bans and mutes by name, those that have ended included until they are met.
    var bans: [String: BanRecord] = [:]
    var bansOfPlayer: [PlayerID: Set<String>] = [:]
    var addressBans: [String: AddressPrefix] = [:]
    var notices: [String: HeldNotice] = [:]
    private(set) var decisions: [TextReference: Bool] = [:]
    /// Those that were decided to be hidden: every new duel asks for them.
    private(set) var hidden: Set<TextReference> = []
    var campaigns: [CampaignID: Shown]
    var isDraining = false
    var whenDrained: (@Sendable () -> Void)?

    mutating func decide(_ text: TextReference, isHidden: Bool) {
      decisions[text] = isHidden
      if isHidden { hidden.insert(text) } else { hidden.remove(text) }
    }
  }

  /// A campaign as it is shown.
  private final class Shown: Sendable {
    let shelf: CampaignShelf
    let mild: Campaign

    init(_ shelf: CampaignShelf) {
      self.shelf = shelf
      mild = shelf.campaign.withoutExplicit
    }
  }

  /// What everybody is told for a while.
  struct HeldNotice: Hashable, Sendable {
    let id: String
    let text: String
    let at: Timestamp
    let until: Timestamp
  }

  /// The campaigns as they were loaded, with what is hidden, the main one first.
  private let originals: [CampaignShelf]
  private let state: Locked<State>

  /// Nothing decided yet.
  ///
  /// - Parameter campaigns: All that are open, the main one first; at least one.
  init(_ campaigns: [CampaignShelf]) {
    originals = campaigns
    state = Locked(State(campaigns: Self.shown(campaigns)))
  }

  private static func shown(_ shelves: [CampaignShelf]) -> [CampaignID: Shown] {
    Dictionary(
      shelves.map { ($0.campaign.info.id, Shown($0)) }, uniquingKeysWith: { first, _ in first })
  }

  /// Fills it from what is kept.
  ///
  /// - Throws: What the store says.
  func load(from reader: any StoreReader) throws(StorageError) {
    // What has ended is let go when it is met: there is no clock yet.
    for ban in try reader.bans(endingAfter: Timestamp(millisecondsSinceEpoch: 0)) { put(ban) }
    var before: Int64?
    while true {
      let page = try reader.moderationCases(of: .text, openAt: nil, before: before, limit: 1_000)
      for one in page {
        guard let reference = TextReference(one.record.id),
          let text = try? TextCase(one.record)
        else { continue }
        state.withLock { $0.decide(reference, isHidden: text.isHidden) }
      }
      guard let last = page.last else { break }
      before = last.number
    }
    for one in try reader.moderationCases(of: .notice, openAt: nil, before: nil, limit: 100) {
      if let notice = HeldNotice(one.record) { put(notice) }
    }
    rebuild()
  }

  // MARK: The campaigns

  /// A campaign without what moderators have hidden, with what can be asked of it; the main one where
  /// `id` is not open.
  func shelf(_ id: CampaignID) -> CampaignShelf { campaign(id)?.shelf ?? originals[0] }

  /// A campaign without what moderators have hidden.
  func shown(_ id: CampaignID) -> Campaign { shelf(id).campaign }

  /// The same without what is explicit.
  func mild(_ id: CampaignID) -> Campaign {
    campaign(id)?.mild ?? originals[0].campaign.withoutExplicit
  }

  private func campaign(_ id: CampaignID) -> Shown? { state.withLock { $0.campaigns[id] } }

  /// What pick rounds may ask of a campaign: nothing that moderators have hidden.
  func questions(of served: ServedCampaign) -> UnitQuestions {
    var questions = served.questions
    questions.decoys = shelf(served.id).decoys
    questions.hidden = state.withLock { $0.hidden }
    return questions
  }

  /// Whether a moderator, or the check of texts, has hidden a text; nil where nobody decided.
  func isHidden(_ text: TextReference) -> Bool? { state.withLock { $0.decisions[text] } }

  /// Takes a decision over.
  func decide(_ text: TextReference, isHidden: Bool) {
    state.withLock { $0.decide(text, isHidden: isHidden) }
    if case .duel = text { return }
    rebuild()
  }

  /// - Complexity: O(*n*) in the campaigns' excerpts; moderators hide few.
  private func rebuild() {
    let hidden = state.withLock { $0.hidden }
    let campaigns = Self.shown(
      originals.map { hidden.isEmpty ? $0 : CampaignShelf($0.campaign.hiding(hidden)) })
    state.withLock { $0.campaigns = campaigns }
  }

  // MARK: Sanctions

  /// Takes a ban or mute over, or its end.
  func put(_ ban: BanRecord) {
    state.withLock { state in
      state.bans[ban.id] = ban
      switch ban.subject {
      case .player(let player): state.bansOfPlayer[player, default: []].insert(ban.id)
      case .address(let text): state.addressBans[ban.id] = AddressPrefix(text)
      }
    }
  }

  /// The ban or mute of a player that is in force and lasts longest.
  func sanction(
    _ effect: BanRecord.Effect, of player: PlayerID, at now: Timestamp
  ) -> BanRecord? {
    sanctions(of: player, at: now).first { $0.effect == effect }
  }

  /// All that is in force against a player, the longest first.
  func sanctions(of player: PlayerID, at now: Timestamp) -> [BanRecord] {
    state.withLock { state in
      guard let names = state.bansOfPlayer[player] else { return [] }
      let found = names.sorted().compactMap { state.bans[$0] }.filter { $0.isInForce(at: now) }
      if found.count < names.count {
        for name in names.subtracting(found.map(\.id)) { state.bans[name] = nil }
        state.bansOfPlayer[player] = found.isEmpty ? nil : Set(found.map(\.id))
      }
      return found.sorted { ($0.endsAt ?? .distantFuture) > ($1.endsAt ?? .distantFuture) }
    }
  }

  /// The ban of the range that an address lies in, if one is in force.
  ///
  /// - Complexity: O(*n*) in the banned ranges.
  func ban(ofAddress host: @autoclosure () -> String, at now: Timestamp) -> BanRecord? {
    state.withLock { state in
      guard !state.addressBans.isEmpty else { return nil }
      let host = host()
      for (name, prefix) in state.addressBans.sorted(by: { $0.key < $1.key }) {
        guard let ban = state.bans[name], ban.isInForce(at: now) else {
          state.addressBans[name] = nil
          state.bans[name] = nil
          continue
        }
        if prefix.contains(host) { return ban }
      }
      return nil
    }
  }

  // MARK: Notices

  /// Takes a notice over; one that has ended is forgotten.
  func put(_ notice: HeldNotice) { state.withLock { $0.notices[notice.id] = notice } }

  /// Forgets a notice.
  func withdraw(_ id: String) { state.withLock { $0.notices[id] = nil } }

  /// What everybody is told now, the oldest first.
  func notices(at now: Timestamp) -> [HeldNotice] {
    state.withLock { state in
      state.notices = state.notices.filter { now < $0.value.until }
      return state.notices.values.sorted { ($0.at, $0.id) < ($1.at, $1.id) }
    }
  }

  // MARK: Draining

  /// Whether nothing new may start.
  var isDraining: Bool { state.withLock { $0.isDraining } }

  /// Starts or ends draining.
  func setDraining(_ isDraining: Bool) { state.withLock { $0.isDraining = isDraining } }

  /// Names who is called when the server drains and nothing runs any more.
  func whenDrained(_ call: @escaping @Sendable () -> Void) {
    state.withLock { $0.whenDrained = call }
  }

  /// Calls who waits for the end; once.
  func drained() {
    let call = state.withLock { state in
      defer { state.whenDrained = nil }
      return state.isDraining ? state.whenDrained : nil
    }
    call?()
  }
}

extension Timestamp {
  /// Later than anything that has an end.
  static let distantFuture = Timestamp(millisecondsSinceEpoch: .max)
}

extension Campaign {
  /// The campaign without some of its excerpts and explanations.
  func hiding(_ hidden: Set<TextReference>) -> Campaign {
    guard !hidden.isEmpty else { return self }
    return keeping {
      !hidden.contains(.excerpt(id: $0.id))
    } explanations: {
      !hidden.contains(.explanation(id: $0))
    }
  }

  /// The campaign without explicit excerpts.
  var withoutExplicit: Campaign {
    let isExplicit = (units + goldUnits).contains { unit in
      unit.clues.contains(where: \.excerpt.isExplicit)
        || unit.reveals.contains(where: \.excerpt.isExplicit)
    }
    return isExplicit
      ? keeping {
        !$0.isExplicit
      } explanations: { _ in
        true
      } : self
  }

  private func keeping(
    excerpts isKept: (Excerpt) -> Bool, explanations isKeptText: (ExplanationID) -> Bool
  ) -> Campaign {
    func keeping(_ units: [CampaignUnit]) -> [CampaignUnit] {
      units.map { unit in
        CampaignUnit(
          id: unit.id, polarity: unit.polarity, rest: unit.rest, density: unit.density,
          top20MeanPeak: unit.top20MeanPeak, isLexical: unit.isLexical,
          clues: unit.clues.filter { isKept($0.excerpt) }, heldOut: unit.heldOut,
          reveals: unit.reveals.filter { isKept($0.excerpt) }, peakWords: unit.peakWords,
          promoted: unit.promoted, suppressed: unit.suppressed, neighbours: unit.neighbours,
          explanations: unit.explanations.filter { isKeptText($0.explanation.id) },
          pairs: unit.pairs.filter { isKeptText($0.a) && isKeptText($0.b) },
          scoring: unit.scoring)
      }
    }
    return Campaign(
      info: info, contentHash: contentHash, units: keeping(units), baseline: baseline,
      goldUnits: keeping(goldUnits))
  }
}
