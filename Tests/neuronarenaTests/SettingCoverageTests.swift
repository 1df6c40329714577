import ArenaRules
import ArenaServer
import DispatchTransport
import HTTPCodec
import Testing
import WebSocketCodec

@testable import neuronarena

@Suite("Every limit is a setting")
struct SettingCoverageTests {
  /// What has flags of its own, since it is a place, or a list of its own, and no limit.
  private static let exceptions: Set<String> = [
    "client-folder", "metrics-listener", "secure", "contests", "board-zone",
  ]

  private func kebabCase(_ name: String) -> String {
    name.reduce(into: "") { text, character in
      text += character.isUppercase ? "-\(character.lowercased())" : String(character)
    }
  }

  /// The names that the fields of a value stand for, with those of the values in it.
  private func names(_ value: Any, prefix: String = "") -> [String] {
    Mirror(reflecting: value).children.flatMap { child -> [String] in
      let name = prefix + kebabCase(child.label ?? "?")
      switch child.value {
      case is HTTPLimits, is WebSocketLimits, is DuelTiming:
        return names(child.value, prefix: name + "-")
      default:
        // A duration says its unit in its value.
        return [name.hasSuffix("-milliseconds") ? String(name.dropLast(13)) : name]
      }
    }
  }

  @Test("Every field of every configuration has its setting, by the rule of its name")
  func coverage() {
    let fields =
      names(TransportLimits()) + names(ServerConfiguration(clientFolder: ""))
      + names(DeflateConfiguration(), prefix: "deflate-")
    let settings = Set(Setting.all.map(\.name))
    for field in fields where !Self.exceptions.contains(field) {
      #expect(settings.contains(field), "add it to Setting+Transport or Setting+Server")
    }
    for name in settings where name != "deflate" {
      #expect(fields.contains(name), "no field has that name any more")
    }
  }

  @Test("No name stands twice, and none gives the variable of another")
  func unique() {
    #expect(Set(Setting.all.map(\.name)).count == Setting.all.count)
    #expect(Set(Setting.all.map(\.variable)).count == Setting.all.count)
  }

  @Test("Each default is one that its form takes, and each reason a sentence on one line")
  func defaults() {
    for setting in Setting.all {
      let value = setting.value(ArenaSettings())
      #expect(setting.form.value(of: setting.form.text(of: value)) == value, "\(setting.name)")
      #expect(setting.reason.hasSuffix("."), "\(setting.name)")
      #expect(setting.reason.count <= 100 && !setting.reason.contains("\n"), "\(setting.name)")
    }
  }

  /// Another value of a form than the given one.
  private func other(_ form: SettingForm, than value: SettingValue) -> SettingValue? {
    switch (form, value) {
    case (.optional(let form), _): other(form, than: value)
    case (.count(let range), let value), (.size(let range), let value),
      (.duration(let range), let value):
      .integer(value == .integer(range.lowerBound) ? range.upperBound : range.lowerBound)
    case (.number(let range), let value):
      .number(value == .number(range.lowerBound) ? range.upperBound : range.lowerBound)
    case (.flag, .flag(let isOn)): .flag(!isOn)
    case (.list, _): .list(["another.example"])
    case (.flag, _): nil
    }
  }

  @Test("Each setting changes its own value and no other")
  func independence() throws {
    let standard = ArenaSettings()
    for setting in Setting.all {
      var changed = standard
      let value = try #require(other(setting.form, than: setting.value(standard)))
      setting.set(&changed, value)
      let differing = Setting.all.filter { $0.value(changed) != $0.value(standard) }
      #expect(differing.map(\.name) == [setting.name])
      #expect(setting.value(changed) == value)
    }
  }
}
