import CLinux
import Glibc

/// Why a test client gave up.
public enum TestClientError: Error, Hashable, Sendable {
  /// The connection was not made; carries errno.
  case notConnected(Int32)
  /// Nothing came within the time that the test allows.
  case tooLate
  /// The peer closed or reset the connection.
  case ended
  /// The handshake was refused with this status.
  case refused(status: Int)
  /// The server's bytes break a protocol; carries how.
  case malformed(String)
}

/// A blocking TCP socket for tests, on which every wait has an end.
public final class TestSocket {
  /// How long a test waits for bytes before it fails.
  public static let patienceMilliseconds: Int32 = 10_000

  /// The descriptor, for tests that do to it what the class doesn't.
  public let descriptor: Int32
  private var isClosed = false
  /// What the bytes go through, once `secure` was called.
  private var tls: TestTLS?

  /// Connects to a port of `host`.
  ///
  /// - Parameters:
  ///   - source: The numeric address to come from, such as 127.0.0.9.
  ///   - receiveBufferByteCount: Bounds the kernel's receive buffer, to be a slow reader with less.
  public init(
    host: String = "127.0.0.1", port: UInt16, source: String? = nil,
    receiveBufferByteCount: Int32? = nil
  ) throws(TestClientError) {
    var address = ca_address()
    guard ca_address_parse(host, port, &address) == 0 else { throw .notConnected(EINVAL) }
    var result: Int32
    if let source {
      var from = ca_address()
      guard ca_address_parse(source, 0, &from) == 0 else { throw .notConnected(EINVAL) }
      result = ca_connect(&address, &from)
    } else {
      result = ca_connect(&address, nil)
    }
    guard result >= 0 else { throw .notConnected(-result) }
    descriptor = result
    if let byteCount = receiveBufferByteCount { _ = ca_set_receive_buffer(descriptor, byteCount) }
  }

  /// Connects to the Unix-domain socket at `path`.
  public init(path: String) throws(TestClientError) {
    let result = ca_connect_unix(path)
    guard result >= 0 else { throw .notConnected(-result) }
    descriptor = result
  }

  deinit { close() }

  /// Completes a TLS handshake; all that is sent and received from now on goes through it.
  public func secure(_ tls: TestTLS) throws(TestClientError) {
    try sendRaw(try tls.shake())
    while !tls.isEstablished {
      let bytes = try receiveRaw()
      if bytes.isEmpty { throw .ended }
      try sendRaw(try tls.shake(bytes))
    }
    self.tls = tls
  }

  /// Sends all bytes.
  public func send(_ bytes: [UInt8]) throws(TestClientError) {
    try sendRaw(try tls?.seal(bytes) ?? bytes)
  }

  /// Sends all bytes past TLS.
  public func sendRaw(_ bytes: [UInt8]) throws(TestClientError) {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes { ca_send(descriptor, $0.baseAddress, $0.count) }
      if count == -Int(EAGAIN) {
        try wait(for: Int16(POLLOUT))
      } else if count < 0 {
        throw .ended
      } else {
        sent += count
      }
    }
  }

  /// Sends a text's UTF-8.
  public func send(_ text: String) throws(TestClientError) { try send(Array(text.utf8)) }

  /// At least one byte, as many as are there; empty at the end of the stream.
  public func receive(max: Int = 65_536) throws(TestClientError) -> [UInt8] {
    guard let tls else { return try receiveRaw(max: max) }
    while true {
      let bytes = try tls.open([])
      if !bytes.isEmpty || tls.hasPeerClosed { return bytes }
      let received = try receiveRaw(max: max)
      if received.isEmpty { return [] }
      let opened = try tls.open(received)
      if !opened.isEmpty || tls.hasPeerClosed { return opened }
    }
  }

  /// At least one byte as it came, past TLS; empty at the end of the stream.
  public func receiveRaw(max: Int = 65_536) throws(TestClientError) -> [UInt8] {
    while true {
      try wait(for: Int16(POLLIN))
      var count = 0
      let bytes = [UInt8](unsafeUninitializedCapacity: max) { buffer, initializedCount in
        count = ca_receive(descriptor, buffer.baseAddress, buffer.count)
        initializedCount = Swift.max(0, count)
      }
      if count >= 0 { return bytes }
      if count != -Int(EAGAIN) { throw .ended }
    }
  }

  /// All bytes until the peer's end.
  public func receiveAll() throws(TestClientError) -> [UInt8] {
    var all: [UInt8] = []
    while true {
      let bytes = try receive()
      if bytes.isEmpty { return all }
      all += bytes
    }
  }

  /// Whether bytes, or the end, can be read within `milliseconds`.
  public func isReadable(within milliseconds: Int32) -> Bool {
    var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return Glibc.poll(&poll, 1, milliseconds) > 0
  }

  private func wait(for events: Int16) throws(TestClientError) {
    var poll = pollfd(fd: descriptor, events: events, revents: 0)
    if Glibc.poll(&poll, 1, Self.patienceMilliseconds) <= 0 { throw .tooLate }
  }

  /// Says that nothing more will be sent.
  public func endSending() { shutdown(descriptor, Int32(SHUT_WR)) }

  /// Ends the connection with a reset.
  public func reset() {
    _ = ca_set_reset_on_close(descriptor)
    close()
  }

  /// Ends the connection.
  public func close() {
    guard !isClosed else { return }
    isClosed = true
    Glibc.close(descriptor)
  }
}
