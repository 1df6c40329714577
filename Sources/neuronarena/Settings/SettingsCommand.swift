import ArgumentParser
import FoundationEssentials

/// `neuronarena settings`: every setting, its value, and where that came from.
struct SettingsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "settings",
    abstract: "Print every setting with its value and where that came from.",
    discussion: """
      The same options as for serve apply. A file is below the environment, which is below --set. \
      The variable of a setting is NEURONARENA_ with its name in capitals and underscores.
      """)

  @OptionGroup var options: SettingsOptions

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let rows = SettingRow.all(of: try options.resolve())
    print(json ? try SettingRow.json(rows) : SettingRow.table(rows))
  }
}

/// A setting as it is printed.
struct SettingRow: Encodable {
  let name: String
  let value: String
  let standard: String
  let origin: String
  let variable: String
  let allowed: String
  let reason: String

  private enum CodingKeys: String, CodingKey {
    case name, value, origin, variable, allowed, reason
    case standard = "default"
  }

  static func all(of sources: SettingSources) -> [SettingRow] {
    let standard = ArenaSettings()
    return Setting.all.map { setting in
      SettingRow(
        name: setting.name, value: setting.form.text(of: setting.value(sources.settings)),
        standard: setting.form.text(of: setting.value(standard)),
        origin: sources.origin(of: setting).description, variable: setting.variable,
        allowed: setting.form.allowed, reason: setting.reason)
    }
  }

  static func json(_ rows: [SettingRow]) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(rows), as: UTF8.self)
  }

  static func table(_ rows: [SettingRow]) -> String {
    let columns = rows.map { [$0.name, $0.value, $0.origin] }
    let widths = (0..<3).map { column in columns.map { $0[column].count }.max() ?? 0 }
    return zip(columns, rows).map { cells, row in
      let padded = zip(cells, widths).map { cell, width in
        cell + String(repeating: " ", count: width - cell.count)
      }
      return (padded + [row.reason]).joined(separator: "  ")
    }.joined(separator: "\n")
  }
}
