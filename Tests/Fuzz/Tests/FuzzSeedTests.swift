import ArenaFuzz
import ArenaTypes
import FoundationEssentials
import Testing

/// The fuzz targets without a fuzzer: every seed and former finding, and changes of them by chance.
@Suite("Seeds of the fuzz targets")
struct FuzzSeedTests {
  private static let folder =
    #filePath.split(separator: "/").dropLast(2).reduce(into: "") { $0 += "/\($1)" } + "/Corpus"

  private static func seeds(of name: String) throws -> [(name: String, bytes: [UInt8])] {
    let path = "\(folder)/\(name)"
    return try FileManager.default.contentsOfDirectory(atPath: path).sorted().map {
      ($0, Array(try Data(contentsOf: URL(filePath: "\(path)/\($0)"))))
    }
  }

  private static let names = FuzzTargets.all.map { $0.name }

  @Test("Every target holds on its seeds", arguments: names)
  func seeds(name: String) throws {
    let target = try #require(FuzzTargets.named(name))
    let seeds = try Self.seeds(of: name)
    #expect(!seeds.isEmpty)
    for seed in seeds {
      var input = FuzzInput(seed.bytes)
      #expect(throws: Never.self, "\(name)/\(seed.name)") { try target.run(&input) }
    }
  }

  @Test("Every target holds on seeds that are cut, joined and changed", arguments: names)
  func changedSeeds(name: String) throws {
    let target = try #require(FuzzTargets.named(name))
    let seeds = try Self.seeds(of: name)
    var generator = SeededGenerator(seed: 0xF022)
    for round in 0..<300 {
      guard var bytes = seeds.randomElement(using: &generator)?.bytes else { return }
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let place = Int.random(in: 0...bytes.count, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: place)
        case 1: bytes.removeLast(bytes.count - place)
        case 2: bytes += seeds.randomElement(using: &generator)?.bytes.prefix(500) ?? []
        default:
          if place < bytes.count { bytes[place] = UInt8.random(in: 0...255, using: &generator) }
        }
      }
      var input = FuzzInput(bytes)
      #expect(throws: Never.self, "round \(round): \(bytes)") { try target.run(&input) }
    }
  }

  @Test("The folder of seeds has no target that is gone")
  func folders() throws {
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: Self.folder).sorted()
        == Self.names.sorted())
  }
}
