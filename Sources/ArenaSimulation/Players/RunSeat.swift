import ArenaProtocol
import ArenaRules
import ArenaTypes

/// What a player knows of its run in a contest.
struct RunSeat {
  let contest: ContestID
  let kind: ContestKind
  /// The question of a race for which an answer is planned or given.
  var plannedQuestion = 0
  /// Whether an answer is planned, or on its way and not answered.
  var isBusy = false
  /// How many answers were sent to each round.
  var sentCounts: [Int: Int] = [:]
  /// The rounds from which the player has asked to go on.
  var leftRounds: Set<Int> = []
  /// How many texts of each unit of a quest the player wants to write.
  var textCount = 1
  /// Whether it has asked what became of the run.
  var isAsked = false
  /// The run as it was told last.
  var view = JSONValue.null
}
