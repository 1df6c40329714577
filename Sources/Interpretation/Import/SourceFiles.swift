import FoundationEssentials
import Glibc

/// Finds the files that records are imported from.
enum SourceFiles {
  private static let endings = [".json", ".jsonl", ".ndjson"]
  /// Tables of the exports that say nothing of a unit.
  private static let others: Set<String> = ["model", "release", "sourceset"]

  /// The files at `paths`: a file as it is, of a folder all JSON files below it, in order.
  ///
  /// - Throws: `file` where there is none.
  static func find(_ paths: [String]) throws(CampaignError) -> [String] {
    var found: [String] = []
    for path in paths {
      var isFolder = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
        throw .file("there is no file or folder at \(path)")
      }
      guard isFolder else {
        found.append(path)
        continue
      }
      guard let below = try? FileManager.default.subpathsOfDirectory(atPath: path) else {
        throw .file("\(path) can't be read")
      }
      // Files named by numbers come in the order of the numbers.
      found += below.filter(isRecordFile).sorted(by: precedes).map { path + "/" + $0 }
    }
    if found.isEmpty { throw .file("there is no .json or .jsonl file, plain or .gz, to import") }
    return found
  }

  /// How many bytes a file has; 0 where it can't be looked at.
  static func byteCount(of path: String) -> Int {
    var facts = stat()
    return stat(path, &facts) == 0 ? Int(facts.st_size) : 0
  }

  private static func isRecordFile(_ path: String) -> Bool {
    let name = path.hasSuffix(".gz") ? String(path.dropLast(3)) : path
    guard let ending = endings.first(where: name.hasSuffix) else { return false }
    let stem = name.dropLast(ending.count).split(separator: "/").last ?? ""
    return !others.contains(String(stem))
  }

  private static func precedes(_ left: String, _ right: String) -> Bool {
    func key(_ path: String) -> [String] {
      path.split(separator: "/").map { part in
        let digits = part.prefix(while: \.isNumber)
        return digits.isEmpty || digits.count > 12
          ? String(part) : String(repeating: "0", count: 12 - digits.count) + part
      }
    }
    let (first, second) = (key(left), key(right))
    return first == second ? left < right : first.lexicographicallyPrecedes(second)
  }
}
