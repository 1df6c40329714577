import ArgumentParser
import FoundationEssentials

/// `--config` and `--set`, for the commands that serve.
struct SettingsOptions: ParsableArguments {
  @Option(
    name: .customLong("config"),
    help: "A file of name = value lines; see neuronarena settings for the names.")
  var file: String?

  @Option(
    name: .customLong("set"),
    help: "A setting, name=value; may be given several times, and is above file and environment.")
  var assignments: [String] = []

  /// The largest file that is read: all settings with comments take 20 KB.
  private static let fileByteCountMax = 1 << 20

  /// The settings in force.
  ///
  /// - Throws: A `SettingError` that says where and what.
  func resolve() throws -> SettingSources {
    var sources = SettingSources()
    if let file { try sources.take(file: Self.text(of: file), path: file) }
    try sources.take(environment: ProcessInfo.processInfo.environment)
    try sources.take(assignments: assignments)
    return sources
  }

  private static func text(of path: String) throws(SettingError) -> String {
    guard let data = try? Data(contentsOf: URL(filePath: path)) else {
      throw .unreadable(path: path, reason: "there is no file that this user may read")
    }
    guard data.count <= fileByteCountMax else {
      throw .unreadable(path: path, reason: "it is larger than \(fileByteCountMax) bytes")
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      throw .unreadable(path: path, reason: "it is no UTF-8 text")
    }
    return text
  }
}
