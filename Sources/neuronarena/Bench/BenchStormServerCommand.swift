import ArenaStorage
import ArgumentParser
import Glibc
import SQLiteStorage
import Synchronization

/// `neuronarena bench storm-server`: the game server of `bench compare storm`, in a process of its
/// own.
///
/// For each line of input it says how many questions its store has been asked.
struct BenchStormServerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "storm-server", abstract: "Serve the game and count the reads of its store.",
    shouldDisplay: false)

  @Option var data: String
  @OptionGroup var models: ModelsFolder

  func run() async throws {
    _ = DescriptorLimit.raise()
    let store = CountingStore(
      try SQLiteStore(path: "\(data)/arena.sqlite", access: .server))
    let server = try BenchDuelServer(
      store: store, campaignPath: nil, models: models, isScoring: false)
    announce(port: try await server.start())
    while readLine() != nil {
      print("reads \(store.readCount)")
      fflush(nil)
    }
    _ = await server.stop()
  }
}

/// A store that counts what it is asked.
final class CountingStore: DurableStore {
  private let store: any DurableStore
  private let reads = Atomic(0)

  init(_ store: any DurableStore) { self.store = store }

  /// How many questions were asked.
  var readCount: Int { reads.load(ordering: .relaxed) }

  func commit(
    _ writes: [StoreWrite],
    completion: @escaping @Sendable (Result<Void, StorageError>) -> Void
  ) {
    store.commit(writes, completion: completion)
  }

  func read<Answer: Sendable>(
    _ question: @escaping @Sendable (any StoreReader) throws(StorageError) -> Answer,
    completion: @escaping @Sendable (Result<Answer, StorageError>) -> Void
  ) {
    reads.add(1, ordering: .relaxed)
    store.read(question, completion: completion)
  }

  func close(completion: @escaping @Sendable () -> Void) { store.close(completion: completion) }
}
