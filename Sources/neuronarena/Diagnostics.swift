import Glibc

/// Lines for the person at the command line that are no result: they go to standard error.
enum Diagnostics {
  static func write(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    // A line that can't be shown is no reason to stop the work.
    _ = Glibc.write(STDERR_FILENO, bytes, bytes.count)
  }
}
