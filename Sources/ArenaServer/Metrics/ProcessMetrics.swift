import Glibc

/// What the system knows of the process, under the names that Prometheus' own clients use.
struct ProcessMetrics: Sendable {
  private let startSeconds: Double

  /// Notes the present as the process's start.
  init() {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    startSeconds = Double(now.tv_sec)
  }

  /// Adds the process's metrics; what can't be read is left out.
  func write(to text: inout PrometheusText) {
    if let resident = Self.residentByteCount() {
      text.add(
        .gauge, "process_resident_memory_bytes", "Memory that is resident.", resident)
    }
    text.add(
      .counter, "process_cpu_seconds_total", "Processor time of user and system.",
      Self.cpuSeconds())
    if let count = Self.openDescriptorCount() {
      text.add(.gauge, "process_open_fds", "Open file descriptors.", count)
    }
    var limit = rlimit()
    if getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 {
      text.add(
        .gauge, "process_max_fds", "The most file descriptors that may be open.", limit.rlim_cur)
    }
    text.add(
      .gauge, "process_start_time_seconds", "When the process started, since 1970.", startSeconds)
    text.add(
      .gauge, "neuronarena_build_info", "Always 1; its labels say what runs.",
      [
        PrometheusText.Sample(
          labels: [("version", BuildVersion.current), ("swift", BuildVersion.swift)], value: 1)
      ])
  }

  /// The second number of `/proc/self/statm`, in pages (proc(5)).
  private static func residentByteCount() -> Int? {
    guard let file = fopen("/proc/self/statm", "r") else { return nil }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 128)
    guard fgets(&line, 128, file) != nil else { return nil }
    let text = String(
      decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let words = text.split(separator: " ")
    guard words.count > 1, let pages = Int(words[1]) else { return nil }
    return pages * sysconf(Int32(_SC_PAGESIZE))
  }

  private static func cpuSeconds() -> Double {
    var time = timespec()
    guard clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time) == 0 else { return 0 }
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  private static func openDescriptorCount() -> Int? {
    guard let folder = opendir("/proc/self/fd") else { return nil }
    defer { closedir(folder) }
    var count = 0
    while readdir(folder) != nil { count += 1 }
    // Without `.`, `..` and the folder itself.
    return max(0, count - 3)
  }
}
