import ArenaTestSupport
import ArenaTypes
import CLinux
import Glibc
import Testing

@testable import DispatchTransport

/// Certificates and keys: what is accepted, what is said of the rest, and how they are renewed.
@Suite("TLS contexts")
struct TLSContextTests {
  private func error(_ files: PEMFiles) -> TLSError? {
    do throws(TLSError) {
      _ = try TLSContext(certificateFile: files.certificateFile, keyFile: files.keyFile)
      return nil
    } catch {
      return error
    }
  }

  @Test("A certificate and its key are taken, and tell of themselves")
  func good() throws {
    let files = try PEMFiles()
    let context = try TLSContext(certificateFile: files.certificateFile, keyFile: files.keyFile)
    let now = Timestamp(millisecondsSinceEpoch: ca_realtime_milliseconds())
    #expect(context.certificate.subject == "CN = test")
    #expect(context.certificate.isSelfSigned)
    #expect(context.certificate.isValid(at: now))
    #expect(!context.certificate.isValid(at: now + .seconds(4_000)))
  }

  @Test("An expired certificate is taken, and says so")
  func expired() throws {
    let files = try PEMFiles()
    try files.renew(validSeconds: -60)
    let context = try TLSContext(certificateFile: files.certificateFile, keyFile: files.keyFile)
    let now = Timestamp(millisecondsSinceEpoch: ca_realtime_milliseconds())
    #expect(!context.certificate.isValid(at: now))
  }

  @Test("A missing file is named, with the cause")
  func missing() throws {
    let files = try PEMFiles()
    unlink(files.keyFile)
    #expect(
      error(files) == .unreadable(file: files.keyFile, cause: "No such file or directory"))
    let none = "/nonexistent/certificate.pem"
    #expect(throws: TLSError.unreadable(file: none, cause: "No such file or directory")) {
      try TLSContext(certificateFile: none, keyFile: none)
    }
  }

  @Test("A folder is no certificate")
  func folder() throws {
    let files = try PEMFiles()
    #expect(throws: TLSError.unreadable(file: files.folder, cause: "it is a folder")) {
      try TLSContext(certificateFile: files.folder, keyFile: files.keyFile)
    }
  }

  @Test("A file that is no PEM is named", arguments: ["", "hello", "-----BEGIN CERTIFICATE-----"])
  func malformed(_ text: String) throws {
    let files = try PEMFiles()
    try files.write(text, to: files.certificateFile)
    guard case .malformed(file: files.certificateFile, _) = error(files) else {
      Issue.record("\(String(describing: error(files)))")
      return
    }
    try files.renew()
    try files.write(text, to: files.keyFile)
    guard case .malformed(file: files.keyFile, _) = error(files) else {
      Issue.record("\(String(describing: error(files)))")
      return
    }
  }

  @Test("A key that is another's is told apart from a broken one")
  func mismatch() throws {
    let files = try PEMFiles()
    try files.renewKeyAlone()
    #expect(
      error(files)
        == .keyMismatch(certificateFile: files.certificateFile, keyFile: files.keyFile))
  }

  @Test("A locked key is refused without asking anybody")
  func locked() throws {
    let files = try PEMFiles()
    try files.renewKeyAlone(passphrase: "secret")
    #expect(error(files) == .encryptedKey(file: files.keyFile))
  }

  // MARK: Self-signed

  @Test("A self-signed certificate is for the names given and for loopback")
  func selfSigned() throws {
    let context = try TLSContext.selfSigned(hostNames: ["play.example", "192.0.2.7", "[::1]"])
    let world = try RealWorld(tls: context)
    let tls = try TestTLS()
    _ = try world.connect(tls: tls)
    for name in ["play.example", "192.0.2.7", "localhost", "127.0.0.1", "::1"] {
      #expect(tls.isCertificate(for: name), "\(name)")
    }
    #expect(!tls.isCertificate(for: "else.example"))
    #expect(context.certificate.isSelfSigned)
  }

  @Test(
    "What is no host name gets into no certificate",
    arguments: ["", "a b", "a,DNS:b", "a:b", "-.\n", "a..b", "ä.example", "*.example"])
  func badNames(_ name: String) {
    #expect(throws: TLSError.badHostName(name)) {
      try TLSContext.selfSigned(hostNames: [name])
    }
  }

  @Test("Every self-signed certificate is another, and a reload changes none")
  func ownKeys() throws {
    let one = try certificate(of: try TLSContext.selfSigned())
    let two = try certificate(of: try TLSContext.selfSigned())
    #expect(one != two)
    let context = try TLSContext.selfSigned()
    let before = try certificate(of: context)
    try context.reload()
    #expect(try certificate(of: context) == before)
  }

  private func certificate(of context: TLSContext) throws -> [UInt8] {
    let world = try RealWorld(tls: context)
    let tls = try TestTLS()
    _ = try world.connect(tls: tls)
    return tls.certificate
  }

  // MARK: Renewal

  @Test("Newcomers get the new certificate, and who is connected notices nothing")
  func reload() throws {
    let files = try PEMFiles()
    let context = try TLSContext(certificateFile: files.certificateFile, keyFile: files.keyFile)
    let world = try RealWorld(tls: context)
    let (old, new) = (try TestTLS(), try TestTLS())
    let client = try world.connect(tls: old)
    try files.renew(name: "renewed")
    try context.reload()
    let newcomer = try world.connect(tls: new)
    #expect(old.certificate != new.certificate)
    #expect(context.certificate.subject == "CN = renewed")
    for each in [client, newcomer] {
      try each.send(text: "echo still here")
      #expect(try each.receiveText() == "still here")
    }
  }

  @Test("Tickets are good across a reload", arguments: [TestTLS.Version.v1_2, .v1_3])
  func ticketsAcrossReload(_ version: TestTLS.Version) throws {
    let files = try PEMFiles()
    let context = try TLSContext(certificateFile: files.certificateFile, keyFile: files.keyFile)
    let world = try RealWorld(tls: context)
    let first = try TestTLS(version)
    let client = try world.connect(tls: first)
    try client.send(text: "echo a")
    #expect(try client.receiveText() == "a")
    try files.renew(name: "renewed")
    try context.reload()
    let second = try TestTLS(version, resuming: first)
    _ = try world.connect(tls: second)
    #expect(second.isResumed)
  }

  @Test("A bad new file leaves the old certificate in place")
  func badReload() throws {
    let files = try PEMFiles()
    let context = try TLSContext(certificateFile: files.certificateFile, keyFile: files.keyFile)
    let world = try RealWorld(tls: context)
    let before = try TestTLS()
    _ = try world.connect(tls: before)
    try files.write("nonsense", to: files.certificateFile)
    #expect(throws: TLSError.self) { try context.reload() }
    let after = try TestTLS()
    _ = try world.connect(tls: after)
    #expect(before.certificate == after.certificate)
  }

  @Test("Changed files are noticed, and half of a new pair is waited over")
  func watching() async throws {
    let files = try PEMFiles()
    let context = try TLSContext(certificateFile: files.certificateFile, keyFile: files.keyFile)
    let reports = Locked<[String]>([])
    let seen = SharedReports(reports)
    let reloader = TLSReloader(context, interval: .milliseconds(10)) { result in
      switch result {
      case .success(let certificate): seen.reports.withLock { $0.append(certificate.subject) }
      case .failure(let error): seen.reports.withLock { $0.append("\(error)") }
      }
    }
    try files.renewCertificateAlone()
    #expect(await eventually { seen.reports.withLock { !$0.isEmpty } })
    #expect(seen.reports.withLock { $0[0].contains("does not belong") })
    #expect(context.certificate.subject == "CN = test")
    try files.renew(name: "whole")
    #expect(await eventually { context.certificate.subject == "CN = whole" })
    let count = seen.reports.withLock { $0.count }
    // As SIGHUP does it: read again, changed or not.
    reloader.reload()
    #expect(seen.reports.withLock { $0.count } > count)
    #expect(seen.reports.withLock { $0.last } == "CN = whole")
  }

  private func eventually(_ condition: () -> Bool) async -> Bool {
    for _ in 0..<5_000 {
      if condition() { return true }
      try? await Task.sleep(for: .milliseconds(2))
    }
    return condition()
  }
}

/// A mutex that a closure can hold on to.
private final class SharedReports: Sendable {
  let reports: Locked<[String]>
  init(_ reports: consuming Locked<[String]>) { self.reports = reports }
}
