import ArenaCrypto
import Glibc
import Testing

@testable import TransformerEngine

/// A small model whose weights are kept in a folder of the test's own.
@Suite struct PackedWeightsTests {
  private let file = TinyLlama.file()
  private let digest: [UInt8]
  private let folder: String
  private let threads: EngineThreads

  init() throws {
    digest = try SHA256.hash(file)
    var template = Array("/tmp/packed-weights-XXXXXX".utf8CString)
    _ = try #require(mkdtemp(&template))
    folder = String(
      decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    threads = try EngineThreads(count: 1, niceValue: 0, instructionSet: .portable)
  }

  private var path: String { PackedWeights.path(of: digest, in: folder) }

  /// Loads the model, saves what had to be packed, and lets it compute.
  private func load(
    from folder: String? = nil
  ) throws -> (values: [Float], wasKept: Bool, saved: PackedWeights.Outcome) {
    let packed = WeightCache(folder: folder ?? self.folder).weights(of: digest)
    let contents = FileContents(file, name: "tiny", packed: packed)
    let model = try LanguageModel(file: GGUFFile(contents), threads: threads)
    let wasKept = packed.isComplete
    let saved = packed.save()
    let values = try model.nextTokenLogProbabilities(after: [[5, 9, 31, 7]])[0]
    return (values, wasKept, saved)
  }

  /// What the model computes without a cache.
  private func expected() throws -> [Float] {
    let model = try LanguageModel(
      file: GGUFFile(FileContents(file, name: "tiny")), threads: threads)
    return try model.nextTokenLogProbabilities(after: [[5, 9, 31, 7]])[0]
  }

  private func bytes(at path: String) throws -> [UInt8] {
    try FileContents(path: path).withUnsafeBytes { Array($0) }
  }

  private func write(_ bytes: [UInt8], to path: String, mode: mode_t = 0o600) {
    unlink(path)
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, mode)
    #expect(Glibc.write(descriptor, bytes, bytes.count) == bytes.count)
    close(descriptor)
    chmod(path, mode)
  }

  private func removeFolder() {
    for name in [path, path + ".new"] {
      unlink(name)
      rmdir(name)
    }
    rmdir(folder)
  }

  @Test func `weights are packed once and mapped from then on, with the same results`() throws {
    defer { removeFolder() }
    let first = try load()
    #expect(!first.wasKept)
    guard case .saved(let count) = first.saved else {
      Issue.record("\(first.saved)")
      return
    }
    let saved = try bytes(at: path)
    #expect(saved.count == count && count % 4096 == 0)
    let second = try load()
    #expect(second.wasKept && second.saved == .unneeded)
    let expected = try expected()
    #expect(first.values == expected && second.values == expected)
    #expect(try bytes(at: path) == saved)
    var status = stat()
    #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
  }

  @Test func `a damaged file is packed anew wherever the damage is`() throws {
    defer { removeFolder() }
    _ = try load()
    let good = try bytes(at: path)
    let expected = try expected()
    let used = good.indices.filter { good[$0] != 0 }
    // Some of the first fields, and a seeded choice of the rest.
    var places = Array(stride(from: 0, to: 92, by: 4))
    var state: UInt32 = 3
    while places.count < 60 {
      state = state &* 1_664_525 &+ 1_013_904_223
      places.append(used[Int(state >> 8) % used.count])
    }
    for place in places {
      var bad = good
      bad[place] ^= 1 << UInt8(place % 8)
      write(bad, to: path)
      let found = try load()
      #expect(!found.wasKept, "byte \(place)")
      #expect(found.values == expected, "byte \(place)")
      #expect(try bytes(at: path) == good, "byte \(place)")
    }
  }

  @Test(arguments: [0, 1, 7, 8, 79, 80, 500, 4095, 4096, 5000, 20_000])
  func `a file that was cut off is packed anew`(count: Int) throws {
    defer { removeFolder() }
    _ = try load()
    let good = try bytes(at: path)
    write(Array(good.prefix(count)), to: path)
    #expect(try !load().wasKept)
    #expect(try bytes(at: path) == good)
  }

  @Test func `another model's file is not used, whatever its name`() throws {
    defer { removeFolder() }
    _ = try load()
    let other = [UInt8](repeating: 7, count: 32)
    let otherPath = PackedWeights.path(of: other, in: folder)
    rename(path, otherPath)
    let packed = WeightCache(folder: folder).weights(of: other)
    let contents = FileContents(file, name: "tiny", packed: packed)
    _ = try LanguageModel(file: GGUFFile(contents), threads: threads)
    #expect(!packed.isComplete)
    unlink(otherPath)
  }

  @Test func `a file that others may write, or that is none, is not used`() throws {
    defer { removeFolder() }
    _ = try load()
    let good = try bytes(at: path)
    for mode in [0o666, 0o620, 0o602] as [mode_t] {
      write(good, to: path, mode: mode)
      #expect(PackedWeightsFile(path: path, digest: digest) == nil)
    }
    write(good, to: path + "x")
    unlink(path)
    symlink(path + "x", path)
    #expect(PackedWeightsFile(path: path, digest: digest) == nil)
    unlink(path)
    unlink(path + "x")
    mkdir(path, 0o700)
    #expect(PackedWeightsFile(path: path, digest: digest) == nil)
    // A folder of that name can't be replaced by a file.
    guard case .failed = try load().saved else {
      Issue.record("saved over a folder")
      return
    }
    rmdir(path)
    mkfifo(path, 0o600)
    #expect(PackedWeightsFile(path: path, digest: digest) == nil)
  }

  @Test(arguments: ["/proc/packed", "/dev/null/packed", "/dev/full"])
  func `without a folder to write to the model runs all the same`(folder: String) throws {
    defer { removeFolder() }
    let found = try load(from: folder)
    guard case .failed(let reason) = found.saved else {
      Issue.record("\(found.saved)")
      return
    }
    #expect(!reason.isEmpty)
    #expect(try found.values == expected())
  }

  @Test func `what a killed process left half-written is written over`() throws {
    defer { removeFolder() }
    write([UInt8](repeating: 0x55, count: 3_000_000), to: path + ".new")
    _ = try load()
    #expect(access(path + ".new", F_OK) != 0)
    #expect(try load().wasKept)
  }

  @Test func `while another process writes, nothing is saved`() throws {
    defer { removeFolder() }
    let descriptor = open(path + ".new", O_WRONLY | O_CREAT, 0o600)
    #expect(flock(descriptor, LOCK_EX) == 0)
    #expect(try load().saved == .busy)
    close(descriptor)
    #expect(try load().saved != .busy)
    #expect(try load().wasKept)
  }

  @Test func `of many that start at once, all compute the same and one file is left`() async throws
  {
    defer { removeFolder() }
    let expected = try expected()
    try await withThrowingTaskGroup(of: [Float].self) { group in
      for _ in 0..<8 { group.addTask { try load().values } }
      for try await values in group { #expect(values == expected) }
    }
    #expect(try load().wasKept)
    #expect(access(path + ".new", F_OK) != 0)
  }

  @Test func `parts that a later version asks for are added to those that are there`() throws {
    defer { removeFolder() }
    _ = try load()
    let cache = WeightCache(folder: folder)
    let packed = cache.weights(of: digest)
    let contents = FileContents(file, name: "tiny", packed: packed)
    let made = try FloatBuffer("new", of: contents, count: 3) { [1, 2, 3] }
    #expect(made.array(count: 3) == [1, 2, 3])
    guard case .saved = packed.save() else {
      Issue.record("nothing was saved")
      return
    }
    let again = FileContents(file, name: "tiny", packed: cache.weights(of: digest))
    let kept = try FloatBuffer("new", of: again, count: 3) { [] }
    #expect(kept.array(count: 3) == [1, 2, 3])
    // Another number of floats is another part.
    let longer = try FloatBuffer("new", of: again, count: 4) { [1, 2, 3, 4] }
    #expect(longer.array(count: 4) == [1, 2, 3, 4])
    #expect(try load().wasKept)
  }

  @Test func `what is kept isn't read again, and what is missed is noticed`() throws {
    let modelPath = folder + "/model"
    defer {
      unlink(modelPath)
      removeFolder()
    }
    write(file, to: modelPath)
    _ = try load()
    let kept = WeightCache(folder: folder).weights(of: digest)
    #expect(kept.isKept && !kept.replaced.isEmpty)
    var pieces: [UInt8] = []
    let contents = try FileContents(path: modelPath, besides: kept) { pieces += $0 }
    #expect(pieces == file && contents.count == file.count)
    let gguf = try GGUFFile(contents)
    let model = try LanguageModel(file: gguf, threads: threads)
    #expect(contents.isSound && kept.isComplete)
    #expect(try model.nextTokenLogProbabilities(after: [[5, 9, 31, 7]])[0] == expected())
    // Zeros stand where the packed tensors were; norms are there.
    let norm = try #require(gguf.tensors["output_norm.weight"])
    #expect(gguf.withUnsafeBytes(of: norm) { $0.contains { $0 != 0 } })
    #expect(contents.isSound)
    let packed = try #require(gguf.tensors["blk.0.attn_q.weight"])
    #expect(gguf.withUnsafeBytes(of: packed) { $0.allSatisfy { $0 == 0 } })
    #expect(!contents.isSound)
  }

  @Test func `a model file that was cut off or is none is refused beside its cache`() throws {
    let modelPath = folder + "/model"
    defer {
      unlink(modelPath)
      removeFolder()
    }
    _ = try load()
    let kept = WeightCache(folder: folder).weights(of: digest)
    for path in [modelPath, folder] {
      #expect(throws: EngineError.self) { try FileContents(path: path, besides: kept) { _ in } }
    }
    // A shorter file is read as it is: its checksum is what tells.
    write(Array(file.prefix(5_000)), to: modelPath)
    let short = try FileContents(path: modelPath, besides: kept) { _ in }
    #expect(short.count == 5_000)
    #expect(throws: EngineError.self) { try GGUFFile(short) }
    write([], to: modelPath)
    #expect(try FileContents(path: modelPath, besides: kept) { _ in }.count == 0)
  }

  @Test func `the checksum finds every flipped bit and exchanged words`() {
    defer { removeFolder() }
    var bytes = (0..<67).map { UInt8($0 &* 37 & 255) }
    let sum = checksum(bytes)
    for place in bytes.indices {
      for bit in 0..<8 as Range<UInt8> {
        bytes[place] ^= 1 << bit
        #expect(checksum(bytes) != sum)
        bytes[place] ^= 1 << bit
      }
    }
    bytes.swapAt(0, 32)
    #expect(checksum(bytes) != sum)
    #expect(checksum([]) != checksum([0]))
    #expect(checksum([0]) != checksum([0, 0]))
  }

  private func checksum(_ bytes: [UInt8]) -> UInt64 {
    bytes.withUnsafeBytes { PackedWeightsFile.checksum($0) }
  }
}
