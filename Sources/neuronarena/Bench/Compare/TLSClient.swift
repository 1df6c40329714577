import CLinux
import COpenSSL
import Glibc
import HTTPCodec

/// The client's side of TLS for the benches: blocking, on one thread, believing every certificate.
final class TLSClient {
  private let context: OpaquePointer

  /// A client that shakes hands in full each time.
  init() throws {
    // OpenSSL writes with write().
    ca_ignore_sigpipe()
    guard let context = SSL_CTX_new(TLS_client_method()) else {
      throw BenchError.unexpected("OpenSSL gives no context")
    }
    self.context = context
  }

  deinit { SSL_CTX_free(context) }

  /// One connection.
  struct Connection {
    let descriptor: Int32
    fileprivate let session: OpaquePointer

    /// Says that it ends, waits for the server to do so too, and closes.
    func end() {
      SSL_shutdown(session)
      var byte: UInt8 = 0
      while SSL_read(session, &byte, 1) > 0 {}
      closeAtOnce()
    }

    /// Closes without a word.
    func closeAtOnce() {
      SSL_free(session)
      close(descriptor)
    }
  }

  /// Connects and shakes TLS's hands.
  func connect(port: UInt16, source: String) throws -> Connection {
    var address = ca_address()
    var own = ca_address()
    _ = ca_address_parse("127.0.0.1", port, &address)
    _ = ca_address_parse(source, 0, &own)
    let descriptor = ca_connect(&address, &own)
    guard descriptor >= 0 else { throw BenchError.notConnected(-descriptor) }
    guard let session = SSL_new(context) else {
      close(descriptor)
      throw BenchError.unexpected("OpenSSL gives no session")
    }
    let connection = Connection(descriptor: descriptor, session: session)
    guard SSL_set_fd(session, descriptor) == 1, SSL_connect(session) == 1 else {
      connection.closeAtOnce()
      throw BenchError.handshakeFailed
    }
    return connection
  }

  /// Connects and upgrades to WebSocket at `/echo`.
  func open(port: UInt16, source: String) throws -> Connection {
    let connection = try connect(port: port, source: source)
    let request =
      try ClientHandshake(
        host: "127.0.0.1:\(port)", target: "/echo", key: "dGhlIHNhbXBsZSBub25jZQ=="
      ).requestBytes
    var answer: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4_096)
    guard SSL_write(connection.session, request, Int32(request.count)) == request.count else {
      throw BenchError.handshakeFailed
    }
    while answer.suffix(4) != [13, 10, 13, 10] {
      let count = SSL_read(connection.session, &buffer, Int32(buffer.count))
      guard count > 0 else { throw BenchError.handshakeFailed }
      answer += buffer[..<Int(count)]
    }
    guard answer.starts(with: Array("HTTP/1.1 101".utf8)) else {
      throw BenchError.handshakeFailed
    }
    return connection
  }
}
