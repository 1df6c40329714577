import COpenSSL

/// What lies between OpenSSL and the sockets of one shard: one buffer of bytes that came, and one of
/// bytes that are to go.
///
/// All connections of the shard use them, one at a time: the transport lends what it has received,
/// lets a ``TLSSession`` work, and takes what that has written. So an idle connection holds neither
/// buffers nor a BIO, and a read or write of OpenSSL's is a copy and no system call.
final class TLSWire {
  /// The most that a record takes on the wire (RFC 8446, section 5.2; RFC 5246 adds 2,048 bytes to
  /// the payload where 8446 adds 256), with its header.
  static let recordByteCountMax = 16_384 + 2_048 + 5
  /// The most payload of one record.
  static let fragmentByteCountMax = 16_384
  /// What a record may add to its payload in the ciphers that we allow, and some reserve.
  static let overheadByteCount = 256

  /// Where received bytes are put.
  let input = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)
  /// Four full records, or the server's whole part of a handshake.
  private let output = UnsafeMutableRawBufferPointer.allocate(
    byteCount: 4 * (fragmentByteCountMax + overheadByteCount), alignment: 16)
  private let wire = UnsafeMutablePointer<ca_wire>.allocate(capacity: 1)
  private let method: OpaquePointer
  private let bio: OpaquePointer

  /// - Throws: `TLSError.library` where memory is short.
  init() throws(TLSError) {
    wire.initialize(to: ca_wire())
    method = try TLSError.check(ca_wire_method_new(), "BIO_meth_new")
    bio = try TLSError.check(ca_wire_bio_new(method, wire), "BIO_new")
    wire.pointee.output = output.bindMemory(to: UInt8.self).baseAddress
    wire.pointee.output_capacity = output.count
  }

  deinit {
    BIO_free(bio)
    BIO_meth_free(method)
    wire.deallocate()
    input.deallocate()
    output.deallocate()
  }

  /// Makes this the wire of a connection.
  func attach(to ssl: OpaquePointer) {
    // A reference for each direction, which SSL_free gives back. OpenSSL links a handshake's own
    // buffer in front of the BIO, and leaves no link behind, so that sharing it is safe.
    BIO_up_ref(bio)
    BIO_up_ref(bio)
    SSL_set0_rbio(ssl, bio)
    SSL_set0_wbio(ssl, bio)
  }

  /// Lends the first `byteCount` bytes of `input`.
  func lend(_ byteCount: Int) {
    wire.pointee.input = UnsafePointer(input.bindMemory(to: UInt8.self).baseAddress)
    wire.pointee.input_count = byteCount
  }

  /// Forgets what OpenSSL has not read.
  func dropInput() { wire.pointee.input_count = 0 }

  /// What has been written and not been taken.
  var written: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: output[..<wire.pointee.output_count])
  }

  /// How much more can be written.
  var room: Int { wire.pointee.output_capacity - wire.pointee.output_count }

  /// Forgets what has been written, which somebody has taken.
  func clearWritten() { wire.pointee.output_count = 0 }
}
