import ArenaTypes
import Testing

@testable import Interpretation

@Suite struct ExplainerTests {
  private func campaign(_ set: LabelledSet = ToyLabels.set()) throws -> Campaign {
    try LabelledCampaign(set, embedder: ToyEmbedder(), subject: ToyModel()).campaign
  }

  private func explainer(_ concepts: String) throws -> ConceptExplainer {
    ConceptExplainer(
      subject: ToyModel(), embedder: ToyEmbedder(), concepts: try ConceptBank(content: concepts))
  }

  private let concepts = """
    storm\tthunder and wind
    kin\tfather or aunt
    tool\thammer and saw
    metal\tiron and zinc
    """

  @Test func `two texts a unit, the topic of its clues first`() throws {
    let set = ToyLabels.set()
    let texts = try explainer(concepts).explanations(of: campaign(set))
    #expect(texts.count == set.units.count && texts.allSatisfy { $0.count == 2 })
    for (unit, said) in zip(set.units, texts) {
      let word = unit.explanation.description.dropFirst(4)
      let topic = try #require(ToyModel.topics.firstIndex { $0.contains(String(word)) })
      let name = ["storm", "kin", "tool", "metal"][topic]
      #expect(said.first?.description.hasPrefix(name) == true, "\(word): \(said)")
    }
    #expect(try explainer(concepts).explanations(of: campaign(set)) == texts)
  }

  @Test func `what is held out is not read`() throws {
    let set = ToyLabels.set()
    let blind = LabelledSet(
      name: set.name,
      units: set.units.map { unit in
        LabelledUnit(
          id: unit.id, polarity: unit.polarity, explanation: unit.explanation, kind: unit.kind,
          isLexical: unit.isLexical, paraphrase: nil, halfRight: nil, tooBroad: nil, rivals: [],
          top20MeanPeak: unit.top20MeanPeak,
          excerpts: unit.excerpts.filter { !$0.isHidden } + set.units[0].excerpts.filter(\.isHidden)
        )
      })
    let (all, hidden) = (try campaign(set), try campaign(blind))
    #expect(all.units[5].heldOut != hidden.units[5].heldOut)
    let explainer = try explainer(concepts)
    #expect(try explainer.explanations(of: all) == explainer.explanations(of: hidden))
  }

  @Test func `units without clues, and a bank of one text, are explained as far as that goes`()
    throws
  {
    let set = ToyLabels.set()
    let bare = LabelledSet(
      name: "bare",
      units: set.units.map { unit in
        LabelledUnit(
          id: unit.id, polarity: unit.polarity, explanation: unit.explanation, kind: nil,
          isLexical: false, paraphrase: nil, halfRight: nil, tooBroad: nil, rivals: [],
          top20MeanPeak: nil, excerpts: unit.excerpts.filter(\.isHidden))
      })
    #expect(try explainer(concepts).explanations(of: campaign(bare)).count == set.units.count)
    let single = ConceptExplainer(
      subject: ToyModel(), embedder: ToyEmbedder(), concepts: .patternsAlone)
    #expect(try single.explanations(of: campaign()).allSatisfy { $0.count == 2 })
    #expect(throws: CampaignError.self) { try ConceptBank(content: "no tab here") }
  }
}
