extension MeaningWords {
  /// Words that mean the same in an explanation, a group a line.
  static let synonymGroups = """
    doctor physician
    car automobile motorcar auto
    movie film cinema
    shop store
    jail prison gaol
    kid child
    baby infant
    student pupil
    teacher instructor
    speak talk
    quick fast rapid swift quickly rapidly swiftly
    big large huge great
    small tiny little
    rich wealthy
    wealth riches
    poor poverty impoverished
    illness sickness disease ailment ill sick
    medicine medication
    happy happiness joy glad joyful
    sad sadness sorrow grief
    angry anger rage
    fear afraid fright scared
    love loving
    emotion feeling
    marriage wedding marry matrimony
    death die dead
    kill slay murder killing slaying
    war warfare
    battle combat
    soldier troops
    ship boat vessel
    train railway railroad rail
    airplane aeroplane plane aircraft
    fly flight
    house home
    clothes clothing garment apparel wear
    job profession occupation
    farm farming agriculture agricultural
    colour color coloured colored
    mathematics math maths mathematical
    relative relation kin family
    country nation
    law legal
    court tribunal
    tax taxation
    government govern
    election vote
    politician political
    buy purchase
    price cost
    cheap inexpensive
    pay payment
    money monetary
    begin start beginning
    stop cease halt
    increase grow rise
    decrease decline shrink diminish
    help aid assist
    try attempt
    steal theft stealing
    thief robber burglar
    wish hope
    want desire
    usual ordinary normal common
    rare uncommon seldom rarely
    strange odd weird
    exact precise exactly precisely
    copy duplicate duplicating
    error mistake fault
    bug defect
    program software
    computer computing
    code programming
    paper article
    scientific science
    piece part bit fragment portion
    cut split divided
    syllable piece
    quote quotation
    dialogue conversation
    speech speaking
    question interrogative
    answer reply response
    end ending finish
    letter character
    number numeral numeric
    measure measurement measuring
    distance length
    date calendar
    bracket parenthesis parentheses
    join joining connect connecting
    possessive genitive
    hyphen dash hyphenated
    space blank
    capital capitalised capitalized uppercase capitals
    negation negative negated negate
    compound compounded
    comparison compare comparing
    comparative comparatives
    superlative superlatives
    contraction contracted
    place location
    town city
    river stream
    sea ocean
    mountain mount
    forest woods
    road street
    music musical
    song tune
    sport sporting
    play playing
    religion religious
    god deity
    pray prayer
    bible biblical scripture
    priest clergy
    king monarch
    president presidential
    parliament parliamentary
    food meal
    cook cooking
    fire burn burning
    police policeman
    crime criminal
    body bodily
    mind mental
    noble nobility
    network networking
    ancient antique
    space cosmos
    chemical chemistry
    definition define defining
    female feminine
    male masculine
    frequent frequently
    show display
    picture image
    permit allow
    forbid prohibit ban
    choose select
    gather collect
    throw cast
    look appear
    build construct
    break shatter
    hurt harm injure
    injury wound
    pain ache
    smart clever intelligent
    stupid foolish dumb
    brave courageous
    lazy idle
    quiet silent silence
    loud noisy
    far distant
    smell odor odour
    trip journey voyage
    rock stone
    dirt soil
    garbage trash rubbish
    lawyer attorney
    author writer
    boss chief
    enemy foe
    friend companion
    chance opportunity
    freedom liberty
    power might
    strong powerful
    idea notion
    goal aim purpose
    rule regulation
    group team
    meeting assembly
    discussion debate
    story tale
    poem poetry
    newspaper journalism
    journalist reporter
    holy sacred
    sacred hallowed
    ghost spirit
    truth true
    possible possibility
    probable likely
    certain sure
    difficult hard
    easy simple
    important significant
    necessary required
    wrong incorrect
    beautiful pretty beauty
    ugly hideous
    clean pure
    dirty filthy
    empty vacant
    wet damp
    repeat repetition repeated
    """

  /// Lands with their people's adjectives, a group a line.
  static let landGroups = """
    germany german germans
    france french
    italy italian italians
    spain spanish
    england english
    britain british
    scotland scottish
    ireland irish
    greece greek greeks
    rome roman romans
    egypt egyptian egyptians
    israel israeli
    china chinese
    japan japanese
    russia russian russians
    poland polish
    turkey turkish
    persia persian persians
    india indian indians
    africa african africans
    asia asian asians
    europe european europeans
    usa us american america americans
    mexico mexican
    canada canadian
    australia australian
    netherlands dutch
    """
}
