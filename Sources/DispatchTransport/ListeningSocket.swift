import CLinux
import Glibc

/// A socket that listens, with what has to be undone when it no longer does.
struct ListeningSocket {
  let descriptor: Int32
  /// The port; 0 for a Unix-domain socket.
  let port: UInt16
  private let file: File?

  /// A socket's file, told apart from one that has taken its path since.
  private struct File {
    let path: String
    let device: dev_t
    let number: ino_t

    init?(_ path: String) {
      var status = stat()
      guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK else { return nil }
      (self.path, device, number) = (path, status.st_dev, status.st_ino)
    }
  }

  /// Listens on `address`.
  ///
  /// - Throws: What is in the way; nothing is left open then.
  init(_ address: Listener.Address, backlog: Int32) throws(TransportError) {
    switch address {
    case .tcp(let host, let wanted):
      var parsed = ca_address()
      guard ca_address_parse(host, wanted, &parsed) == 0 else { throw .badAddress(host) }
      let result = ca_listen(&parsed, backlog)
      if result == -EADDRINUSE { throw .addressInUse(host: host, port: wanted) }
      descriptor = try TransportError.check(result, "bind to \(host)")
      file = nil
      let bound = ca_bound_port(descriptor)
      guard bound >= 0 else {
        Glibc.close(descriptor)
        throw .system(call: "getsockname", errno: -bound)
      }
      port = UInt16(bound)
    case .unix(let wanted):
      // A path with a zero byte in it would be cut there by every call.
      guard (1...Self.pathByteCountMax).contains(wanted.utf8.count), !wanted.utf8.contains(0)
      else { throw .badSocketPath(wanted) }
      descriptor = try Self.listen(at: wanted, backlog: backlog)
      file = File(wanted)
      port = 0
    }
  }

  /// What `sockaddr_un` holds beside its terminating zero.
  static let pathByteCountMax = 107

  private static func listen(at path: String, backlog: Int32) throws(TransportError) -> Int32 {
    var result = ca_listen_unix(path, backlog)
    if result == -EADDRINUSE {
      // A dead server's file refuses, and so does a file of another kind, which is never removed.
      let probe = ca_connect_unix(path)
      if probe >= 0 { Glibc.close(probe) }
      guard probe == -ECONNREFUSED, File(path) != nil else { throw .socketFileInUse(path) }
      unlink(path)
      result = ca_listen_unix(path, backlog)
    }
    return try TransportError.check(result, "bind to \(path)")
  }

  /// Stops listening, and takes the socket's file away if it is still this socket's.
  func close() {
    if let file, let now = File(file.path), now.device == file.device, now.number == file.number {
      unlink(file.path)
    }
    Glibc.close(descriptor)
  }
}
