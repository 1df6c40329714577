import ArenaServer
import DispatchTransport
import WebSocketCodec

/// Everything about `serve` that an operator may set, with its defaults.
struct ArenaSettings: Sendable {
  /// What peers may ask of the transport.
  var transport = TransportLimits()
  /// What players may ask of the game, and its times.
  var server = ServerConfiguration(clientFolder: "")
  /// Whether messages are compressed for clients that want it.
  var isDeflateOn = true
  /// How they are.
  var deflate = DeflateConfiguration()

  /// What a transport is told.
  func transportConfiguration(
    listeners: [Listener], shardCount: Int?
  ) -> TransportConfiguration {
    var configuration = TransportConfiguration(
      listeners: listeners, shardCount: shardCount, limits: transport)
    configuration.deflate = isDeflateOn ? deflate : nil
    return configuration
  }
}

/// One setting: how it is called, what it may be, why it is as it is, and where its value lives.
struct Setting: Sendable {
  /// The name in kebab case, made of the names of the fields that lead to it.
  let name: String
  /// What its value may be.
  let form: SettingForm
  /// What it is and why its default is what it is, in a line.
  let reason: String
  /// Reads its value.
  let value: @Sendable (ArenaSettings) -> SettingValue
  /// Sets its value, which is of its form.
  let set: @Sendable (inout ArenaSettings, SettingValue) -> Void

  /// A path to a field that any thread may use.
  typealias Path<Value> = any WritableKeyPath<ArenaSettings, Value> & Sendable

  /// Every setting, in the order in which they are listed.
  static let all: [Setting] = transport + http + webSocket + deflate + server + duel

  /// The variable of the environment that sets it.
  var variable: String { Self.variable(of: name) }

  static let variablePrefix = "NEURONARENA_"

  static func variable(of name: String) -> String {
    variablePrefix + name.uppercased().replacing("-", with: "_")
  }

  // MARK: Kinds

  static func count(
    _ name: String, _ path: Path<Int>, _ range: ClosedRange<Int>, _ reason: String
  ) -> Setting {
    integer(name, .count(range), path, reason)
  }

  static func size(
    _ name: String, _ path: Path<Int>, _ range: ClosedRange<Int>, _ reason: String
  ) -> Setting {
    integer(name, .size(range), path, reason)
  }

  private static func integer(
    _ name: String, _ form: SettingForm, _ path: Path<Int>, _ reason: String
  ) -> Setting {
    Setting(name: name, form: form, reason: reason, value: { .integer($0[keyPath: path]) }) {
      if case .integer(let count) = $1 { $0[keyPath: path] = count }
    }
  }

  static func optionalInteger(
    _ name: String, _ form: SettingForm, _ path: Path<Int?>, _ reason: String
  ) -> Setting {
    Setting(
      name: name, form: .optional(form), reason: reason,
      value: { $0[keyPath: path].map { .integer($0) } ?? .none }
    ) {
      if case .integer(let count) = $1 {
        $0[keyPath: path] = count
      } else {
        $0[keyPath: path] = nil
      }
    }
  }

  static func duration(
    _ name: String, _ path: Path<Duration>, _ range: ClosedRange<Duration>, _ reason: String
  ) -> Setting {
    Setting(
      name: name, form: .duration(range.lowerBound.milliseconds...range.upperBound.milliseconds),
      reason: reason, value: { .integer($0[keyPath: path].milliseconds) }
    ) {
      if case .integer(let count) = $1 { $0[keyPath: path] = .milliseconds(count) }
    }
  }

  static func duration(_ name: String, _ path: Path<Duration>, _ reason: String) -> Setting {
    duration(name, path, usualTimes, reason)
  }

  static func milliseconds(_ name: String, _ path: Path<Int64>, _ reason: String) -> Setting {
    Setting(
      name: name,
      form: .duration(usualTimes.lowerBound.milliseconds...usualTimes.upperBound.milliseconds),
      reason: reason, value: { .integer(Int($0[keyPath: path])) }
    ) {
      if case .integer(let count) = $1 { $0[keyPath: path] = Int64(count) }
    }
  }

  static func number(
    _ name: String, _ path: Path<Double>, _ range: ClosedRange<Double>, _ reason: String
  ) -> Setting {
    Setting(
      name: name, form: .number(range), reason: reason, value: { .number($0[keyPath: path]) }
    ) {
      if case .number(let number) = $1 { $0[keyPath: path] = number }
    }
  }

  static func flag(_ name: String, _ path: Path<Bool>, _ reason: String) -> Setting {
    Setting(name: name, form: .flag, reason: reason, value: { .flag($0[keyPath: path]) }) {
      if case .flag(let isOn) = $1 { $0[keyPath: path] = isOn }
    }
  }

  static func list(_ name: String, _ path: Path<[String]>, _ reason: String) -> Setting {
    Setting(name: name, form: .list, reason: reason, value: { .list($0[keyPath: path]) }) {
      if case .list(let names) = $1 { $0[keyPath: path] = names }
    }
  }

  /// The times that most settings allow.
  static let usualTimes =
    Duration.milliseconds(1)...Duration.seconds(86_400 * SettingForm.dayCountMax)
}

extension Duration {
  /// Whole milliseconds, which is as fine as settings are.
  fileprivate var milliseconds: Int {
    let (seconds, attoseconds) = components
    return Int(seconds) * 1_000 + Int(attoseconds / 1_000_000_000_000_000)
  }
}
