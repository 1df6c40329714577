public import ArenaProtocol
public import ArenaTypes
import Glibc

extension PlayerClient {
  /// Waits in the queue for a format, both do, and both follow the duel that comes of it.
  public func meet(_ other: PlayerClient, in format: Wire.DuelFormat) throws -> DuelID {
    try ask(.queueJoin(.init(format: format)))
    // Seats go by who waited longer, and the clocks of two shards may be a batch apart.
    usleep(10_000)
    try other.ask(.queueJoin(.init(format: format)))
    let duel = try matched()
    _ = try other.matched()
    try follow(.duel(duel))
    try other.follow(.duel(duel))
    return duel
  }

  /// The duel that the player was matched for.
  public func matched() throws -> DuelID {
    DuelID(rawValue: try event("duel.matched").data.text("duel"))
  }

  /// The open round with that number, from the event or from a snapshot that came after it.
  public func round(_ number: Int) throws -> JSONValue {
    let frame = try next("round \(number)") { frame in
      switch frame.type {
      case "duel.roundStarted": frame.data["round"]?["number"]?.integer == Int64(number)
      case "duel.snapshot":
        frame.data["duel"]?["phase"]?.string == "question"
          && frame.data["duel"]?["round"]?["number"]?.integer == Int64(number)
      default: false
      }
    }
    return try frame.data["duel"]?.at("round") ?? frame.data.at("round")
  }

  /// The reveal of the round with that number.
  public func reveal(_ number: Int) throws -> JSONValue {
    try event("duel.revealed") { $0["reveal"]?["number"]?.integer == Int64(number) }
      .data.at("reveal")
  }

  /// Answers a round.
  @discardableResult
  public func answer(
    _ answer: Wire.Answer, in duel: DuelID, round: Int, id: String? = nil
  ) throws -> JSONValue {
    try ask(.duelAnswer(.init(duel: duel, round: round, answer: answer)), id: id)
  }

  /// Skips the rest of a reveal.
  public func ready(in duel: DuelID, round: Int) throws {
    try ask(.duelReady(.init(duel: duel, round: round)))
  }
}
