import ArenaRules
import ArenaStorage
import ArenaTypes
import DispatchTransport
import Interpretation
import Logging

extension ShardContext {
  /// How many units a race draws from at most; more only makes its journal's opening longer.
  static let contestUnitCountMax = 400

  /// Makes sure that this hour's race is open; the one shard that owns the lobby does.
  func openHourlyContest() {
    let window = HourlySchedule(prefix: "race").window(at: now)
    directory.post(toOwnerOf: RoomName.contest(window.id)) { $0.openContest(window) }
    scheduler.schedule(at: window.closesAt) { [weak self] in self?.openHourlyContest() }
  }

  private func openContest(_ window: ContestWindow) {
    guard contests[window.id] == nil else { return }
    let (id, index, directory) = (window.id, shard.index, directory)
    services.store.read { reader throws(StorageError) in
      try reader.room(.contest(id)) != nil
    } completion: { result in
      directory.post(to: index) { context in
        guard context.contests[id] == nil else { return }
        switch result {
        // A room that is there already is open and was restored at start, or is over.
        case .success(true): break
        case .success(false): context.createContest(window)
        case .failure(let error): context.retryContest(window, after: "\(error)")
        }
      }
    }
  }

  private func retryContest(_ window: ContestWindow, after reason: String) {
    services.log.error("contest \(window.id) could not be opened: \(reason)")
    scheduler.schedule(after: .seconds(2)) { [weak self] in self?.openContest(window) }
  }

  private func createContest(_ window: ContestWindow) {
    var generator = SystemRandomNumberGenerator()
    let materials = services.campaign.units
      .map { DuelFactory.material($0, for: .pick, showsExplicit: false) }
      .filter { $0.canBeAsked(as: .pick) }
      .shuffled(using: &generator)
      .prefix(Self.contestUnitCountMax)
    let setup = ContestSetup(
      id: window.id, title: "The hourly race", opensAt: window.opensAt,
      closesAt: window.closesAt, materials: Array(materials), seed: generator.next())
    let (index, directory) = (shard.index, directory)
    do {
      let contest = try Contest(setup)
      services.store.commit([.openRoom(try setup.room(at: now))]) { result in
        directory.post(to: index) { context in
          switch result {
          case .success:
            let room = ContestRoom(contest, entryCount: 0, context: context)
            context.contests[window.id] = room
            room.begin()
          case .failure(let error): context.retryContest(window, after: "\(error)")
          }
        }
      }
    } catch {
      services.log.error("contest \(window.id) could not be made: \(error)")
    }
  }

  /// Keeps a final contest for those who still look at its board.
  func contestEnded(_ id: ContestID) {
    scheduler.schedule(after: .seconds(3_600)) { [weak self] in
      self?.contests[id] = nil
      self?.postToLobby { $0.contestGone(id) }
    }
  }
}
