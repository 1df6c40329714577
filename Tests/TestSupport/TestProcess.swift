public import Glibc

/// The built program as a process of its own, for tests of what a process has: descriptors, memory.
public final class TestProcess {
  /// Its process id.
  public let pid: pid_t
  private let output: UnsafeMutablePointer<FILE>

  /// Where the program was built: beside the tests that are running.
  public static var programPath: String? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink("/proc/self/exe", &buffer, buffer.count)
    guard count > 0 else { return nil }
    let path = String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let folder = path.split(separator: "/").dropLast().reduce(into: "") { $0 += "/\($1)" }
    return access("\(folder)/neuronarena", X_OK) == 0 ? "\(folder)/neuronarena" : nil
  }

  /// Starts the program; nil if it is not there or the system does not let us.
  ///
  /// - Parameter descriptorCountMax: The most descriptors that it may have, now and ever.
  public init?(_ arguments: [String], descriptorCountMax: Int? = nil) {
    guard let program = Self.programPath else { return nil }
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
    let limit = descriptorCountMax.map { "ulimit -n \($0); " } ?? ""
    let words = ["/bin/sh", "-c", limit + "exec \"$0\" \"$@\"", program] + arguments
    var list = words.map { strdup($0) }
    list.append(nil)
    defer { for word in list { free(word) } }
    var child: pid_t = 0
    let error = posix_spawn(&child, "/bin/sh", &actions, nil, list, environ)
    Glibc.close(ends[1])
    guard error == 0, let stream = fdopen(ends[0], "r") else { return nil }
    pid = child
    output = stream
  }

  deinit {
    kill(pid, SIGKILL)
    var status: Int32 = 0
    waitpid(pid, &status, 0)
    fclose(output)
  }

  /// Whether it still runs.
  public var isRunning: Bool { kill(pid, 0) == 0 && waitpid(pid, nil, WNOHANG) == 0 }

  /// Its next line of output, without the line's end; nil at the end of output.
  public func readLine() -> String? {
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer { free(line) }
    guard getline(&line, &capacity, output) > 0, let line else { return nil }
    return String(cString: line).split(separator: "\n").first.map(String.init) ?? ""
  }

  /// The port that a server says it listens on, by a line `port N`.
  public func readPort() -> UInt16? {
    while let line = readLine() {
      if line.hasPrefix("port ") { return UInt16(line.dropFirst(5)) }
    }
    return nil
  }

  /// How many descriptors it has open.
  public var descriptorCount: Int { descriptors.count }

  /// How many of its descriptors are sockets.
  public var socketCount: Int { descriptors.count { $0.hasPrefix("socket:") } }

  /// What its descriptors lead to.
  private var descriptors: [String] {
    guard let folder = opendir("/proc/\(pid)/fd") else { return [] }
    defer { closedir(folder) }
    var found: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard UInt32(name) != nil else { continue }
      var link = [CChar](repeating: 0, count: 128)
      let count = readlink("/proc/\(pid)/fd/\(name)", &link, link.count)
      // Closed between the two calls.
      guard count > 0 else { continue }
      found.append(String(decoding: link[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self))
    }
    return found
  }

  /// Its resident memory in bytes.
  public var residentByteCount: Int {
    guard let file = fopen("/proc/\(pid)/statm", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 128)
    guard fgets(&line, Int32(line.count), file) != nil else { return 0 }
    let text = String(
      decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let fields = text.split(separator: " ").compactMap { Int($0) }
    return fields.count > 1 ? fields[1] * sysconf(Int32(_SC_PAGESIZE)) : 0
  }
}
