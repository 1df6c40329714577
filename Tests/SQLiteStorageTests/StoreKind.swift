import ArenaStorage

@testable import SQLiteStorage

/// The implementations that keep the contract; each test of it runs on all of them.
enum StoreKind: String, CaseIterable, Sendable {
  case memory
  case sqlite
  case failingButHealthy

  /// Lends a fresh store to `test`, and closes it afterwards.
  func withStore(
    limits: StoreLimits = StoreLimits(), _ test: (any DurableStore) async throws -> Void
  ) async throws {
    let folder = try TemporaryFolder()
    let store: any DurableStore =
      switch self {
      case .memory: InMemoryStore(limits: limits)
      case .sqlite: try SQLiteStore(path: folder.file("arena.sqlite"), limits: limits)
      case .failingButHealthy: FailingStore(wrapping: InMemoryStore(limits: limits))
      }
    try await test(store)
    await store.close()
  }
}

extension StorageError {
  /// Whether the write contradicted what is kept.
  var isConflict: Bool {
    if case .conflict = self { true } else { false }
  }
}
