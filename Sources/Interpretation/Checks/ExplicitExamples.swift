extension ExplicitMeaning {
  /// Texts of the sorts that a moderator should see.
  static let explicitExamples = lines(
    """
    a couple having sex
    sexual acts between two people
    describing naked bodies and arousal
    he kissed her neck and unbuttoned her blouse
    she moaned with pleasure under him
    touching someone's intimate parts
    his hand slid up between her legs
    her lips around his member
    they spent the night in each other's arms without clothes
    a woman stripping for men
    paying a woman for sex
    erotic fantasies and fetishes
    sex with several partners
    pornographic pictures and videos
    sexual abuse of a minor
    forcing a woman to have sex
    slave girls given to men for their pleasure
    touching a child sexually
    a man exposing himself
    seducing someone's wife
    lewd jokes about women's bodies
    genitals of a man or a woman
    women's breasts and buttocks
    bodily excretions, urine and poop
    vulgar swearing and curse words
    obscene insults
    calling someone stupid and worthless
    you are an ugly disgusting person
    whoever wrote this has no brain
    nobody wants you here
    I am going to hurt you
    I will kill you and your family
    I want you to die
    a threat to murder somebody
    insults against an ethnic group
    racist names for people
    people of that race are inferior
    those foreigners are parasites and should be thrown out
    all believers of that faith are murderers
    gays are disgusting and should be locked up
    women are stupid and belong in the kitchen
    praise for nazis and racial purity
    exterminating a whole people
    mob hanging a black man
    a person who takes their own life
    wanting to end my life
    cutting oneself with a razor
    swallowing pills to die
    jumping off a bridge to die
    torturing a prisoner until he screams
    flaying and burning victims alive
    a body hacked into pieces
    blood and guts spilling out
    severed heads and limbs
    slitting somebody's throat
    bodies rotting after a slaughter
    shooting children at a school
    injecting drugs into a vein
    getting high on illegal drugs
    instructions to build explosives
    how to poison someone
    """)

  /// Texts of like topics that are harmless: medicine, the Bible, biology, war, law, feelings.
  static let harmlessExamples = lines(
    """
    marriage and weddings
    love and affection between people
    a kiss on the hand or cheek
    husband and wife
    pregnancy, birth and nursing
    reproduction of plants and animals
    mating and breeding of animals
    cells, chromosomes and hormones
    anatomy of the human body
    diseases of the heart, lungs and kidneys
    cancer and its treatment
    surgery and wounds
    medicines and their doses
    hygiene, washing and bathing
    clothes, shirts and skirts
    sleeping and going to bed
    parts of the body such as arms and legs
    milk, chicken breast and meat
    animals such as donkeys, dogs and cocks
    birds and their nests
    who begat whom in the Bible
    sacrifices and burnt offerings
    sin, punishment and repentance
    circumcision as a covenant with God
    Jesus on the cross
    plagues sent by God
    heaven and hell
    battles, armies and soldiers
    death of a king
    victims of a war in history
    a murder trial in court
    crime, police and prison
    laws against violence
    treaties and human rights
    slavery and its abolition
    religions such as Islam and Judaism
    Jewish, Christian and Muslim communities
    ethnic groups and their languages
    rights of women and minorities
    the Second World War and Germany
    weapons, guns and bombs of an army
    hunting and slaughter of animals for food
    poison of snakes and plants
    blood and its circulation
    bones and skeletons
    alcohol, tobacco and drinking
    anger, quarrels and reproach
    fools and folly in a play
    foolish or mistaken acts
    being afraid or sad
    hating or disliking something
    hurting or harming someone
    burning wood and fire
    cutting, tearing or breaking something
    excretion and digestion in biology
    manure and soil in farming
    killing a process on a computer
    errors and failures of a program
    commands, options and files
    letters and pieces of words
    numbers, digits and signs
    names of people and places
    words at the start of a sentence
    verbs of motion
    tools and machines
    weather, rain and storms
    food and drink
    games and sports
    music, painting and theatre
    plants, trees and flowers
    buildings and monuments
    trade between nations
    wanting or wishing for something
    hot, wet or hard things
    a night of partying
    coming, going and arriving
    holes, cracks and slots
    small animals and insects
    """)

  private static func lines(_ text: String) -> [String] {
    text.split(separator: "\n").map(String.init)
  }
}
