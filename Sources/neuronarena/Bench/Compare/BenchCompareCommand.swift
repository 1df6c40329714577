import ArgumentParser
import CLinux
import Glibc

/// `neuronarena bench compare`: what the transport costs, beside a raw epoll loop in C and beside
/// other servers, and what the engine does beside other engines, measured in one session.
///
/// Each server is a process of its own, bound to one processor, the load to another. Runs go from
/// server to server in turns; figures are medians. CPU times are those of the whole server process,
/// from the kernel.
struct BenchCompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare the transport with other servers, and the engine with other engines.",
    discussion: """
      Other servers are those that .make/peers has built into .build-peers, and those named with \
      --peer: programs that print "port N" and serve /echo, /sub and /pub until SIGTERM. Other \
      engines are llama.cpp and PyTorch, which .make/peers engine installs there.
      """)

  /// What can be measured.
  enum Load: String, CaseIterable, ExpressibleByArgument {
    case echo, broadcast, coalesced, handshake, tls, memory, shards, slow, storm, engine, all
  }

  @Argument(help: "What to measure.")
  var loads: [Load] = [.all]

  @Option(help: "Rounds of each load.")
  var runs = 9

  @Option(help: "How long a run lasts, in milliseconds.")
  var milliseconds: Int64 = 500

  @Option(name: .customLong("peer"), help: "A server to compare with, as name=path; repeatable.")
  var peers: [String] = []

  @Option(help: "The folder of the servers to compare with.")
  var peerFolder = ".build-peers"

  @Flag(help: "Print one JSON object.")
  var json = false
  @OptionGroup var models: ModelsFolder

  /// What is printed with `--json`.
  struct Report: Encodable {
    /// `compare`.
    let bench: String
    /// Rounds of each load.
    let runs: Int
    /// The servers' names.
    var servers: [String]
    /// One for each load.
    var figures: [Comparison.Figure] = []
  }

  func validate() throws {
    guard (1...1_000).contains(runs), (10...60_000).contains(milliseconds) else {
      throw ValidationError("--runs takes 1 to 1000, --milliseconds 10 to 60000.")
    }
    if let bad = peers.first(where: { !$0.contains("=") }) {
      throw ValidationError("--peer \(bad): write name=path.")
    }
  }

  func run() throws {
    var report = Report(bench: "compare", runs: runs, servers: [])
    let wanted = loads.contains(.all) ? Load.allCases : loads
    func add(_ figure: Comparison.Figure) {
      if !json { figure.print() }
      report.figures.append(figure)
    }
    // Before this thread is bound to a processor, as the engine takes all of them.
    if wanted.contains(.engine) {
      try EngineComparison(peerFolder: peerFolder, models: models, runs: runs).measure(report: add)
    }
    let ofTransport = wanted.filter { $0 != .engine }
    if !ofTransport.isEmpty {
      _ = DescriptorLimit.raise()
      let places = Places()
      _ = ca_set_affinity(places.load)
      var session = CompareSession(
        peers: peerPaths(), runs: runs, milliseconds: milliseconds, places: places)
      report.servers = try session.start()
      for load in ofTransport { try session.measure(load, report: add) }
    }
    if json { try BenchReport.print(report) }
  }

  /// Names and paths of the other servers: those of the folder, then those named.
  private func peerPaths() -> [(name: String, path: String)] {
    var found: [(name: String, path: String)] = []
    if let folder = opendir(peerFolder) {
      while let entry = readdir(folder) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        let path = "\(peerFolder)/\(name)"
        var status = stat()
        if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, access(path, X_OK) == 0 {
          found.append((name, path))
        }
      }
      closedir(folder)
    }
    found.sort { $0.name < $1.name }
    for peer in peers {
      let parts = peer.split(separator: "=", maxSplits: 1).map(String.init)
      if parts.count == 2 { found.append((parts[0], parts[1])) }
    }
    return found
  }
}

/// Which processors servers and load run on; a bit a processor.
struct Places {
  /// The server's.
  let server: UInt64
  /// The load's.
  let load: UInt64

  /// The first two processors that this process may use, or one for both.
  init() {
    let all = ca_affinity()
    server = all & (~all &+ 1)
    let rest = all & ~server
    load = rest == 0 ? server : rest & (~rest &+ 1)
  }

  /// Both.
  var both: UInt64 { server | load }
}
