import ArenaProtocol
import ArenaRules
import ArenaServer
import ArenaTypes
import FoundationEssentials

/// Which contests a server holds, from a JSON file.
///
/// ```json
/// {"contests": [
///   {"id": "race", "kind": "race", "title": "The hourly race", "repeats": "hourly"},
///   {"id": "daily", "kind": "daily", "title": "The daily five", "repeats": "daily",
///    "zone": "Europe/Berlin", "at": "00:00", "rounds": ["pick", "write"]},
///   {"id": "quiz", "kind": "live", "title": "Quiz night", "repeats": "weekly",
///    "weekday": "friday", "at": "20:00", "zone": "Europe/Berlin"},
///   {"id": "eve", "kind": "quest", "title": "New Year's quest", "repeats": "none",
///    "on": "2026-12-31", "at": "18:00", "minutes": 360, "units": 3, "tries": 3,
///    "campaign": "another"}
/// ]}
/// ```
/// A contest without a campaign is of the first one that is served.
struct ContestsFile {
  /// The most bytes of such a file.
  static let byteCountMax = 1 << 20
  /// The most contests; each makes a room for every window.
  static let contestCountMax = 50

  /// Where the system keeps its time zones.
  var zoneFolder = "/usr/share/zoneinfo"

  /// Reads a file.
  ///
  /// - Throws: `ContestsError` with the place of what is wrong.
  func load(_ path: String) throws(ContestsError) -> [ContestOffer] {
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw ContestsError(place: path, reason: "there is no such file, or it can't be read")
    }
    return try offers(Array(bytes), path: path)
  }

  /// Reads the bytes of a file called `path`.
  ///
  /// - Throws: `ContestsError` with the place of what is wrong.
  func offers(_ bytes: [UInt8], path: String) throws(ContestsError) -> [ContestOffer] {
    let limits = JSONLimits(
      byteCountMax: Self.byteCountMax, depthMax: 8, valueCountMax: 100_000)
    let read = bytes.withUnsafeBytes { buffer -> Result<JSONValue, JSONError> in
      do throws(JSONError) {
        return .success(try JSONReader.read(buffer, limits: limits))
      } catch { return .failure(error) }
    }
    let tree: JSONValue
    switch read {
    case .success(let value): tree = value
    case .failure(let error): throw ContestsError(place: path, reason: "\(error.reason)")
    }
    var file = try ContestFields(tree, place: path)
    let list = try file.required("contests")
    try file.finish()
    guard let elements = list.array, elements.count <= Self.contestCountMax else {
      throw ContestsError(
        place: "\(path): contests", reason: "must be a list of at most \(Self.contestCountMax)")
    }
    var offers: [ContestOffer] = []
    for (index, element) in elements.enumerated() {
      var fields = try ContestFields(element, place: "\(path): contests[\(index)]")
      let offer = try offer(&fields)
      try fields.finish()
      guard !offers.contains(where: { $0.schedule.prefix == offer.schedule.prefix }) else {
        throw fields.fault("id", "\(offer.schedule.prefix) is another contest's already")
      }
      offers.append(offer)
    }
    return offers
  }

  private func offer(_ fields: inout ContestFields) throws(ContestsError) -> ContestOffer {
    let kind: ContestKind = try fields.choice("kind")
    let title = try fields.text("title", lengths: 1...80)
    let standard: [RoundKind] =
      switch kind {
      case .daily: ContestOffer.dailyRounds
      case .live: ContestOffer.liveRounds
      case .race, .quest: []
      }
    var rounds = standard
    if !standard.isEmpty, let value = fields.value("rounds") {
      rounds = try fields.rounds(value, of: kind)
    }
    let units = kind == .quest ? try fields.integer("units", in: 1...20) ?? 5 : 0
    let tries = kind == .quest ? try fields.integer("tries", in: 1...10) ?? 3 : 1
    let campaign = try fields.textOrNil("campaign", lengths: 1...96)
    return ContestOffer(
      schedule: try schedule(&fields), kind: kind, title: title, rounds: rounds,
      unitCount: units, tryCount: tries, campaign: campaign.map(CampaignID.init(rawValue:)))
  }

  private func schedule(_ fields: inout ContestFields) throws(ContestsError) -> ContestSchedule {
    let id = try fields.text("id", lengths: 1...40)
    guard
      id.utf8.allSatisfy({
        $0 == 45 || $0 == 95 || (48...57).contains($0) || (65...90).contains($0)
          || (97...122).contains($0)
      })
    else { throw fields.fault("id", "must consist of letters, digits, _ and -") }
    let zone = try zone(&fields)
    let repeats = try fields.repeats(in: zone)
    let minutes = try fields.integer("minutes", in: 1...525_600)
    return ContestSchedule(
      prefix: id, repeats: repeats, zone: zone,
      lengthMilliseconds: minutes.map { Int64($0) * 60_000 })
  }

  private func zone(_ fields: inout ContestFields) throws(ContestsError) -> TimeZoneTable {
    guard let value = fields.value("zone") else { return .utc }
    guard let name = value.string else { throw fields.fault("zone", "must be a string") }
    return try zone(named: name, place: fields.fault("zone", "").place)
  }

  /// The zone of that name.
  ///
  /// - Parameter place: Where the name stands, for the error.
  /// - Throws: `ContestsError` where there is no such zone.
  func zone(named name: String, place: String) throws(ContestsError) -> TimeZoneTable {
    if name == "UTC" { return .utc }
    let isName =
      !name.contains("..") && !name.hasPrefix("/")
      && name.utf8.allSatisfy { (33...126).contains($0) } && name.utf8.count <= 64
    guard isName, let bytes = FileManager.default.contents(atPath: "\(zoneFolder)/\(name)") else {
      throw ContestsError(
        place: place,
        reason: "there is no time zone \(name) in \(zoneFolder) (Debian: package tzdata)")
    }
    do throws(TimeZoneError) {
      return try TimeZoneTable(name: name, bytes: Array(bytes))
    } catch {
      throw ContestsError(
        place: place, reason: "\(zoneFolder)/\(name) is no time zone: \(error)")
    }
  }
}

/// What is wrong with a file of contests, and where.
struct ContestsError: Error, Hashable, CustomStringConvertible {
  let place: String
  let reason: String

  var description: String { "\(place): \(reason)." }
}

/// Reads the fields of one contest: each once, each of its kind, no others.
struct ContestFields {
  private let object: JSONObject
  private let place: String
  private var taken: Set<String> = []

  init(_ value: JSONValue, place: String) throws(ContestsError) {
    guard let object = value.object else {
      throw ContestsError(place: place, reason: "must be an object, not \(value.kindName)")
    }
    self.object = object
    self.place = place
  }

  func fault(_ key: String, _ reason: String) -> ContestsError {
    ContestsError(place: "\(place).\(key)", reason: reason)
  }

  /// Refuses fields that nobody asked for.
  func finish() throws(ContestsError) {
    if let key = object.keys.first(where: { !taken.contains($0) }) {
      throw fault(key, "is not known here")
    }
  }

  mutating func value(_ key: String) -> JSONValue? {
    taken.insert(key)
    return object[key]
  }

  mutating func required(_ key: String) throws(ContestsError) -> JSONValue {
    guard let value = value(key) else { throw fault(key, "is missing") }
    return value
  }

  mutating func text(_ key: String, lengths: ClosedRange<Int>) throws(ContestsError) -> String {
    guard let text = try required(key).string, lengths.contains(text.count) else {
      throw fault(
        key, "must be a string of \(lengths.lowerBound) to \(lengths.upperBound) characters")
    }
    return text
  }

  mutating func textOrNil(
    _ key: String, lengths: ClosedRange<Int>
  ) throws(ContestsError) -> String? {
    value(key) == nil ? nil : try text(key, lengths: lengths)
  }

  mutating func integer(_ key: String, in range: ClosedRange<Int>) throws(ContestsError) -> Int? {
    guard let value = value(key) else { return nil }
    guard let integer = value.integer, range.contains(Int(integer)) else {
      throw fault(key, "must be an integer from \(range.lowerBound) to \(range.upperBound)")
    }
    return Int(integer)
  }

  mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(_ key: String)
    throws(ContestsError) -> Choice
  {
    guard let choice = try required(key).string.flatMap(Choice.init(rawValue:)) else {
      let choices = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw fault(key, "must be one of \(choices)")
    }
    return choice
  }

  func rounds(_ value: JSONValue, of kind: ContestKind) throws(ContestsError) -> [RoundKind] {
    let allowed = kind.roundKinds
    guard let elements = value.array, (1...50).contains(elements.count) else {
      throw fault("rounds", "must be a list of 1 to 50 kinds of rounds")
    }
    var rounds: [RoundKind] = []
    for (index, element) in elements.enumerated() {
      guard let round = element.string.flatMap(RoundKind.init(rawValue:)), allowed.contains(round)
      else {
        let names = allowed.map(\.rawValue).joined(separator: ", ")
        throw fault("rounds[\(index)]", "must be one of \(names) in a \(kind.rawValue)")
      }
      rounds.append(round)
    }
    return rounds
  }
}

extension ContestFields {
  private enum RepeatName: String, CaseIterable { case none, hourly, daily, weekly, monthly }
  private static let weekdays = [
    "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
  ]

  /// When the contest opens.
  mutating func repeats(in zone: TimeZoneTable) throws(ContestsError) -> ContestSchedule.Repeat {
    let name: RepeatName = try choice("repeats")
    let second = try timeOfDay()
    switch name {
    case .hourly: return .hourly(minute: second / 60 % 60)
    case .daily: return .daily(second: second)
    case .weekly:
      guard let day = try required("weekday").string.flatMap(Self.weekdays.firstIndex) else {
        throw fault("weekday", "must be one of \(Self.weekdays.joined(separator: ", "))")
      }
      return .weekly(weekday: day, second: second)
    case .monthly:
      guard let day = try integer("day", in: 1...31) else { throw fault("day", "is missing") }
      return .monthly(day: day, second: second)
    case .none:
      guard let date = try required("on").string, let day = LocalTime.day(of: date) else {
        throw fault("on", "must be a date such as 2026-12-31")
      }
      return .none(
        opensAt: zone.moment(of: LocalTime(day: day, secondOfDay: Int64(second))))
    }
  }

  /// The time of day as `hh:mm`; midnight where nothing is said.
  private mutating func timeOfDay() throws(ContestsError) -> Int {
    guard let value = value("at") else { return 0 }
    let parts = value.string?.split(separator: ":", omittingEmptySubsequences: false) ?? []
    guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 }), let hour = Int(parts[0]),
      let minute = Int(parts[1]), (0...23).contains(hour), (0...59).contains(minute)
    else { throw fault("at", "must be a time of day such as 09:30") }
    return hour * 3_600 + minute * 60
  }
}
