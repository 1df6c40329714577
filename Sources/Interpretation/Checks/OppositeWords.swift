/// Words that exclude each other in an explanation: `before a noun` is not `after a noun`.
///
/// Antonyms are close in every embedding of sentences, hence this list.
enum OppositeWords {
  /// Whether some group has one of its sides in `left` alone and another in `right` alone.
  ///
  /// Both are bases of words (`MeaningWords.base`).
  static func exclude(_ left: Set<String>, _ right: Set<String>) -> Bool {
    groups.contains { sides in
      let ofLeft = Set(sides.indices.filter { !sides[$0].isDisjoint(with: left) })
      let ofRight = Set(sides.indices.filter { !sides[$0].isDisjoint(with: right) })
      return !ofLeft.subtracting(ofRight).isEmpty && !ofRight.subtracting(ofLeft).isEmpty
    }
  }

  private static let groups: [[Set<String>]] = list.split(separator: "\n").map { line in
    line.split(separator: "|").map { side in
      Set(side.split(separator: " ").map { MeaningWords.base(of: String($0)) })
    }
  }

  /// A group a line; its sides separated by `|`.
  private static let list = """
    before preceding ahead prior|after following behind
    previous|next
    first initial|last final|second|third|fourth|middle|penultimate
    start beginning begin|end ending
    open opening|close closing
    prefix|suffix
    male man boy he him his himself|female woman girl she her hers herself
    father dad|mother mum mom
    son|daughter
    brother|sister
    uncle|aunt
    husband|wife
    king prince|queen princess
    parent|child
    singular|plural
    positive|negative
    past|present|future
    active|passive
    more|less fewer
    most|least
    maximum|minimum
    high higher highest|low lower lowest
    large big huge great|small little tiny
    long|short
    wide broad|narrow
    thick|thin
    heavy|light
    old ancient|new young modern recent
    early|late
    good|bad evil
    better|worse
    best|worst
    hot warm heat|cold cool
    wet|dry
    fast quick rapid|slow
    strong|weak
    hard|soft
    easy simple|difficult
    full|empty
    clean|dirty
    happy glad joy|sad sorrow
    brave|cowardly
    clever wise smart|stupid foolish
    up upward|down downward
    left|right
    north northern|south southern|east eastern|west western
    in|out
    inside|outside
    into to|from
    over above|under below beneath
    top upper|bottom
    front|back
    near|far
    give|take|receive
    send|get
    buy purchase import|sell export
    lend|borrow
    increase rise grow|decrease fall decline shrink
    add addition|subtract subtraction
    multiply|divide
    win|lose
    success succeed|failure fail
    attack|defence defense defend
    remember|forget
    enter arrive arrival|leave depart departure exit
    push|pull
    build create make|destroy
    live life alive birth born|die dead death
    love|hate hatred
    war|peace
    friend|enemy
    praise|blame
    agree agreement|disagree disagreement
    accept|refuse reject
    allow permit|forbid prohibit
    legal lawful|illegal unlawful
    true truth|false lie
    same|different
    possible|impossible
    rich wealthy wealth|poor poverty
    expensive dear|cheap inexpensive
    health healthy|sickness illness disease sick ill
    light bright|dark darkness
    day|night
    morning|evening|noon
    sun|moon
    summer|winter|spring|autumn fall
    question|answer
    cause|effect
    guilty|innocent
    teacher|student pupil
    master|servant slave
    noun|verb|adjective|adverb|pronoun|preposition|conjunction|article|interjection
    comma|period|colon|semicolon|hyphen|dash|bracket|apostrophe|slash
    single|double
    round|square|curly
    uppercase upper capital|lowercase lower
    odd|even
    land|sea|air
    body|mind
    public|private
    black|white|red|green|blue|yellow|brown|purple|orange|pink|grey gray
    january|february|march|april|june|july|august|september|october|november|december
    monday|tuesday|wednesday|thursday|friday|saturday|sunday
    second|minute|hour|day|week|month|year|decade|century
    gold|silver|copper|iron
    see seeing|hear hearing
    hand|foot
    eye|ear
    tea|coffee
    freeze freezing|melt melting|boil boiling
    heaven|hell
    careful|careless
    useful|useless
    """
}
