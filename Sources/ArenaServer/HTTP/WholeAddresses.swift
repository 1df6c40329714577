import ArenaTypes
import HTTPCodec

/// Pages with the whole addresses of what they name to other sites' readers, such as the picture that is
/// shown where somebody posts a link: those take no address without a host.
final class WholeAddresses: Sendable {
  /// What begins such an address in a page.
  static let mark = "content=\"/"
  /// How many origins' pages are kept: a server has few names.
  static let originCountMax = 16

  private let pages = Locked<[String: StaticFiles.File]>([:])

  /// The page as it is sent to readers at `origin`; as it is where the origin is none, or one of too many.
  func page(_ file: StaticFiles.File, origin: String) -> StaticFiles.File {
    if let known = pages.withLock({ $0[origin] }) { return known }
    guard Self.isPlain(origin) else { return file }
    let body = Array(Self.whole(String(decoding: file.plain.body, as: UTF8.self), origin).utf8)
    let name =
      file.plain.entityTag.dropFirst().dropLast()
      + "-" + String(ShardDirectory.hash(of: origin), radix: 16)
    let page = StaticFiles.file(file.contentType, body, name: String(name))
    return pages.withLock { pages in
      if pages.count < Self.originCountMax { pages[origin] = page }
      return page
    }
  }

  /// A page's text as it is sent to readers at `origin`.
  static func whole(_ text: String, _ origin: String) -> String {
    isPlain(origin) ? text.replacing(mark, with: "content=\"\(origin)/") : text
  }

  /// Whether an origin has nothing that a page would have to escape.
  private static func isPlain(_ origin: String) -> Bool {
    origin.utf8.count < 300
      && origin.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        default: ":/.-[]".utf8.contains(byte)
        }
      }
  }
}
