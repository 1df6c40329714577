import ArgumentParser

/// Prints how each model file stands; fails if one is not ready.
struct ModelsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "models",
    abstract: "Check the model files.",
    discussion: "Compares each with the SHA-256 that was pinned; `make models` fetches them.")

  @Option(help: "The models folder; by default what the environment says.")
  var folder: String?

  func run() throws {
    let store = try ModelStore(folder: folder)
    var areReady = true
    print("models folder: \(store.folder)")
    for file in store.lock.files {
      let state = store.state(of: file)
      areReady = areReady && state == .ready
      print("\(file.name) (\(file.package) \(file.version), \(file.byteCount) bytes): \(state)")
      if case .damaged = state { print("  expected SHA-256 \(file.sha256)") }
    }
    guard areReady else {
      print("Not all models are ready: run `make models`.")
      throw ExitCode.failure
    }
  }
}

extension ModelStore.State: CustomStringConvertible {
  /// In words.
  var description: String {
    switch self {
    case .ready: "ready"
    case .missing: "missing"
    case .damaged(let found): "damaged, its SHA-256 is \(found)"
    case .unreadable(let reason): "can't be read (\(reason))"
    }
  }
}
