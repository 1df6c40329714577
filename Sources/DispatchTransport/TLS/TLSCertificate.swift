public import ArenaTypes
import COpenSSL
import Glibc

/// What an operator may want to know of a certificate.
public struct TLSCertificate: Hashable, Sendable {
  /// Whom it names, as OpenSSL writes it: `CN = play.example`.
  public let subject: String
  /// Whether it vouches for itself, so that browsers warn of it.
  public let isSelfSigned: Bool
  /// Its first moment.
  public let notBefore: Timestamp
  /// Its last moment.
  public let notAfter: Timestamp

  init(_ x509: OpaquePointer) {
    subject = Self.text(of: X509_get_subject_name(x509))
    // The name alone, not the signature: whoever names itself as issuer is trusted by nobody else.
    isSelfSigned = X509_NAME_cmp(X509_get_subject_name(x509), X509_get_issuer_name(x509)) == 0
    notBefore = Self.moment(X509_get0_notBefore(x509))
    notAfter = Self.moment(X509_get0_notAfter(x509))
  }

  /// Whether clients accept its time at `moment`.
  public func isValid(at moment: Timestamp) -> Bool { notBefore <= moment && moment <= notAfter }

  private static func text(of name: OpaquePointer?) -> String {
    guard let bio = BIO_new(BIO_s_mem()) else { return "" }
    defer { BIO_free(bio) }
    guard ca_name_print(bio, name) >= 0 else { return "" }
    var bytes = [UInt8](repeating: 0, count: 512)
    let count = max(0, BIO_read(bio, &bytes, Int32(bytes.count)))
    return String(decoding: bytes.prefix(Int(count)), as: UTF8.self)
  }

  private static func moment(_ time: UnsafePointer<ASN1_TIME>?) -> Timestamp {
    var parts = tm()
    guard let time, ASN1_TIME_to_tm(time, &parts) == 1 else {
      return Timestamp(millisecondsSinceEpoch: 0)
    }
    return Timestamp(millisecondsSinceEpoch: Int64(timegm(&parts)) * 1_000)
  }
}
