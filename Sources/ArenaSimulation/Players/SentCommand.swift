import ArenaProtocol
import ArenaTypes

/// A command that a player has sent, and waits for an answer to.
struct SentCommand {
  let id: String
  /// How many commands its sender had sent before.
  let number: Int
  let command: ClientCommand
  let text: String
  /// When it was sent for the first time.
  let firstSentAt: Timestamp
  /// When it was sent last, on the present connection.
  var lastSentAt: Timestamp
  /// Since when it waits for an answer, refusals for now included.
  var waitsSince: Timestamp
  /// How often it was sent.
  var count = 1

  /// Whether it belongs to its connection, so that it is not repeated on the next one.
  var isOfConnection: Bool {
    switch command {
    case .hello, .subscribe, .unsubscribe, .ping, .moderateLogin, .contestList, .unitGet,
      .unitTry, .unitAttribute, .unitSearch, .boardPage, .boardTerritories, .duelReplay,
      .moderateAudit, .moderateList, .moderateLook:
      true
    default: false
    }
  }
}
