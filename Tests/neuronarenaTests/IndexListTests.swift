import ArgumentParser
import Testing

@testable import neuronarena

@Suite("Numbers and ranges on the command line")
struct IndexListTests {
  @Test(
    "What is written is what is meant",
    arguments: [
      ("12", [12]), ("12,21", [12, 21]), ("700..703", [700, 701, 702, 703]), ("3..3,1", [3, 1]),
      ("5,4..6,5", [5, 4, 6]), ("0..2, 9", [0, 1, 2, 9]),
      ("5,10-12", [5, 10, 11, 12]), ("0-0", [0]),
    ] as [(String, [Int])])
  func lists(text: String, expected: [Int]) {
    #expect(IndexList(argument: text)?.values == expected)
  }

  @Test(
    "What makes no sense is refused",
    arguments: [
      "", ",", "1,", "a", "-1", "3..1", "1..", "..2", "1..2..3", "1...3", "3-1", "1-2-3", "1--2",
      "1-2..3", "0..99999999999",
      "99999999999999999999", "0..1048575,1048576..1048577", "1.5", "+1",
    ])
  func refused(text: String) {
    #expect(IndexList(argument: text) == nil)
  }

  @Test(
    "Options that don't go together are refused",
    arguments: [
      ["--text", "a"], ["--text", "a", "--layer", "1"], ["--text", "a", "--neurons", "1"],
      ["--text", "a", "--layer", "1", "--features", "2"],
      ["--text", "a", "--layer", "1", "--neurons", "2", "--top", "-1"],
      ["--text", "a", "--layer", "1", "--neurons", "2", "--dictionary", "x"],
      ["--layer", "1", "--neurons", "2"], ["--text", "a", "--layer", "x", "--json"],
      ["--text", "a", "--json"],
    ])
  func options(arguments: [String]) {
    #expect(throws: (any Error).self) { try ActivationsCommand.parse(arguments) }
  }

  @Test("Options that go together are taken")
  func goodOptions() throws {
    let command = try ActivationsCommand.parse([
      "--layer", "12,21", "--neurons", "700..703", "--text", "The storm", "--json",
    ])
    #expect(command.layer?.values == [12, 21] && command.neurons?.values.count == 4)
    _ = try ActivationsCommand.parse(["--layer", "3", "--text", "", "--json"])
    _ = try ActivationsCommand.parse(["--features", "3", "--dictionary", "d", "--text", "a"])
    #expect(throws: (any Error).self) { try UnitCommand.parse(["smollm2-135m/1/mlp"]) }
    #expect(throws: (any Error).self) { try UnitCommand.parse(["m/1/feature:x/3"]) }
    #expect(throws: (any Error).self) { try UnitCommand.parse(["m/1/residual:x/3"]) }
    #expect(throws: (any Error).self) { try UnitCommand.parse(["m/1/head/3"]) }
    _ = try UnitCommand.parse(["m/1/head/3", "--model", "m.gguf"])
    _ = try UnitCommand.parse(["smollm2-135m/1/head/3"])
    _ = try ActivationsCommand.parse(["--directions", "t@2=z", "--text", "a"])
  }
}
