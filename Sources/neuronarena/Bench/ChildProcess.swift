import CLinux
import Glibc

/// Another process, with its standard input and output in our hands: another run of this program, or
/// a server to compare it with.
///
/// Another run of this program ends when its input is closed, since the benches' servers and clients
/// are made so; other programs get SIGTERM.
final class ChildProcess {
  /// Its process id.
  let pid: pid_t
  private let input: Int32
  private let output: UnsafeMutablePointer<FILE>
  private var isWaitedFor = false
  private let endsWithInput: Bool

  /// Starts a program; nil if the system doesn't let us.
  ///
  /// - Parameters:
  ///   - path: The program's file; by default this program's.
  ///   - processors: Where it may run, a bit a processor; by default where this thread may.
  init?(_ arguments: [String], path: String? = nil, processors: UInt64? = nil) {
    var toChild: [Int32] = [0, 0]
    var fromChild: [Int32] = [0, 0]
    guard pipe(&toChild) == 0, pipe(&fromChild) == 0 else { return nil }
    // A second child must not hold the first one's input open.
    for descriptor in toChild + fromChild { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, toChild[0], STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, fromChild[1], STDOUT_FILENO)
    // Threads of Dispatch block every signal, and a child would inherit that.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    var list = ([path ?? "neuronarena"] + arguments).map { strdup($0) }
    list.append(nil)
    defer { for argument in list { free(argument) } }
    var child: pid_t = 0
    // A child inherits it, with every thread that it will ever have.
    let own = ca_affinity()
    if let processors { _ = ca_set_affinity(processors) }
    let error = posix_spawnp(&child, path ?? "/proc/self/exe", &actions, &attributes, list, environ)
    if processors != nil { _ = ca_set_affinity(own) }
    close(toChild[0])
    close(fromChild[1])
    guard error == 0, let stream = fdopen(fromChild[0], "r") else { return nil }
    pid = child
    endsWithInput = path == nil
    input = toChild[1]
    output = stream
  }

  deinit { end() }

  /// Its next line of output, without the line's end; nil at the end of output.
  func readLine() -> String? {
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer { free(line) }
    guard getline(&line, &capacity, output) > 0, let line else { return nil }
    return String(cString: line).split(separator: "\n").first.map(String.init)
  }

  /// Writes a line to its input.
  func writeLine(_ line: String) {
    _ = "\(line)\n".withCString { write(input, $0, strlen($0)) }
  }

  /// Closes its input, or asks another program with SIGTERM to end, reads the rest of its output, and
  /// waits for its end.
  @discardableResult
  func end() -> [String] {
    guard !isWaitedFor else { return [] }
    if !endsWithInput { kill(pid, SIGTERM) }
    return wait()
  }

  /// Closes its input, reads the rest of its output, and waits until it has ended by itself.
  @discardableResult
  func wait() -> [String] {
    guard !isWaitedFor else { return [] }
    isWaitedFor = true
    close(input)
    var rest: [String] = []
    while let line = readLine() { rest.append(line) }
    fclose(output)
    var status: Int32 = 0
    waitpid(pid, &status, 0)
    return rest
  }
}
