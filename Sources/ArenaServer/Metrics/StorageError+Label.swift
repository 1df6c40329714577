import ArenaStorage

extension StorageError {
  /// The kind of failure, one of a few words.
  var metricLabel: String {
    switch self {
    case .overloaded: "overloaded"
    case .conflict: "conflict"
    case .tooLarge: "too_large"
    case .full: "disk_full"
    case .inputOutput: "input_output"
    case .unusable: "unusable"
    case .newerDatabase: "newer_database"
    case .inUse: "in_use"
    case .closed: "closed"
    }
  }
}
