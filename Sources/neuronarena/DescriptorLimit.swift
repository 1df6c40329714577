import Glibc

/// How many files and sockets this process may hold.
enum DescriptorLimit {
  /// Raises the soft limit to the hard one, and returns what it is then.
  ///
  /// The soft limit is low for the sake of programs that still use `select`; this one does not.
  static func raise() -> Int {
    let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    var limit = rlimit()
    guard getrlimit(resource, &limit) == 0 else { return 1_024 }
    let soft = limit.rlim_cur
    limit.rlim_cur = limit.rlim_max
    let isRaised = setrlimit(resource, &limit) == 0
    return Int(clamping: isRaised ? limit.rlim_max : soft)
  }
}
