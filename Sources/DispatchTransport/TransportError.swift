import Glibc

/// Why a transport could not be started.
public enum TransportError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The listener's host is not a numeric IPv4 or IPv6 address; carries it.
  case badAddress(String)
  /// Somebody else listens on that address; carries host and port.
  case addressInUse(host: String, port: UInt16)
  /// A socket's path is empty or longer than the 107 bytes that the system takes; carries it.
  case badSocketPath(String)
  /// At that path lies the socket of a server that runs, or a file that is no socket; carries it.
  case socketFileInUse(String)
  /// A system call failed; carries its name and errno.
  case system(call: String, errno: Int32)
  /// The configuration breaks a bound; carries which.
  case badConfiguration(String)

  /// What happened, in words.
  public var description: String {
    switch self {
    case .badAddress(let host): "\(host) is not a numeric IP address"
    case .addressInUse(let host, let port): "port \(port) of \(host) is already in use"
    case .badSocketPath(let path): "\(path) is no path for a socket: it takes 1 to 107 bytes"
    case .socketFileInUse(let path):
      "\(path) is the socket of a server that runs, or a file that is no socket"
    case .system(let call, let errno): "\(call) failed: \(String(cString: strerror(errno)))"
    case .badConfiguration(let reason): "bad transport configuration: \(reason)"
    }
  }

  /// Passes the result of a call of `CLinux` on; a negative one is an errno.
  static func check(_ result: Int32, _ call: String) throws(TransportError) -> Int32 {
    if result < 0 { throw .system(call: call, errno: -result) }
    return result
  }
}
