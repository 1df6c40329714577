import ArenaStorage
import DispatchTransport

/// The disk as one life of the server has it; when that life is over, nothing reaches the disk.
final class DiskMount: DurableStore {
  private let disk: Confined<SimulatedDisk>
  private let number: Int

  init(disk: Confined<SimulatedDisk>, number: Int) {
    self.disk = disk
    self.number = number
  }

  func commit(
    _ writes: [StoreWrite], completion: @escaping @Sendable (Result<Void, StorageError>) -> Void
  ) {
    disk.value.commit(writes, mount: number, completion: completion)
  }

  func read<Answer: Sendable>(
    _ question: @escaping @Sendable (any StoreReader) throws(StorageError) -> Answer,
    completion: @escaping @Sendable (Result<Answer, StorageError>) -> Void
  ) {
    disk.value.read(question, mount: number, completion: completion)
  }

  func close(completion: @escaping @Sendable () -> Void) {
    disk.value.close(mount: number, completion: completion)
  }
}
