extension MeaningWords {
  /// A word and the inflections of it that no rule gives; also nouns that only look inflected.
  static let irregularForms = """
    man men
    woman women
    child children
    person people persons
    foot feet
    tooth teeth
    mouse mice
    wolf wolves
    wife wives
    knife knives
    thief thieves
    life lives
    half halves
    go goes went gone going
    say says said saying
    tell tells told
    speak speaks spoke spoken speaking
    write writes wrote written writing
    take takes took taken taking
    give gives gave giving
    get gets got gotten getting
    make makes made making
    do does did done doing
    have has had having
    use uses used using
    buy buys bought buying
    sell sells sold selling
    fight fights fought fighting
    think thinks thought thinking
    teach teaches taught teaching
    bring brings brought
    catch catches caught
    run runs ran running
    win wins won winning
    lose loses lost losing
    die dies died dying
    lie lies lying
    eat eats ate eaten eating
    drink drinks drank drinking
    fly flies flew flown flying
    grow grows grew grown growing
    know knows knew known knowing
    steal steals stole stolen stealing
    break breaks broke broken
    fall falls fell fallen falling
    rise rises rose risen rising
    begin begins began begun
    come comes came coming
    become becomes became becoming
    feel feels felt
    sit sits sat sitting
    stand stands stood standing
    sleep sleeps slept sleeping
    meet meets met meeting
    pay pays paid paying
    send sends sent sending
    build builds built
    burn burns burned burnt burning
    wear wears wore worn wearing
    choose chooses chose chosen choosing
    sing sings sang sung singing
    swim swims swam swum swimming
    see sees seen seeing
    evening evenings
    morning mornings
    building buildings
    painting paintings
    meaning meanings
    feeling feelings
    clothing
    wedding weddings
    drawing drawings
    beginning beginnings
    writings
    news
    """
}
