/// Where a setting's value came from.
enum SettingOrigin: Sendable, Hashable, CustomStringConvertible {
  /// Nobody said anything.
  case standard
  /// A line of a file, counted from 1.
  case file(path: String, line: Int)
  /// A variable of the environment.
  case environment(String)
  /// `--set` or a flag of its own.
  case flag(String)

  var description: String {
    switch self {
    case .standard: "default"
    case .file(let path, let line): "\(path):\(line)"
    case .environment(let variable): variable
    case .flag(let flag): flag
    }
  }
}

/// What is wrong with what an operator wrote, with the way out.
enum SettingError: Error, Hashable, CustomStringConvertible {
  /// There is no setting of that name.
  case unknown(name: String, nearest: String?, SettingOrigin)
  /// The value is not of the setting's form.
  case malformed(name: String, value: String, allowed: String, SettingOrigin)
  /// No `=` between a name and a value.
  case noAssignment(String, SettingOrigin)
  /// The same setting twice in one file.
  case repeated(name: String, SettingOrigin, first: SettingOrigin)
  /// A file that can't be read, or is no text, or far too long.
  case unreadable(path: String, reason: String)

  var description: String {
    switch self {
    case .unknown(let name, let nearest, let origin):
      "\(origin): there is no setting \(name)"
        + (nearest.map { "; did you mean \($0)?" } ?? "; see neuronarena settings.")
    case .malformed(let name, let value, let allowed, let origin):
      "\(origin): \(name) takes \(allowed), not \"\(value)\"."
    case .noAssignment(let text, let origin):
      "\(origin): write name = value, not \"\(text)\"."
    case .repeated(let name, let origin, let first):
      "\(origin): \(name) is set in \(first) already."
    case .unreadable(let path, let reason): "\(path) can't be read: \(reason)."
    }
  }
}

/// The settings in force: defaults, below a file, below the environment, below flags.
struct SettingSources: Sendable {
  /// The values.
  private(set) var settings = ArenaSettings()
  private var origins: [String: SettingOrigin] = [:]

  private static let byName = Dictionary(
    Setting.all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

  /// Where the value of a setting came from.
  func origin(of setting: Setting) -> SettingOrigin { origins[setting.name] ?? .standard }

  // MARK: Sources, the weakest first

  /// Takes the lines of a file: `name = value`, and what follows a `#` is a comment.
  mutating func take(file text: String, path: String) throws(SettingError) {
    var seen: [String: SettingOrigin] = [:]
    let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
    for (index, line) in lines.enumerated() {
      let line = trimmed(line.prefix { $0 != "#" })
      if line.isEmpty { continue }
      let origin = SettingOrigin.file(path: path, line: index + 1)
      let name = try take(assignment: line, from: origin)
      if let first = seen.updateValue(origin, forKey: name) {
        throw .repeated(name: name, origin, first: first)
      }
    }
  }

  /// Takes the variables that begin with `NEURONARENA_`.
  ///
  /// One that looks like a misspelt setting is an error: such a limit would not hold. Others belong
  /// to commands and tools beside us, such as `NEURONARENA_DATA`.
  mutating func take(environment: [String: String]) throws(SettingError) {
    for (variable, value) in environment.sorted(by: { $0.key < $1.key }) {
      guard variable.hasPrefix(Setting.variablePrefix) else { continue }
      let name = variable.dropFirst(Setting.variablePrefix.count).lowercased()
        .replacing("_", with: "-")
      guard Self.byName[name] != nil || Self.nearest(to: name) != nil else { continue }
      try set(name, to: trimmed(value), from: .environment(variable))
    }
  }

  /// Takes `name=value`s of the command line.
  mutating func take(assignments: [String]) throws(SettingError) {
    for assignment in assignments {
      _ = try take(assignment: assignment, from: .flag("--set"))
    }
  }

  private mutating func take(
    assignment: String, from origin: SettingOrigin
  ) throws(SettingError) -> String {
    let parts = assignment.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { throw .noAssignment(assignment, origin) }
    let name = trimmed(parts[0])
    try set(name, to: trimmed(parts[1]), from: origin)
    return name
  }

  /// Sets one.
  mutating func set(
    _ name: String, to text: String, from origin: SettingOrigin
  ) throws(SettingError) {
    guard let setting = Self.byName[name] else {
      throw .unknown(name: name, nearest: Self.nearest(to: name), origin)
    }
    guard let value = setting.form.value(of: text) else {
      throw .malformed(name: name, value: text, allowed: setting.form.allowed, origin)
    }
    setting.set(&settings, value)
    origins[name] = origin
  }

  /// The name that looks most like a misspelt one, if any does.
  private static func nearest(to name: String) -> String? {
    let candidates = Setting.all.map { (name: $0.name, distance: distance(name, $0.name)) }
    guard let best = candidates.min(by: { $0.distance < $1.distance }) else { return nil }
    return best.distance <= max(2, name.count / 3) ? best.name : nil
  }

  /// How many letters have to be put in, taken out or changed (Levenshtein).
  ///
  /// - Complexity: O(*n m*).
  private static func distance(_ left: String, _ right: String) -> Int {
    let right = Array(right.utf8)
    var row = Array(0...right.count)
    // What is longer than any name is far from all of them, however it is cut.
    for (index, letter) in left.utf8.prefix(100).enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in 0..<right.count {
        let change = diagonal + (letter == right[column] ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(change, row[column] + 1, row[column + 1] + 1)
      }
    }
    return row[right.count]
  }
}
