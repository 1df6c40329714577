/// Explanations of many sorts, to tell what any explanation makes likely.
///
/// Part of the scorer's version: changing it changes all scores.
enum ExplanationBank {
  static let texts = """
    animals that live in the sea
    words about money and payment
    parts of the human body
    names of countries and nations
    describing how something looks
    the end of a sentence
    people who give orders
    fear, danger and alarm
    verbs of going and coming
    numbers written as words
    kinds of weather
    buildings where people live
    computer programs and files
    prayers to God
    food that is cooked and eaten
    comparison with something else
    family members
    colours and light
    law, courts and punishment
    illness and medicine
    tools used by workers
    a question asked in a dialogue
    plants, trees and flowers
    the past tense of a verb
    measuring length or weight
    war, armies and battles
    titles before a person's name
    music and instruments
    negation, not doing something
    clothes and fabrics
    speaking or saying something aloud
    time of day or year
    abstract nouns ending in a suffix
    love and marriage
    moving water, rivers and rain
    wealth and poverty
    knowledge and learning
    anger and quarrels
    possibility and permission
    geographical directions
    small amounts of something
    metal and stone
    sleeping and waking
    cause and effect
    lists of alternatives
    the beginning of a story
    writing, letters and books
    travel by ship or on horseback
    certainty or doubt
    government and elections
    a place inside something
    pronouns that refer to a woman
    chemistry and substances
    sports and games
    theft, lies and deceit
    being first or best
    making or building something
    hands and what they hold
    abbreviations and acronyms
    death and burial
    children and youth
    roads and paths
    trade and markets
    proper names from old books
    """.split(separator: "\n").map(String.init)
}
