import ArenaTypes
import Testing

@Suite struct UnitTests {
  @Test(arguments: [
    ("smollm2-135m/12/mlp/703", UnitKind.mlp, 703), ("m/0/head/8", .head, 8),
    ("gpt2-small/6/feature:res-jb/4321", .feature(dictionary: "res-jb"), 4_321),
    ("m/30/residual:truth.v2/0", .residual(directions: "truth.v2"), 0),
  ])
  func `a unit's name and its parts say the same`(text: String, kind: UnitKind, index: Int) throws {
    let parts = try #require(UnitID(rawValue: text).parts)
    #expect(parts.kind == kind)
    #expect(parts.index == index)
    let made = UnitID(
      model: parts.model, layer: parts.layer, kind: parts.kind, index: parts.index)
    #expect(made.rawValue == text)
  }

  @Test(arguments: [
    "", "/", "///", "m/1/mlp", "m/1/mlp/2/3", "/1/mlp/2", "m//mlp/2", "m/1//2", "m/1/mlp/",
    "m/-1/mlp/2", "m/+1/mlp/2", "m/01/mlp/2", "m/1/mlp/02", "m/1/mlp/2 ", "m/1/mlp/٣",
    "m/1/mlp/99999999999999999999", "m/1/neuron/2", "m/1/MLP/2", "m/1/mlp:x/2", "m/1/head:/2",
    "m/1/feature/2", "m/1/feature:/2", "m/1/residual:/2", "m/1/feature:a:b/2",
    "m/1/feature:a b/2", "m/1/feature:é/2", "m b/1/mlp/2", "m:x/1/mlp/2",
    "m/1/feature:\(String(repeating: "a", count: 49))/2",
    "\(String(repeating: "m", count: 48))/1/feature:\(String(repeating: "a", count: 48))/2",
  ])
  func `a text of another form names no unit`(text: String) {
    #expect(UnitID(rawValue: text).parts == nil)
    #expect(!UnitID.isValid(text))
  }

  @Test func `kinds that are never negative are told`() {
    #expect(UnitKind.head.isNonNegative)
    #expect(UnitKind.feature(dictionary: "x").isNonNegative)
    #expect(!UnitKind.mlp.isNonNegative)
    #expect(!UnitKind.residual(directions: "x").isNonNegative)
    #expect(UnitKind.feature(dictionary: "x").collection == "x")
    #expect(UnitKind.head.collection == nil)
  }
}
