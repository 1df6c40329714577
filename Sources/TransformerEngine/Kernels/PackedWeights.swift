import ArenaTypes
import CKernels

/// A folder in which packed weights are kept from one start of the program to the next.
public struct WeightCache: Sendable, Hashable {
  /// The folder; it is made when there is something to keep.
  public let folder: String

  /// The cache in `folder`.
  public init(folder: String) { self.folder = folder }

  /// What is kept of the model file with this SHA-256.
  ///
  /// - Complexity: O(bytes kept), since all of them are checked; about 10 GB a second.
  public func weights(of digest: [UInt8]) -> PackedWeights {
    precondition(digest.count == 32, "a SHA-256 has 32 bytes, not \(digest.count)")
    return PackedWeights(digest: digest, folder: folder)
  }
}

/// The packed weights of one model file: those that were kept are mapped from the cache's file, and
/// those that had to be packed are remembered until they are saved.
///
/// Nothing here ever fails a load. A file that is damaged, of another model, of another layout, or
/// somebody else's is as good as none; so is a folder that can't be written.
public final class PackedWeights: Sendable {
  /// What became of saving.
  public enum Outcome: Sendable, Hashable {
    /// All weights were in the cache already.
    case unneeded
    /// The cache's file has all of them now.
    case saved(byteCount: Int)
    /// Another process is saving the same ones.
    case busy
    /// Nothing could be written; the system's reason.
    case failed(String)
  }

  /// A matrix, or a vector of floats, that was made and can be saved.
  enum Made: Sendable {
    case matrix(PackedMatrix)
    case floats(FloatBuffer)
  }

  /// The SHA-256 of the model file.
  let digest: [UInt8]
  let folder: String
  /// The cache's file, if it is sound.
  private let file: PackedWeightsFile?
  private let state = Locked(State())

  /// What has happened since the start.
  private struct State {
    var made: [PackedWeightsFile.Key: Made] = [:]
    /// How many parts are being made right now: what they read of the model file, they replace.
    var makingCount = 0
    var replaced: [Range<Int>] = []
    /// What else was read of the model file, and so is needed at every start.
    var needed: [Range<Int>] = []
  }

  init(digest: [UInt8], folder: String) {
    self.digest = digest
    self.folder = folder
    file = PackedWeightsFile(path: Self.path(of: digest, in: folder), digest: digest)
  }

  /// Whether nothing has had to be packed so far.
  public var isComplete: Bool { state.withLock { $0.made.isEmpty } }

  /// Whether there is a cache's file that is sound.
  public var isKept: Bool { file != nil }

  /// The ranges of the model file whose packed form is kept, in order.
  var replaced: [Range<Int>] { file?.replaced ?? [] }

  /// Where the packed weights of a model file lie.
  static func path(of digest: [UInt8], in folder: String) -> String {
    let digits = Array("0123456789abcdef".unicodeScalars)
    let name = digest.reduce(into: "") {
      $0.unicodeScalars.append(digits[Int($1 >> 4)])
      $0.unicodeScalars.append(digits[Int($1 & 15)])
    }
    return folder.isEmpty ? "\(name).packed" : "\(folder)/\(name).packed"
  }

  /// The kept matrix of this name, type and shape; nil if there is none.
  func matrix(_ key: PackedWeightsFile.Key) -> (matrix: OpaquePointer, owner: AnyObject)? {
    guard let file, let bytes = file[key],
      bytes.count == ck_matrix_packed_size(key.type, key.rowCount, key.columnCount),
      let matrix = ck_matrix_create_over(
        key.type, key.rowCount, key.columnCount, bytes.baseAddress)
    else { return nil }
    return (matrix, file)
  }

  /// The kept floats of this name and number; nil if there are none.
  func floats(_ name: String, count: Int) -> FloatBuffer? {
    guard let file, let bytes = file[.floats(name, count: count)], bytes.count == 4 * count,
      let base = bytes.baseAddress
    else { return nil }
    return FloatBuffer(over: base.assumingMemoryBound(to: Float.self), count: count, owner: file)
  }

  /// Remembers what had to be made, until it is saved.
  func add(_ key: PackedWeightsFile.Key, _ part: Made) {
    state.withLock { $0.made[key] = part }
  }

  /// Runs `body`, which makes a part for `weights`: all that it reads of the model file is taken to
  /// be in that part.
  static func making<Result, Failure: Error>(
    for weights: PackedWeights?, _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    weights?.state.withLock { $0.makingCount += 1 }
    defer { weights?.state.withLock { $0.makingCount -= 1 } }
    return try body()
  }

  /// Is told of every tensor that is read.
  func note(_ range: Range<Int>) {
    state.withLock { state in
      if state.makingCount > 0 { state.replaced.append(range) } else { state.needed.append(range) }
    }
  }

  /// Saves what had to be packed, beside what was kept already, and lets go of it.
  ///
  /// Call it when the model is made. The file appears whole or not at all, whoever else writes and
  /// whatever happens in between.
  @discardableResult
  public func save() -> Outcome {
    let state = state.withLock { state in
      defer { state = State() }
      return state
    }
    let made = state.made
    guard !made.isEmpty else { return .unneeded }
    let replaced = (replaced + state.replaced).filter { range in
      !state.needed.contains { $0.overlaps(range) }
    }.sorted { $0.lowerBound < $1.lowerBound }
    var parts: [PackedWeightsFile.Key: UnsafeRawBufferPointer] = [:]
    if let file { for key in file.keys { parts[key] = file[key] } }
    for (key, part) in made {
      switch part {
      case .matrix(let matrix):
        parts[key] = UnsafeRawBufferPointer(
          start: ck_matrix_bytes(matrix.matrix), count: matrix.byteCount)
      case .floats(let buffer):
        parts[key] = UnsafeRawBufferPointer(start: buffer.pointer, count: 4 * buffer.count)
      }
    }
    // The parts point into memory that these own.
    return withExtendedLifetime((made, file)) {
      PackedWeightsFile.write(
        parts, replaced: replaced, digest: digest, to: Self.path(of: digest, in: folder))
    }
  }
}
