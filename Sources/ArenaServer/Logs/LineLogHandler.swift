public import ArenaTypes
import Glibc
public import Logging

/// Writes each record of the log as one line, whatever is in it.
///
/// Whatever a peer could have chosen is escaped, so that nobody forges a line or a field.
///
/// ```
/// 2026-11-25T03:14:15.926Z notice neuronarena: turning connections away count=12
/// {"time":"2026-11-25T03:14:15.926Z","level":"notice","logger":"neuronarena","message":"…","count":"12"}
/// ```
public struct LineLogHandler: LogHandler {
  /// What lines look like.
  public enum Format: String, CaseIterable, Sendable {
    /// For people.
    case text
    /// One JSON object a line, for programs; metadata are its members.
    case json
  }

  /// The lowest level that is written.
  public var logLevel: Logger.Level
  /// What every record carries.
  public var metadata: Logger.Metadata = [:]
  private let label: String
  private let format: Format
  private let now: @Sendable () -> Timestamp
  private let write: @Sendable (String) -> Void

  /// A handler that gives each line, with its end, to `write`.
  public init(
    label: String, level: Logger.Level, format: Format,
    now: @escaping @Sendable () -> Timestamp = LineLogHandler.wallClock,
    write: @escaping @Sendable (String) -> Void = LineLogHandler.writeToStandardError
  ) {
    self.label = label
    self.format = format
    self.now = now
    self.write = write
    logLevel = level
  }

  /// A value that every record carries.
  public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  /// Writes a record.
  public func log(event: LogEvent) {
    var fields = metadata
    if let more = event.metadata { fields.merge(more) { $1 } }
    let sorted = fields.map { (key: $0.key, value: "\($0.value)") }.sorted { $0.key < $1.key }
    let time = UTCTime.text(of: now())
    switch format {
    case .text:
      let message = LogText.escaped(event.message.description)
      let head = "\(time) \(event.level) \(label): \(message)"
      let tail = sorted.map { " \(LogText.escaped($0.key))=\(LogText.quotedIfNeeded($0.value))" }
      write(head + tail.joined() + "\n")
    case .json:
      var members = [("time", time), ("level", "\(event.level)"), ("logger", label)]
      members.append(("message", event.message.description))
      // A field can't hide or replace one of the record's own.
      members += sorted.map { LogText.reserved.contains($0.key) ? ("_" + $0.key, $0.value) : $0 }
      let pairs = members.map { "\(LogText.json($0.0)):\(LogText.json($0.1))" }
      write("{\(pairs.joined(separator: ","))}\n")
    }
  }

  /// The system's clock.
  public static let wallClock: @Sendable () -> Timestamp = {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(
      millisecondsSinceEpoch: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
  }

  /// One system call a line, so that lines of several threads don't mix.
  public static let writeToStandardError: @Sendable (String) -> Void = { line in
    var line = line
    line.withUTF8 { _ = Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
