import ArenaCrypto
import ArenaProtocol
import ArenaRules
import ArenaStorage
import ArenaTypes
import Interpretation

/// Holds everything that leaves the server against what is on the disk, at the moment that it leaves.
///
/// What is durable is replayed entry by entry with the rules alone (`DurableWorld`), so at any moment
/// it is known what may be shown. The promises:
///
/// - an acknowledged answer is on disk, once, as it was given; since the disk forgets nothing that is
///   durable, it survives whatever comes;
/// - nobody is told of anything that is not on disk;
/// - nobody but its author is sent an answer's text before the reveal, and nobody a held-out excerpt;
/// - every topic is gapless by epoch and offset, and says the same under the same offset;
/// - boards are what a recount of the journals, results, players and bans gives;
/// - what a moderator has done is in force: who is out is cut and refused, who is muted writes nothing,
///   what is hidden is shown to nobody else, and a duel that is voided takes back its own step alone;
/// - results and ratings are what a replay gives, to the last bit, and bots and voids move none;
/// - a command that is repeated gets its first answer again.
final class Witness {
  /// The world, which is made with a witness and then makes itself known to it.
  var world: World {
    get {
      guard let reference else { preconditionFailure("the world has ended") }
      return reference
    }
    set { reference = newValue }
  }
  private weak var reference: World?
  let durable: DurableWorld
  /// What failed first.
  private(set) var failure: String?
  /// Whether a secrecy probe has seen all that it wanted to see.
  private(set) var isDone = false
  var marks: [String: MarkedAnswer] = [:]
  var firstAnswers: [PlayerID: FirstAnswers] = [:]
  /// Hashes of the frames of running duels, by offset, under the server's epoch.
  var framesOfDuel: [DuelID: (epoch: String, hashes: [Int: Int])] = [:]
  /// What moderators have done that the server has to keep to.
  var enforced = Enforced()
  private var probeView: ProbeView?
  private let probe: SecrecyProbe?
  private var acknowledgedIDs: Set<String> = []
  private var lastFrames: [(text: String, frame: ServerFrame)] = []

  init(campaign: Campaign, probe: SecrecyProbe?) {
    self.probe = probe
    durable = DurableWorld(campaign: campaign)
  }

  /// Notes that a promise was broken; the first one counts.
  func fail(_ what: String) {
    guard failure == nil else { return }
    failure = what
    world.note("FAILED \(what)")
  }

  /// Counts a check, and fails where it did not hold.
  func require(_ holds: Bool, _ what: @autoclosure () -> String) {
    world.counts.checks += 1
    if !holds { fail(what()) }
  }

  /// Whether a command's acknowledgement is the first one; ids are unique in a simulation.
  func firstAcknowledgement(_ id: String) -> Bool { acknowledgedIDs.insert(id).inserted }

  /// Whether a command's acknowledgement has left the server.
  func isAcknowledged(_ id: String) -> Bool { acknowledgedIDs.contains(id) }

  // MARK: What happens

  /// A batch has reached the disk.
  func becameDurable(_ writes: [StoreWrite]) {
    do throws(BrokenPromise) {
      try durable.apply(writes, now: world.clock.now, counts: &world.counts)
    } catch {
      fail(error.what)
    }
    endProbeIfRevealed()
  }

  /// The server is gone: what it remembered of commands went with it.
  func serverEnded() {
    firstAnswers = [:]
    framesOfDuel = [:]
    enforced = Enforced()
    durable.nothingStartsFrom = nil
  }

  /// The server has logged an error.
  func serverLogged(_ line: String) {
    world.note("log \(line)")
    if line.hasPrefix("left out") || line.contains("could not be made") { fail("log: \(line)") }
  }

  /// A text message leaves the server; nil where it is no frame.
  func saw(_ text: String, on line: Line) -> WitnessedFrame? {
    world.counts.framesChecked += 1
    searchForSecrets(text, line)
    guard let frame = parsed(text) else {
      fail("no frame: \(text)")
      return nil
    }
    if let answered = frame.answered {
      checkAnswer(frame, text: text, to: answered.rawValue, on: line)
    } else if frame.topic != nil {
      checkEvent(frame, text: text, on: line)
    }
    checkBans(frame, on: line)
    probeView?.saw(text, on: line)
    return WitnessedFrame(text: text, frame: frame)
  }

  /// Reads a frame; what went to many is read once.
  private func parsed(_ text: String) -> ServerFrame? {
    if let known = lastFrames.first(where: { $0.text == text }) { return known.frame }
    guard let frame = try? ServerFrame(decoding: Array(text.utf8)) else { return nil }
    if lastFrames.count >= 4 { lastFrames.removeFirst() }
    lastFrames.append((text, frame))
    return frame
  }

  // MARK: Probing secrecy

  /// Whether the answer that a player is about to give is to be given otherwise; counts the answers
  /// that could be.
  func probes(by player: PlayerID, duel: DuelID, round: Int) -> Bool {
    defer { world.probeCount += 1 }
    guard let probe, probe.answer == world.probeCount else { return false }
    do {
      probeView = try ProbeView(author: player, duel: duel, round: round)
    } catch {
      fail("\(error)")
    }
    return probe.isFlipped
  }

  private func endProbeIfRevealed() {
    guard let view = probeView, !isDone, let duel = durable.duels[view.duel]?.duel else { return }
    if duel.results.count > view.round || duel.phase == .finished {
      isDone = true
      probeView?.view.isRevealed = duel.results.count > view.round
    }
  }

  /// What everybody but its author saw of the probed answer.
  func probedView() throws -> ProbedView? { try probeView?.finished() }
}

/// A promise that was broken.
struct BrokenPromise: Error {
  let what: String

  init(_ what: String) { self.what = what }
}

/// What a probed answer's surroundings look like to everybody but its author.
struct ProbeView {
  let author: PlayerID
  let duel: DuelID
  let round: Int
  var view = ProbedView()
  private var trace: Trace

  init(author: PlayerID, duel: DuelID, round: Int) throws {
    self.author = author
    self.duel = duel
    self.round = round
    trace = try Trace()
  }

  mutating func saw(_ text: String, on line: Line) {
    guard line.player != author else { return }
    view.frameCount += 1
    trace.note("\(line.number) \(text)", at: Timestamp(millisecondsSinceEpoch: 0))
  }

  func finished() throws -> ProbedView {
    var (trace, view) = (trace, view)
    view.hash = try trace.digest()
    return view
  }
}
