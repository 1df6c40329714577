import ArgumentParser

/// Which server an `admin` command speaks to, and where its database is.
struct AdminTarget: ParsableArguments {
  @Option(help: "The plain listener of the server on this machine.")
  var server = AdminServer.standard

  @OptionGroup var data: DataFolder

  /// Connects and logs in.
  func open() async throws -> AdminConnection { try await AdminConnection.open(server, data) }
}

/// A length of time as people write it: `90`, `90s`, `15m`, `2h`, `7d`.
struct AdminDuration: ExpressibleByArgument {
  let seconds: Int

  /// An hour.
  static let hour = AdminDuration(seconds: 3_600)

  private init(seconds: Int) { self.seconds = seconds }

  init?(argument: String) {
    let units: [Character: Int] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400]
    var text = argument[...]
    var unit = 1
    if let last = text.last, let found = units[last] {
      unit = found
      text = text.dropLast()
    }
    guard let number = Int(text), number.magnitude <= 315_360_000 else { return nil }
    let (seconds, overflow) = number.multipliedReportingOverflow(by: unit)
    guard !overflow, seconds.magnitude <= 315_360_000 else { return nil }
    self.seconds = seconds
  }
}
