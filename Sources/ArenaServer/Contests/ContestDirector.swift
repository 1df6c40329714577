import ArenaProtocol
import ArenaRules
import ArenaStorage
import ArenaTypes
import DispatchTransport
import Interpretation
import Logging

extension ShardContext {
  /// How long before it opens a contest is shown as scheduled.
  static let contestAnnouncement: Duration = .seconds(600)

  /// Makes sure that every contest of the configuration is open or comes; the one shard that owns the
  /// lobby does.
  func holdContests() {
    for offer in configuration.contests { hold(offer) }
  }

  /// Opens the window that is open now, or the next one in good time, and goes on so.
  private func hold(_ offer: ContestOffer) {
    guard let window = offer.schedule.window(at: now) else { return }
    let shownAt = window.opensAt + (.zero - Self.contestAnnouncement)
    guard shownAt <= now else {
      scheduler.schedule(at: shownAt) { [weak self] in self?.hold(offer) }
      return
    }
    open(offer, window)
    announceNext(offer, after: window)
  }

  private func announceNext(_ offer: ContestOffer, after window: ContestWindow) {
    guard let next = offer.schedule.next(after: window) else { return }
    scheduler.schedule(at: next.opensAt + (.zero - Self.contestAnnouncement)) { [weak self] in
      // Whoever sets the clock back meets the window that is open then, which is made once.
      self?.open(offer, next)
      self?.announceNext(offer, after: next)
    }
  }

  private func open(_ offer: ContestOffer, _ window: ContestWindow) {
    directory.post(toOwnerOf: RoomName.contest(window.id)) { $0.openContest(offer, window) }
  }

  private func openContest(_ offer: ContestOffer, _ window: ContestWindow) {
    guard contests[window.id] == nil else { return }
    let (id, index, directory) = (window.id, shard.index, directory)
    services.store.read { reader throws(StorageError) in
      try RestoredContest(.contest(id), reader: reader)
    } completion: { result in
      directory.post(to: index) { context in
        guard context.contests[id] == nil else { return }
        switch result {
        // Its opening may have reached the disk though it was reported as failed.
        case .success(let restored?):
          if restored.contest.state != .final { context.restore(restored) }
        case .success(nil): context.createContest(offer, window)
        case .failure(.unusable(let path, let reason)):
          context.services.log.error("contest \(id) can't be opened: \(path), \(reason)")
        case .failure(let error): context.retryContest(offer, window, after: "\(error)")
        }
      }
    }
  }

  private func retryContest(_ offer: ContestOffer, _ window: ContestWindow, after reason: String) {
    services.log.error("contest \(window.id) could not be opened: \(reason)")
    scheduler.schedule(after: .seconds(2)) { [weak self] in
      guard let self, now < window.closesAt else { return }
      openContest(offer, window)
    }
  }

  private func createContest(_ offer: ContestOffer, _ window: ContestWindow) {
    var generator = services.entropy
    let served = services.campaigns.any(offer.campaign)
    let factory = ContestFactory(
      campaign: services.moderation.shown(served.id), configuration: configuration,
      hasModel: served.summary.formats.contains(.fire))
    guard let setup = factory.setup(offer, window, using: &generator) else {
      // The next window finds nothing either, unless another campaign is played by then.
      return services.log.error("contest \(window.id) has no unit that suits its rounds")
    }
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
          case .failure(let error): context.retryContest(offer, window, after: "\(error)")
          }
        }
      }
    } catch {
      services.log.error("contest \(window.id) could not be made: \(error)")
    }
  }

  /// How long a final contest stays in memory for those who still look at its board.
  static let finalContestKept: Duration = .seconds(3_600)

  /// Drops a final contest's room after a while.
  func forgetContest(_ id: ContestID, after delay: Duration = finalContestKept) {
    scheduler.schedule(after: delay) { [weak self] in
      self?.contests[id] = nil
      self?.postToLobby { $0.contestGone(id) }
    }
  }
}
