import ArenaProtocol
import ArenaRules
import ArenaTypes
import DispatchTransport
import WebSocketCodec

/// What a shard knows of one connection.
struct Session {
  /// Who speaks.
  enum Speaker: Equatable {
    /// Nobody yet: `hello` is awaited.
    case unknown
    /// `hello` has come and is being looked at.
    case greeting
    /// A player.
    case player(PlayerID)
  }

  let peer: PeerAddress
  var speaker = Speaker.unknown
  /// The label of the moderator's token that was shown.
  var moderator: String?
  /// The topics that the connection follows or has asked to follow.
  var topics = DenseSet<TopicName>()
  /// How the duels among them are followed.
  var duels: [DuelID: DuelFollowing] = [:]
  /// Whether the player wants to see explicit texts.
  var showsExplicit = false
  /// Limits how often commands come.
  var bucket: TokenBucket
  /// How many commands in a row came too soon.
  var refusedInARow = 0
  var helloTimer: TimerToken?
  /// Texts of the connection that are being read.
  var trials = TextTrials()

  /// How a duel is followed, as its room counts it.
  struct DuelFollowing: Hashable, Sendable {
    /// Whether what is explicit is left out.
    var isMild = false
    /// Whether the follower is counted as a spectator; moderators are not.
    var isCounted = true
  }

  var player: PlayerID? {
    if case .player(let id) = speaker { id } else { nil }
  }
}

extension ShardContext {
  /// Sends a frame to a connection of any shard.
  ///
  /// - Parameter isCompressible: False for what carries a secret.
  func deliver(_ frame: [UInt8], to connection: ConnectionID, isCompressible: Bool = true) {
    guard connection.shardIndex != shard.index else {
      return frame.withUnsafeBytes {
        shard.send(text: $0, to: connection, isCompressible: isCompressible)
      }
    }
    directory.post(to: connection.shardIndex) { context in
      frame.withUnsafeBytes {
        context.shard.send(text: $0, to: connection, isCompressible: isCompressible)
      }
    }
  }

  /// Answers a command that the session itself carries out.
  func answer(
    _ result: Result<ServerAnswer, Refusal>, to command: Wire.CommandID?,
    on connection: ConnectionID
  ) {
    count(result)
    switch result {
    case .success(let answer):
      guard let command else { return }
      deliver(Envelope.answer(answer, to: command, at: now), to: connection)
    case .failure(let refusal):
      deliver(Envelope.refusal(refusal, to: command, at: now), to: connection)
    }
  }

  /// Closes a connection of this shard.
  func close(_ connection: ConnectionID, _ reason: CloseReason) {
    note("closing", of: connection, ["why": "\(reason.name)"])
    shard.close(
      connection, code: CloseCode(rawValue: reason.rawValue), reason: reason.name)
  }
}
