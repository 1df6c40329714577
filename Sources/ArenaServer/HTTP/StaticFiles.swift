import FoundationEssentials
import HTTPCodec

/// The files of the web app, read once at start and served from memory.
///
/// Only what was found then is ever served, so no request can name a file outside the folder.
struct StaticFiles: Sendable {
  /// One form of a file: as it is, or compressed.
  ///
  /// Each is a content of its own to caches and ranges.
  struct Representation: Sendable {
    let body: [UInt8]
    /// A strong validator made from the content and its coding.
    let entityTag: String
  }

  /// One file, ready to be sent.
  struct File: Sendable {
    let contentType: String
    let plain: Representation
    /// The same, compressed once at start; nil where that is not smaller.
    let gzip: Representation?
  }

  /// The largest file that is served: the app's own are far smaller, so a larger one is a mistake.
  static let fileByteCountMax = 4 << 20

  private let files: [String: File]

  /// No files at all.
  init() { files = [:] }

  /// Reads `web` and `src` below `clientFolder`, and serves `web/index.html` at `/` as well.
  ///
  /// - Parameter contentName: Names a content, such as by its hash.
  /// - Throws: A `ServerStartError` that names what is missing.
  init(clientFolder: String, contentName: ([UInt8]) throws -> String) throws {
    var files: [String: File] = [:]
    for folder in ["web", "src"] {
      let root = "\(clientFolder)/\(folder)"
      guard let names = FileManager.default.enumeratorOfFiles(below: root) else {
        throw ServerStartError.webAppMissing(folder: root)
      }
      for name in names {
        guard let contentType = Self.contentType(of: name) else { continue }
        let content = [UInt8](try Data(contentsOf: URL(filePath: "\(root)/\(name)")))
        let body = name.hasSuffix(".js") ? ScriptText.withoutComments(content) : content
        guard body.count <= Self.fileByteCountMax else { continue }
        files["/\(folder)/\(name)"] = Self.file(
          contentType, body, name: try contentName(body))
      }
    }
    guard let index = files["/web/index.html"] else {
      throw ServerStartError.webAppMissing(folder: "\(clientFolder)/web/index.html")
    }
    files["/"] = index
    files["/index.html"] = index
    self.files = files
  }

  /// The file at a path, query and fragment not included, percent signs decoded.
  subscript(path: some StringProtocol) -> File? { files[String(path)] }

  static func file(_ contentType: String, _ body: [UInt8], name: String) -> File {
    File(
      contentType: contentType, plain: Representation(body: body, entityTag: "\"\(name)\""),
      gzip: Gzip.smaller(body).map { Representation(body: $0, entityTag: "\"\(name)-gz\"") })
  }

  private static func contentType(of name: String) -> String? {
    switch name.split(separator: ".").last {
    case "html": "text/html; charset=utf-8"
    case "css": "text/css; charset=utf-8"
    case "js": "text/javascript; charset=utf-8"
    case "svg": "image/svg+xml"
    case "png": "image/png"
    case "webmanifest": "application/manifest+json"
    case "json": "application/json"
    default: nil
    }
  }
}

extension FileManager {
  /// The paths of all regular files below `folder`, relative to it and sorted; nil if it is no folder.
  fileprivate func enumeratorOfFiles(below folder: String) -> [String]? {
    var isFolder = false
    guard fileExists(atPath: folder, isDirectory: &isFolder), isFolder,
      let names = try? subpathsOfDirectory(atPath: folder)
    else { return nil }
    return names.sorted().filter { name in
      var isFolder = false
      return fileExists(atPath: "\(folder)/\(name)", isDirectory: &isFolder) && !isFolder
    }
  }
}
