/// Units that fire on what words mean.
extension SyntheticRule {
  static let topics: [SyntheticRule] = [
    topic(
      "names of fruit", or: "apples, figs, grapes and the like",
      "lemon orange lime citrus apple apples fig figs grape grapes cherry plum pear peach olive olives berry berries",
      part: "citrus fruit", 4, more: "food that grows on plants",
      neighbour: "names of vegetables and grains",
      "corn wheat barley rice potato potatoes bean beans onion onions cabbage turnip peas lentils grain"
    ),
    topic(
      "names of colours", or: "red, green and other hues",
      "red crimson scarlet purple blue green yellow orange violet indigo white black brown grey gray",
      part: "shades of red", 4, more: "how things look to the eye",
      neighbour: "brightness and darkness",
      "bright dark dim pale shining dull light shade glowing"),
    topic(
      "months of the year", or: "January to December",
      "january february june july august september october november december april",
      part: "the first two months", 2, more: "units and names of time",
      neighbour: "days, weeks and years",
      "day days week weeks year years hour hours monday sunday minute minutes"),
    topic(
      "parts of the human body", or: "limbs, organs and features of people",
      "finger fingers thumb hand hands arm arms leg legs foot feet head face eye eyes ear ears nose mouth neck knee shoulder",
      part: "fingers and hands", 5, more: "bodies, whole or in part",
      neighbour: "flesh, blood and bodies as a whole",
      "body bodies flesh blood corpse skeleton limb limbs person"),
    topic(
      "members of a family", or: "fathers, sisters and other relatives",
      "mother sister daughter wife aunt father brother brethren son sons cousin uncle daughters sisters",
      part: "female relatives", 5, more: "words for people and their ties",
      neighbour: "friends, guests and neighbours",
      "friend friends guest guests neighbour neighbours companion stranger lover acquaintance"),
    topic(
      "animals that live on farms", or: "cattle, sheep and other livestock",
      "ox oxen bull calf cow cattle sheep lamb lambs goat goats horse horses pig swine hen ass asses",
      part: "cows and oxen", 6, more: "animals, tame or wild", neighbour: "wild beasts",
      "lion lions bear wolf wolves fox deer serpent elephant tiger whale eagle"),
    topic(
      "metals", or: "gold, iron and the like",
      "gold silver platinum iron brass copper tin lead steel bronze zinc nickel mercury",
      part: "precious metals", 3, more: "materials that things are made of",
      neighbour: "wood, stone and glass",
      "wood stone stones glass clay timber marble paper leather cloth"),
    topic(
      "directions of the compass", or: "north, south, east and west",
      "north northern south southern east eastern west western northwest southeast",
      part: "the north", 2, more: "where things lie", neighbour: "sides, tops and bottoms",
      "left right top bottom upper lower side front back above below"),
    topic(
      "words for rulers", or: "kings, queens, emperors",
      "queen princess empress king kings prince princes emperor lord monarch ruler governor duke",
      part: "women who rule", 3, more: "people of rank or office",
      neighbour: "judges, priests and captains",
      "judge judges priest priests captain officer bishop minister elder elders"),
    topic(
      "names of countries", or: "France, China and other states",
      "france germany italy spain greece portugal england china japan india russia canada mexico brazil egypt turkey australia",
      part: "countries of southern Europe", 5, more: "places on the map",
      neighbour: "names of cities and continents",
      "london paris rome jerusalem europe africa asia america moscow berlin"),
    topic(
      "water that flows or stands", or: "rivers, lakes and seas",
      "river rivers stream brook sea seas lake lakes ocean pond waters water",
      part: "running water", 4, more: "features of the landscape",
      neighbour: "hills, valleys and plains",
      "hill hills mountain mountains valley plain desert cliff shore forest island"),
    topic(
      "kinds of weather", or: "rain, storms, snow",
      "rain snow hail storm storms thunder lightning wind winds frost fog cloud clouds",
      part: "what falls from the sky", 3, more: "nature above the ground",
      neighbour: "sun, moon and stars",
      "sun moon star stars sky heaven planet comet"),
    topic(
      "numbers written as words", or: "two, seven, twenty and so on",
      "twenty thirty forty fifty hundred thousand two three four five six seven eight nine ten twelve",
      part: "large round numbers", 6, more: "how many there are", neighbour: "vague amounts",
      "many few several some most all none both half"),
    topic(
      "feelings that hurt", or: "fear, grief and anger",
      "fear terror dread alarm grief sorrow anger wrath shame despair misery envy hatred",
      part: "being afraid", 4, more: "what people feel", neighbour: "feelings that please",
      "joy happiness pleasure delight hope love gladness comfort"),
    topic(
      "things to wear", or: "clothes and garments",
      "hat cap bonnet garment garments dress coat gown robe shoe shoes clothes clothing shirt cloak apparel",
      part: "what is worn on the head", 3, more: "cloth and what is made of it",
      neighbour: "fabrics",
      "linen wool silk cotton cloth thread lace fabric sackcloth"),
    topic(
      "parts of a building", or: "doors, walls, roofs",
      "door doors gate gates window windows wall walls roof floor ceiling chimney stairs pillar pillars",
      part: "ways into a house", 4, more: "buildings and what belongs to them",
      neighbour: "kinds of buildings",
      "house houses temple palace church tower castle tent barn prison"),
    topic(
      "musical instruments", or: "harps, drums, pianos",
      "harp violin guitar piano organ drum trumpet trumpets flute horn cymbals fiddle pianoforte",
      part: "instruments with strings", 4, more: "music of all sorts",
      neighbour: "songs and singing",
      "song songs sing singing music tune dance hymn melody"),
    topic(
      "parts of a computer program", or: "functions, variables, loops",
      "function functions variable variables loop module modules class method methods argument arguments string",
      part: "functions and variables", 4, more: "words of computing",
      neighbour: "computers and their hardware",
      "computer computers machine terminal keyboard disk memory printer network hardware"),
  ]

  static let singleWords: [SyntheticRule] = [
    oneWord(
      "river", near: "streams, lakes and seas", "stream lake sea brook waters",
      broad: "bodies of water"),
    oneWord(
      "king", near: "queens and princes", "queen prince emperor ruler", broad: "people who rule"),
    oneWord(
      "light", near: "darkness and shade", "dark darkness shade shadow",
      broad: "light or the lack of it"),
    oneWord("house", near: "palaces and tents", "palace tent tower temple", broad: "buildings"),
    oneWord("water", near: "wine, milk and oil", "wine milk oil", broad: "liquids"),
    oneWord(
      "letter", near: "books and pages", "book books page pages", broad: "things that are read"),
    oneWord("money", near: "gold and silver", "gold silver coin coins", broad: "means of payment"),
    oneWord(
      "night", near: "morning and evening", "morning evening noon", broad: "times of the day"),
    oneWord(
      "city", near: "villages and towns", "village villages town towns",
      broad: "places where people live"),
    oneWord(
      "never", near: "always and often", "always often sometimes",
      broad: "how often something happens"),
  ]
}
