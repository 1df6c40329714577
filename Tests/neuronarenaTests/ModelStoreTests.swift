import ArenaCrypto
import Glibc
import Testing

@testable import neuronarena

@Suite("The models folder")
struct ModelStoreTests {
  private static let content = Array("not really a model".utf8)

  /// A store of one small pinned file in a fresh folder, which holds `content` under its name.
  private func withStore(
    holding content: [UInt8]?, _ test: (ModelStore, ModelLock.File) throws -> Void
  ) throws {
    var template = Array("/tmp/arena-models-XXXXXX".utf8CString)
    _ = try #require(mkdtemp(&template))
    let folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    let digest = Hex.encode(try SHA256.hash(Self.content))
    let lock = try ModelLock(
      parsing: """
        # a comment
        package some-model 1.2 some_model-1.2-py3-none-any.whl 9 abc

        file inside/model.gguf model.gguf \(Self.content.count) \(digest)  # and one more
        """)
    let path = "\(folder)/model.gguf"
    defer {
      unlink(path)
      rmdir(folder)
    }
    if let content {
      let descriptor = open(path, O_WRONLY | O_CREAT, 0o600)
      #expect(write(descriptor, content, content.count) == content.count)
      close(descriptor)
    }
    let file = try #require(lock.files.first)
    try test(ModelStore(folder: folder, lock: lock), file)
  }

  @Test("gives the path of a file that is the pinned one")
  func ready() throws {
    try withStore(holding: Self.content) { store, file in
      #expect(file.package == "some-model")
      #expect(file.version == "1.2")
      #expect(store.state(of: file) == .ready)
      let path = try store.checkedPath(of: "model.gguf")
      #expect(path == "\(store.folder)/model.gguf")
      #expect((try? store.checkedFolder()) == store.folder)
    }
  }

  @Test("refuses a file with one bit changed, and says both digests and the way out")
  func damaged() throws {
    var content = Self.content
    content[3] ^= 1
    let found = Hex.encode(try SHA256.hash(content))
    try withStore(holding: content) { store, file in
      let error = #expect(throws: ModelStoreError.self) {
        try store.checkedPath(of: "model.gguf")
      }
      #expect(throws: ModelStoreError.self) { try store.checkedFolder() }
      let text = try #require(error?.description)
      for part in [store.folder, file.sha256, found, "`make models`"] {
        #expect(text.contains(part))
      }
    }
  }

  @Test("says that a file is missing, and how to get it")
  func missing() throws {
    try withStore(holding: nil) { store, _ in
      #expect(
        throws: ModelStoreError.missing(
          path: "\(store.folder)/model.gguf", byteCount: Self.content.count)
      ) {
        try store.checkedPath(of: "model.gguf")
      }
      #expect(throws: ModelStoreError.notPinned("other.gguf")) {
        try store.checkedPath(of: "other.gguf")
      }
    }
  }

  @Test("says that a folder in a file's place can't be read")
  func unreadable() throws {
    try withStore(holding: nil) { store, file in
      mkdir(store.path(of: file), 0o700)
      defer { rmdir(store.path(of: file)) }
      guard case .unreadable = store.state(of: file) else {
        Issue.record("\(store.state(of: file))")
        return
      }
    }
  }

  @Test("is where the environment says, else in the cache")
  func folders() {
    let environments: [([String: String], String)] = [
      (["NEURONARENA_MODELS": "/m", "XDG_CACHE_HOME": "/x", "HOME": "/h"], "/m"),
      (["NEURONARENA_MODELS": "", "XDG_CACHE_HOME": "/x", "HOME": "/h"], "/x/neuronarena/models"),
      (["HOME": "/h"], "/h/.cache/neuronarena/models"),
    ]
    for (environment, expected) in environments {
      #expect(ModelStore.folder(in: { environment[$0] }) == expected)
    }
  }

  @Test("is pinned by a table that holds every file that the program loads")
  func pinned() throws {
    let lock = try ModelLock.pinned()
    let names = [
      ModelLock.languageModel, ModelLock.embeddingModel, ModelLock.embeddingVocabulary,
    ]
    #expect(lock.files.map(\.name) == names)
    #expect(lock.files.allSatisfy { Hex.decode($0.sha256)?.count == 32 && $0.byteCount > 0 })
  }

  @Test(
    "A table with a line of another form is refused by its number",
    arguments: [
      "file a b 1 \(String(repeating: "0", count: 64))", "package a 1", "model x",
      "package a 1 w 9 abc\nfile a b one \(String(repeating: "0", count: 64))",
      "package a 1 w 9 abc\nfile a b 1 00",
    ])
  func badTable(text: String) {
    let last = text.split(separator: "\n").count
    #expect(throws: ModelStoreError.badTable(line: last)) { try ModelLock(parsing: text) }
  }
}
