import ArenaTypes
import ArgumentParser
import Testing
import TransformerEngine

@testable import neuronarena

@Suite struct ModelOptionTests {
  private typealias Configuration = SparseDictionary.Configuration

  @Test func `a dictionary is named with its place, its file and what the file does not tell`()
    throws
  {
    let plain = try #require(DictionaryOption(argument: "res-jb@6=/a/b=c.safetensors"))
    #expect(plain.name == "res-jb" && plain.path == "/a/b=c.safetensors")
    #expect(
      try plain.configuration(found: nil) == Configuration(layer: 6, site: .residual))
    let full = try #require(
      DictionaryOption(
        argument:
          "tc.v2@0=x,site=mlpInput,activation=topk:32,preparation=normalised,subtracts=no"))
    #expect(
      try full.configuration(found: nil)
        == Configuration(
          layer: 0, site: .mlpInput, activation: .topK(32), preparation: .normalised,
          subtractsDecoderBias: false))
    let jump = try #require(DictionaryOption(argument: "a@1=x,activation=jumprelu"))
    #expect(try jump.configuration(found: nil).activation == .jumpReLU)
  }

  @Test func `what the folder tells stands, but for what was said`() throws {
    let found = Configuration(
      layer: 15, site: .residualOutput, activation: .topK(32), subtractsDecoderBias: false)
    let named = try #require(DictionaryOption(argument: "small=saes/x"))
    #expect(named.name == "small" && named.layer == nil && named.path == "saes/x")
    #expect(try named.configuration(found: found) == found)
    let said = try #require(DictionaryOption(argument: "small@15=saes/x,activation=topk:8"))
    var changed = found
    changed.activation = .topK(8)
    #expect(try said.configuration(found: found) == changed)
    let other = try #require(DictionaryOption(argument: "small@14=saes/x"))
    #expect(throws: (any Error).self) { try other.configuration(found: found) }
    #expect(throws: (any Error).self) { try named.configuration(found: nil) }
  }

  @Test(arguments: [
    ("saes/res-jb", "res-jb"), ("saes/res-jb/", "res-jb"), ("d", "d"), ("./a=b", "a=b"),
    ("saes/res-jb/sae_weights.safetensors", "res-jb"), ("saes/mine.safetensors", "mine"),
    ("sae.safetensors", "sae"), ("/x/layers.6", "layers.6"),
  ])
  func `a dictionary without a name is called as its folder`(path: String, name: String) throws {
    let option = try #require(DictionaryOption(argument: path))
    #expect(option.name == nil && option.path == path && option.pathName == name)
  }

  @Test(arguments: [
    "", "@1=x", "a@=x", "a@-1=x", "a@1=", "a=", "=x", "a b@1=x", "a@b@1=x", "a@1=x,",
    "a@1=x,y",
    "a@1=x,site=nowhere", "a@1=x,activation=topk:0", "a@1=x,activation=topk:",
    "a@1=x,activation=gelu",
    "a@1=x,preparation=x", "a@1=x,subtracts=1", "a@1=x,other=1", "a@99999=x",
  ])
  func `other texts name no dictionary`(text: String) {
    #expect(DictionaryOption(argument: text) == nil)
  }

  @Test func `a model is called as was said, or as its file or folder`() throws {
    #expect(try ModelOptions.name(nil, of: "/models/gpt2.gguf") == "gpt2")
    #expect(try ModelOptions.name(nil, of: "models/gpt2/") == "gpt2")
    #expect(try ModelOptions.name("small", of: "models/gpt 2") == "small")
    #expect(throws: (any Error).self) { try ModelOptions.name(nil, of: "models/gpt 2.gguf") }
    for arguments in [["--model-name", "x"], ["--model", "x", "--model-name", "a/b"]] {
      #expect(throws: (any Error).self) { try ModelOptions.parse(arguments) }
    }
  }

  @Test func `all commands that look into models take the same options`() throws {
    let options = [
      "--model", "m.gguf", "--model-name", "m", "--dictionary", "a=x", "--dictionary", "b@3=y",
      "--directions", "t@2=z",
    ]
    let sources = [
      try ActivationsCommand.parse(["--text", "a", "--layer", "1", "--features", "1"] + options)
        .source,
      try UnitCommand.parse(["m/3/feature:b/7"] + options).source,
      try CampaignBuildCommand.parse(["--corpus", "c", "--out", "o"] + options).source,
      try CampaignVerifyCommand.parse(options).source, try ServeCommand.parse(options).source,
    ]
    for source in sources {
      #expect(source.model == "m.gguf" && source.modelName == "m")
      #expect(source.dictionaries.map(\.name) == ["a", "b"] && source.directions.count == 1)
    }
    #expect(
      try CampaignImportCommand.parse(["records", "--out", "o", "--model-name", "gpt2"]).model
        == "gpt2")
  }

  @Test func `directions are named by place and file alone`() {
    #expect(DirectionsOption(argument: "truth@12=t.safetensors")?.layer == 12)
    for text in ["truth@12=t,site=residual", "truth=t", "t.safetensors", ""] {
      #expect(DirectionsOption(argument: text) == nil)
    }
  }

  @Test func `kinds are listed`() throws {
    #expect(
      try KindList.parse("mlp,head,feature:res-jb,residual:truth") == [
        .mlp, .head, .feature(dictionary: "res-jb"), .residual(directions: "truth"),
      ])
    for text in ["", "mlp,", "neuron", "feature", "feature:"] {
      #expect(throws: (any Error).self) { try KindList.parse(text) }
    }
  }
}
