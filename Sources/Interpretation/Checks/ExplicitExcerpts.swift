/// Finds the excerpts of a campaign that hold explicit text, by their words and by what they mean.
///
/// Marked when the campaign is built; who wants to see no explicit text is shown the next excerpt in
/// place of a marked one. So a mark too many costs an excerpt of some twenty, and one too few somebody's
/// peace: the same margin as for players' texts marks three in a hundred passages of harmless books.
struct ExplicitExcerpts {
  private let meaning: ExplicitMeaning

  /// Embeds the examples that excerpts are compared with.
  ///
  /// - Throws: `engine` where the model fails.
  init(embedder: any SentenceEmbedder) throws(InterpretationError) {
    meaning = try ExplicitMeaning(embedder: embedder, moreHarmless: Self.passages)
  }

  /// Passages as books have them: people who talk, feel and look, words that are explained, law, work.
  ///
  /// A sentence about somebody is nearer to any example about somebody than to one about plants.
  private static let passages = [
    "\"I am not at all tired,\" said she, and took the cup that he offered her with a smile.",
    "He looked at her for some minutes without a word, and then turned away to the window.",
    "She blushed, and her eyes were fixed on the ground while he spoke of his affection.",
    "\"Do you like his sister?\" \"Very much; I hear that she is much improved,\" said Miss Lucas.",
    "They danced twice that evening, and her mother could talk of nothing else.",
    "She was ashamed of having thought so ill of him, and grieved over every rude word.",
    "He took her arm and led her back to her seat, begging her to allow him five minutes more.",
    "Her spirits were in a flutter, and she longed to be alone with her thoughts.",
    "Her ladyship was displeased, sent no compliments and left the house at once.",
    "A touch on her shoulder made her turn round; it was her cousin, who had come from town.",
    "She had been ill for a week, and her brother sat at her bedside every night.",
    "He could not endure so long a separation, and rode back through the rain to see her.",
    "n. a word of hackers' slang, often used as a joke, for something stupid or broken.",
    "wanting in manners: rude, coarse, not polite in company. A rude remark at the table.",
    "The dog worried the bone; insects lay eggs; the cat licked its paws and slept.",
    "He was in pain and could not walk; the doctor dressed the wound and gave him wine.",
    "And the king smote the city, and slew them with the edge of the sword, and burned it with fire.",
    "Thou shalt not go up to her bed, neither shalt thou defile the land, saith the Lord.",
    "The soldiers guillotined the prisoners; many people died in the war before the peace.",
    "Whoever is found guilty of the offence shall be punished by the court with prison.",
    "The population suffers from diseases; life expectancy is low and infant mortality high.",
    "The process is killed when the parent dies; a child that aborts leaves a core dump.",
    "The body of an animal is dissected, and its organs are drawn and described.",
    "He was angry, called them fools, and swore that he would never speak to them again.",
  ]

  /// Whether each of `texts` is explicit.
  ///
  /// - Throws: `engine` where the model fails.
  func marks(_ texts: [String]) throws(InterpretationError) -> [Bool] {
    zip(texts, try meaning.margins(of: texts)).map { text, margin in
      margin >= ExplicitMeaning.marginMin || Self.hasExplicitWord(text)
    }
  }

  /// Which of the excerpts that were drawn to be shown are explicit, by their numbers in `texts`.
  ///
  /// - Throws: `engine` where the model fails.
  func marked(_ drawn: [DrawnExcerpt], in texts: ExcerptTexts) throws(InterpretationError)
    -> Set<Int>
  {
    let numbers = drawn.map(\.excerpt)
    let marks = try marks(numbers.map { texts.pieces[$0].joined() })
    return Set(zip(numbers, marks).filter(\.1).map(\.0))
  }

  /// Whether a text is explicit by its words alone; enough for excerpts that are shown to nobody.
  static func hasExplicitWord(_ text: String) -> Bool { ExplicitWords.standard.matches(text) }
}
