import ArenaTypes
import TransformerEngine
import Testing

@testable import neuronarena

@Suite struct SubjectOptionTests {
  @Test func `a dictionary is named with its place, its file and what the file does not tell`()
    throws
  {
    let plain = try #require(DictionaryOption(argument: "res-jb@6=/a/b=c.safetensors"))
    #expect(plain.name == "res-jb" && plain.path == "/a/b=c.safetensors")
    #expect(plain.configuration == SparseDictionary.Configuration(layer: 6, site: .residual))
    let full = try #require(
      DictionaryOption(
        argument:
          "tc.v2@0=x,site=mlpInput,activation=topk:32,preparation=normalised,subtracts=no"))
    #expect(
      full.configuration
        == SparseDictionary.Configuration(
          layer: 0, site: .mlpInput, activation: .topK(32), preparation: .normalised,
          subtractsDecoderBias: false))
    #expect(
      DictionaryOption(argument: "a@1=x,activation=jumprelu")?.configuration.activation == .jumpReLU
    )
  }

  @Test(arguments: [
    "", "a", "a@1", "a=x", "@1=x", "a@=x", "a@-1=x", "a@1=", "a b@1=x", "a@b@1=x", "a@1=x,",
    "a@1=x,y",
    "a@1=x,site=nowhere", "a@1=x,activation=topk:0", "a@1=x,activation=topk:",
    "a@1=x,activation=gelu",
    "a@1=x,preparation=x", "a@1=x,subtracts=1", "a@1=x,other=1", "a@99999=x",
  ])
  func `other texts name no dictionary`(text: String) {
    #expect(DictionaryOption(argument: text) == nil)
  }

  @Test func `directions are named by place and file alone`() {
    #expect(DirectionsOption(argument: "truth@12=t.safetensors")?.layer == 12)
    #expect(DirectionsOption(argument: "truth@12=t,site=residual") == nil)
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
