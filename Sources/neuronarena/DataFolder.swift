import ArgumentParser
import Glibc
import SQLiteStorage

/// Where the database is: `--data`, else the user's data folder.
struct DataFolder: ParsableArguments {
  @Option(
    name: .customLong("data"),
    help: "The folder of the database; by default ~/.local/share/neuronarena.")
  var explicit: String?

  /// The folder in force.
  var path: String {
    if let explicit { return explicit }
    if let path = environment("NEURONARENA_DATA") { return path }
    let data = environment("XDG_DATA_HOME") ?? (environment("HOME") ?? ".") + "/.local/share"
    return "\(data)/neuronarena"
  }

  /// Opens the database in the folder, which is made if it is not there.
  ///
  /// - Throws: A `StorageError` that says what to do.
  func open(_ access: SQLiteStore.Access) throws -> SQLiteStore {
    try SQLiteStore(path: "\(path)/arena.sqlite", access: access)
  }
}

/// A variable of the environment; nil if it is not set or empty.
func environment(_ name: String) -> String? {
  guard let value = getenv(name) else { return nil }
  let text = String(cString: value)
  return text.isEmpty ? nil : text
}
