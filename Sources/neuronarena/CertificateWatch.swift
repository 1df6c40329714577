import ArenaTypes
import CLinux
@preconcurrency import Dispatch
import DispatchTransport
import Glibc
import Logging

/// Keeps a server's certificate fresh: reads it again when its files change, and on SIGHUP.
final class CertificateWatch: Sendable {
  private let hangUp: any DispatchSourceSignal

  /// Watches from now on, and says what it finds.
  init(_ context: TLSContext, log: Logger) {
    Self.warnIfInvalid(context.certificate, log)
    let reloader = TLSReloader(context) { result in
      switch result {
      case .success(let certificate):
        log.notice("the certificate was read again: \(certificate.subject)")
        Self.warnIfInvalid(certificate, log)
      case .failure(let error):
        log.error("the certificate stays as it was: \(error)")
      }
    }
    signal(SIGHUP, SIG_IGN)
    hangUp = DispatchSource.makeSignalSource(
      signal: SIGHUP, queue: DispatchQueue(label: "neuronarena.hangup"))
    hangUp.setEventHandler { reloader.reload() }
    hangUp.resume()
  }

  deinit { hangUp.cancel() }

  /// A server with an expired certificate starts all the same: it is better than none.
  private static func warnIfInvalid(_ certificate: TLSCertificate, _ log: Logger) {
    let now = Timestamp(millisecondsSinceEpoch: ca_realtime_milliseconds())
    if !certificate.isValid(at: now) {
      log.warning("the certificate of \(certificate.subject) is not valid now")
    }
  }
}
