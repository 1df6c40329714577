import CLinux
import Glibc

extension CompareSession {
  /// A full TLS 1.3 handshake, beside OpenSSL's own server with the same certificate.
  func tlsHandshake() throws -> Comparison.Figure {
    let folder = try TemporaryDataFolder()
    let (certificate, key) = ("\(folder.path)/certificate.pem", "\(folder.path)/key.pem")
    defer {
      unlink(certificate)
      unlink(key)
      folder.remove()
    }
    try makeCertificate(certificate, key)
    let ours = try ComparedServer.own(
      ComparedServer.ours,
      ["--shards", "1", "--tls-certificate", certificate, "--tls-key", key],
      processors: places.server)
    defer { ours.server.process.end() }
    let other = try startOpenSSL(certificate, key)
    defer { other.server.process.end() }
    let count = Int(max(50, milliseconds / 2))
    let client = try TLSClient()
    return Comparison(servers: [ours, other], runs: runs).measure(
      "TLS 1.3 handshake and close", unit: "us CPU a connection", bounds: [other.name: 1.1]
    ) { server in
      try client.connect(port: server.port, source: "127.0.0.1").end()
      let seconds = try server.cpuSeconds {
        for number in 0..<count {
          try client.connect(port: server.port, source: "127.0.0.\(2 + number % 250)").end()
        }
      }
      return seconds * 1e6 / Double(count)
    }
  }

  /// Has OpenSSL make a certificate of EC P-256.
  private func makeCertificate(_ certificate: String, _ key: String) throws {
    let arguments = [
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days",
      "2", "-subj", "/CN=localhost", "-keyout", key, "-out", certificate,
    ]
    ChildProcess(arguments, path: "openssl")?.wait()
    guard access(certificate, R_OK) == 0, access(key, R_OK) == 0 else {
      throw BenchError.unexpected("openssl makes no certificate")
    }
  }

  private func startOpenSSL(_ certificate: String, _ key: String) throws -> ComparedServer {
    let port = try freePort()
    let arguments = [
      "s_server", "-accept", "127.0.0.1:\(port)", "-cert", certificate, "-key", key, "-quiet",
      "-num_tickets", "1",
    ]
    guard
      let process = ChildProcess(arguments, path: "openssl", processors: places.server)
    else { throw BenchError.noServer }
    for _ in 0..<100 {
      if let descriptor = try? BenchConnection.open(port: port, target: nil) {
        close(descriptor)
        return ComparedServer(
          name: "s_server", server: BenchServer(process: process, port: port))
      }
      usleep(50_000)
    }
    process.end()
    throw BenchError.noServer
  }

  /// A port that nobody listens on.
  private func freePort() throws -> UInt16 {
    var address = ca_address()
    _ = ca_address_parse("127.0.0.1", 0, &address)
    let listener = ca_listen(&address, 1)
    guard listener >= 0 else { throw BenchError.notConnected(-listener) }
    defer { close(listener) }
    return UInt16(ca_bound_port(listener))
  }
}
