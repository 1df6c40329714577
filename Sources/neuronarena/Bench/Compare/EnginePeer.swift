import FoundationEssentials

/// Another engine in a process of its own: a script of Tests/Peers/engine, which is given token ids
/// and answers with the seconds that it took.
final class EnginePeer {
  /// What its figures are listed under.
  let name: String
  private let process: ChildProcess

  private struct Question: Encodable { let ids: [[Int32]] }
  private struct Answer: Decodable {
    var ready: String?
    var seconds: Double?
  }

  /// Starts the script, and waits until it has loaded its model; nil if it doesn't.
  init?(_ name: String, python: String, arguments: [String]) {
    guard let process = ChildProcess(arguments, path: python) else { return nil }
    self.name = name
    self.process = process
    guard let ready = Self.answer(of: process)?.ready else {
      process.end()
      return nil
    }
    BenchReport.note("\(name): \(ready)")
  }

  /// The seconds that its own clock shows for these sequences.
  func seconds(for ids: [[Int32]]) throws -> Double {
    process.writeLine(String(decoding: try JSONEncoder().encode(Question(ids: ids)), as: UTF8.self))
    guard let seconds = Self.answer(of: process)?.seconds else {
      throw BenchError.unexpected("\(name) has ended")
    }
    return seconds
  }

  func end() { process.end() }

  /// The next line that is an answer; libraries may print others.
  private static func answer(of process: ChildProcess) -> Answer? {
    while let line = process.readLine() {
      if let answer = try? JSONDecoder().decode(Answer.self, from: Data(line.utf8)) {
        return answer
      }
    }
    return nil
  }
}
