import ArenaTypes
import Logging

/// Keeps what the server logs as errors, for the witness to look at.
struct WitnessLog: LogHandler {
  var logLevel = Logger.Level.error
  var metadata: Logger.Metadata = [:]
  private let lines: Locked<[String]>

  init(into lines: Locked<[String]>) { self.lines = lines }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let line = event.message.description
    lines.withLock { $0.append(line) }
  }
}
