import CLinux
import COpenSSL
import Glibc

/// A certificate that vouches for itself, for trying out: a new key each time, in memory alone.
enum SelfSignedCertificate {
  /// It is for an afternoon or a month, not for a service.
  private static let validDays = 90
  private static let loopbackNames = ["localhost", "127.0.0.1", "::1"]

  /// A context with a certificate for these names and those of loopback.
  static func makeContext(hostNames: [String]) throws(TLSError) -> OpaquePointer {
    let key = try TLSError.check(ca_p256_key_new(), "EVP_EC_gen")
    defer { EVP_PKEY_free(key) }
    let certificate = try make(hostNames: hostNames, key: key)
    defer { X509_free(certificate) }
    let context = try TLSMaterial.makeContext()
    guard SSL_CTX_use_certificate(context, certificate) == 1,
      SSL_CTX_use_PrivateKey(context, key) == 1
    else {
      SSL_CTX_free(context)
      throw .library("SSL_CTX_use_certificate")
    }
    return context
  }

  private static func make(hostNames: [String], key: OpaquePointer) throws(TLSError)
    -> OpaquePointer
  {
    let names = try alternativeNames(hostNames)
    let certificate = try TLSError.check(X509_new(), "X509_new")
    do throws(TLSError) {
      X509_set_version(certificate, Int(X509_VERSION_3))
      try setSerial(certificate)
      // An hour back, for clocks that are behind.
      X509_gmtime_adj(X509_getm_notBefore(certificate), -3_600)
      X509_gmtime_adj(X509_getm_notAfter(certificate), validDays * 86_400)
      let name = X509_get_subject_name(certificate)
      let commonName = "NeuronArena, self-signed"
      try TLSError.check(
        X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, commonName, -1, -1, 0),
        "X509_NAME_add_entry_by_txt")
      try TLSError.check(X509_set_issuer_name(certificate, name), "X509_set_issuer_name")
      try TLSError.check(X509_set_pubkey(certificate, key), "X509_set_pubkey")
      try add(NID_subject_alt_name, names, to: certificate)
      try add(NID_basic_constraints, "critical,CA:FALSE", to: certificate)
      try add(NID_key_usage, "critical,digitalSignature", to: certificate)
      try add(NID_ext_key_usage, "serverAuth", to: certificate)
      if X509_sign(certificate, key, EVP_sha256()) == 0 { throw .library("X509_sign") }
    } catch {
      X509_free(certificate)
      throw error
    }
    return certificate
  }

  /// 8 random bytes, positive: browsers refuse two certificates of one issuer and serial.
  private static func setSerial(_ certificate: OpaquePointer) throws(TLSError) {
    var serial: UInt64 = 0
    let result = withUnsafeMutableBytes(of: &serial) {
      RAND_bytes($0.baseAddress?.assumingMemoryBound(to: UInt8.self), 8)
    }
    try TLSError.check(result, "RAND_bytes")
    try TLSError.check(
      ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), serial >> 1 | 1),
      "ASN1_INTEGER_set_uint64")
  }

  private static func add(
    _ extensionID: Int32, _ value: String, to certificate: OpaquePointer
  ) throws(TLSError) {
    guard let made = X509V3_EXT_conf_nid(nil, nil, extensionID, value) else {
      throw .library("X509V3_EXT_conf_nid")
    }
    defer { X509_EXTENSION_free(made) }
    try TLSError.check(X509_add_ext(certificate, made, -1), "X509_add_ext")
  }

  /// The names as OpenSSL's configuration spells them: `DNS:a,IP:127.0.0.1`.
  ///
  /// - Throws: `TLSError.badHostName` for what would be something else there.
  static func alternativeNames(_ hostNames: [String]) throws(TLSError) -> String {
    var parts: [String] = []
    for given in hostNames + loopbackNames {
      let name =
        given.hasPrefix("[") && given.hasSuffix("]") ? String(given.dropFirst().dropLast()) : given
      var address = ca_address()
      let part: String
      if ca_address_parse(name, 0, &address) == 0 {
        part = "IP:\(name)"
      } else if isHostName(name) {
        part = "DNS:\(name)"
      } else {
        throw .badHostName(given)
      }
      if !parts.contains(part) { parts.append(part) }
    }
    return parts.joined(separator: ",")
  }

  private static func isHostName(_ name: String) -> Bool {
    let labels = name.split(separator: ".", omittingEmptySubsequences: false)
    return name.utf8.count <= 253
      && labels.allSatisfy { label in
        (1...63).contains(label.utf8.count)
          && label.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
              || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
              || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
          }
      }
  }
}
