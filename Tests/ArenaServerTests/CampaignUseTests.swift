import ArenaProtocol
import ArenaRules
import ArenaTypes
import Interpretation
import Testing

@testable import ArenaServer

@Suite("What of a campaign is asked and shown")
struct CampaignUseTests {
  /// The units of the scripted campaign, in which every third clue and reveal is explicit.
  private static let campaign: Campaign = {
    let scripted = ScriptedCampaign.make(unitCount: 12)
    func marked(_ excerpt: Excerpt, _ index: Int) -> Excerpt {
      Excerpt(
        id: excerpt.id, kind: excerpt.kind, source: excerpt.source, tokenIDs: excerpt.tokenIDs,
        tokens: excerpt.tokens, activations: excerpt.activations,
        isExplicit: index.isMultiple(of: 3))
    }
    let units = scripted.units.map { unit in
      CampaignUnit(
        id: unit.id, polarity: unit.polarity, density: unit.density,
        top20MeanPeak: unit.top20MeanPeak, isLexical: unit.isLexical,
        clues: unit.clues.enumerated().map { ClueExcerpt(marked($1.excerpt, $0)) },
        heldOut: unit.heldOut,
        reveals: unit.reveals.enumerated().map { RevealExcerpt(marked($1.excerpt, $0)) },
        peakWords: unit.peakWords, promoted: unit.promoted, suppressed: unit.suppressed,
        neighbours: unit.neighbours, explanations: unit.explanations, pairs: unit.pairs,
        scoring: unit.scoring)
    }
    return Campaign(
      info: scripted.info, contentHash: scripted.contentHash, units: units,
      baseline: scripted.baseline)
  }()

  private static let now = Timestamp(millisecondsSinceEpoch: 1_800_000_000_000)

  private func seated(_ name: String, explicit: Bool, seen: Set<UnitID> = []) -> SeatedPlayer {
    SeatedPlayer(
      seat: Seat(
        player: PlayerID(rawValue: "p_\(name)"), name: name, kind: .human, rating: Rating()),
      showsExplicit: explicit,
      unitsSeen: Dictionary(uniqueKeysWithValues: seen.map { ($0, Self.now) }))
  }

  private func setup(
    _ format: ArenaRules.DuelFormat = .pick, _ players: [SeatedPlayer]
  ) -> DuelSetup {
    let request = DuelRequest(
      format: format, participants: [], isPrivate: false, from: .system)
    return DuelFactory(
      shelf: CampaignShelf(Self.campaign),
      questions: UnitQuestions(campaign: Self.campaign, book: QuestionBook()),
      timing: DuelTiming(), goldShare: 0.1
    ).setup(request, seated: players, seed: 7, now: Self.now)
  }

  private func isExplicit(_ id: ExcerptID) -> Bool {
    Self.campaign.excerpt(id)?.isExplicit ?? true
  }

  @Test("One who hides explicit texts decides for both")
  func stricter() {
    for (ada, bob) in [(true, false), (false, true), (false, false)] {
      let setup = setup(.pick, [seated("a", explicit: ada), seated("b", explicit: bob)])
      let shown = setup.materials.flatMap { $0.clues + $0.reveals }
      #expect(!shown.isEmpty)
      #expect(shown.allSatisfy { !isExplicit($0) })
      #expect(setup.materials.allSatisfy { $0.clues.count >= 5 }, "hidden clues leave no hole")
    }
    let both = setup(.pick, [seated("a", explicit: true), seated("b", explicit: true)])
    #expect(both.materials.flatMap(\.clues).contains(where: isExplicit))
  }

  @Test(
    "Every material can be asked, none is asked twice, and there are some for sudden death",
    arguments: ArenaRules.DuelFormat.allCases)
  func askable(_ format: ArenaRules.DuelFormat) throws {
    for _ in 0..<20 {
      let setup = setup(format, [seated("a", explicit: false), seated("b", explicit: true)])
      #expect(setup.materials.count == format.rounds.count + 3)
      #expect(Set(setup.materials.map(\.unit)).count == setup.materials.count)
      for (material, kind) in zip(setup.materials, format.rounds + [.pick, .pick, .pick]) {
        #expect(material.canBeAsked(as: kind))
      }
      _ = try Duel.start(setup, now: Timestamp(millisecondsSinceEpoch: 0))
    }
  }

  @Test("Units that either has met lately come last")
  func unseen() {
    let units = Self.campaign.units.map(\.id)
    for _ in 0..<20 {
      let setup = setup(
        .write,
        [
          seated("a", explicit: false, seen: Set(units.prefix(3))),
          seated("b", explicit: false, seen: Set(units.suffix(3))),
        ])
      let asked = Set(setup.materials.map(\.unit))
      #expect(asked.isSubset(of: units.dropFirst(3).dropLast(3)))
    }
    // Who has seen all plays on.
    let all = setup(
      .pick, [seated("a", explicit: false, seen: Set(units)), seated("b", explicit: false)])
    #expect(all.materials.count == 8)
  }

  @Test("No held-out excerpt can be shown, by its id or on a unit's page")
  func heldOut() throws {
    let views = WireViews(campaign: Self.campaign)
    for unit in Self.campaign.units {
      let hidden = unit.heldOut.map(\.excerpt.id)
      #expect(hidden.count == 24)
      #expect(hidden.allSatisfy { views.clue($0, of: unit.id) == nil })
      #expect(views.clues(hidden, of: unit.id).isEmpty)
      let page = try #require(views.page(unit.id, showsExplicit: true))
      let shown = Set((page.clues + page.reveals).map(\.id))
      #expect(shown.isDisjoint(with: hidden))
      #expect(shown.count == 21)
      let decent = try #require(views.page(unit.id, showsExplicit: false))
      #expect((decent.clues + decent.reveals).allSatisfy { !isExplicit($0.id) })
    }
  }

  @Test("A clue's window and scale fit it")
  func clue() throws {
    let views = WireViews(campaign: Self.campaign)
    let unit = Self.campaign.units[0]
    for excerpt in unit.clues.map(\.excerpt) {
      let clue = try #require(views.clue(excerpt.id, of: unit.id))
      #expect(clue.tokens.count == clue.activations.count)
      #expect(clue.window.first >= 0 && clue.window.second <= clue.tokens.count)
      #expect((clue.window.first..<clue.window.second).contains(clue.peak))
      #expect(clue.scale > 0)
    }
  }

  @Test("A view of a running duel holds one's own answers and nobody else's")
  func privateFields() throws {
    var setup = setup(.write, [seated("a", explicit: false), seated("b", explicit: false)])
    let start = Timestamp(millisecondsSinceEpoch: 0)
    setup = DuelSetup(
      id: setup.id, format: setup.format, seats: setup.seats, materials: setup.materials,
      seed: setup.seed, isRated: true, timing: DuelTiming())
    var (duel, _) = try Duel.start(setup, now: start)
    _ = try duel.apply(.tick, now: start + .seconds(3))
    let text = try ExplanationText("my own secret")
    let (ada, bob) = (setup.seats[0].player, setup.seats[1].player)
    _ = try duel.apply(
      .answer(
        player: ada, round: 0, answer: .write(text: text),
        commandID: ArenaRules.CommandID(rawValue: "c1")), now: start + .seconds(4))
    let views = WireViews(campaign: Self.campaign)
    let record = DuelRecord(setup: setup, startedAt: start, isPrivate: false, rematchOf: nil)
    func view(_ viewer: PlayerID?) -> Wire.DuelView {
      views.view(
        of: duel, for: viewer, record: record, roundStartedAt: start, heats: [:], spectators: 0)
    }
    #expect(view(ada).you?.answer == .write("my own secret"))
    #expect(view(bob).you?.answer == nil)
    #expect(view(nil).you == nil)
    for viewer in [bob, nil] {
      let frame = Envelope.event(
        .duelSnapshot(.init(duel: view(viewer))), on: .duel(setup.id), epoch: "e", offset: 1,
        at: start)
      #expect(!String(decoding: frame, as: UTF8.self).contains("secret"))
    }
  }
}
