import ArenaProtocol
import ArenaTypes

/// Topics without gaps.
extension Witness {
  /// A subscription was answered: what follows begins here.
  func subscribed(_ frame: ServerFrame, asked: ClientCommand.Subscribe, on line: Line) {
    guard let text = frame.data["topic"]?.string, let topic = Topic(text),
      let epoch = frame.data["epoch"]?.string, let offset = frame.data["offset"]?.integer,
      let isRecovered = frame.data["recovered"]?.bool
    else { return fail("a subscription was answered with \(frame.data)") }
    require(topic == asked.topic, "asked for \(asked.topic), subscribed to \(topic)")
    if topic == .moderation {
      require(line.isModerator, "moderation is followed by who has shown no token")
    }
    guard topic.lane == .lossless else {
      line.topics.latest[topic] = nil
      return
    }
    if isRecovered {
      require(
        asked.epoch == epoch && asked.offset.map { $0 <= Int(offset) } ?? false,
        "\(topic) recovered \(epoch) \(offset), asked was \(asked)")
      world.counts.topicsRecovered += 1
      line.topics.lossless[topic] = LineTopics.Lossless(
        epoch: epoch, offset: asked.offset ?? 0, awaitsSnapshot: false)
    } else {
      line.topics.lossless[topic] = LineTopics.Lossless(
        epoch: epoch, offset: Int(offset), awaitsSnapshot: true)
    }
  }

  /// An event of a topic leaves the server.
  func follow(_ frame: ServerFrame, text: String, topic: Topic, on line: Line) {
    guard let epoch = frame.epoch, let offset = frame.offset else {
      return fail("an event without its place: \(text)")
    }
    guard topic.lane == .lossless else {
      // A place on a board is that of the version in which it last changed.
      let part = frame.type == "board.own" ? "own" : ""
      if let last = line.topics.latest[topic]?[part] {
        require(last <= offset, "\(topic) goes back from \(last) to \(offset)")
      }
      line.topics.latest[topic, default: [:]][part] = offset
      return
    }
    guard var state = line.topics.lossless[topic] else {
      return fail("\(topic) is sent to who did not ask: \(text)")
    }
    let isSnapshot = frame.type == "duel.snapshot" || frame.type == "me.snapshot"
    if isSnapshot {
      require(
        state.awaitsSnapshot && state.epoch == epoch && state.offset == offset,
        "\(topic): a snapshot of \(epoch) \(offset), announced was \(state)")
      state.awaitsSnapshot = false
    } else {
      require(
        !state.awaitsSnapshot && state.epoch == epoch && state.offset + 1 == offset,
        "\(topic): \(frame.type) at \(epoch) \(offset) after \(state)")
      state.offset = offset
      world.counts.eventsChecked += 1
      if case .duel(let id) = topic { compare(text, of: id, epoch: epoch, offset: offset) }
    }
    line.topics.lossless[topic] = state
  }

  /// What stands at one place of a topic is the same for everybody.
  private func compare(_ text: String, of duel: DuelID, epoch: String, offset: Int) {
    var frames = framesOfDuel[duel] ?? (epoch, [:])
    if frames.epoch != epoch { frames = (epoch, [:]) }
    if let known = frames.hashes[offset] {
      require(known == text.hashValue, "\(duel) says two things at \(offset): \(text)")
    } else {
      frames.hashes[offset] = text.hashValue
      framesOfDuel[duel] = frames
    }
  }
}
