extension ExplicitWords {
  /// The lists that come with the server.
  ///
  /// Words with a harmless everyday sense (cock, ass, screw, tit, hooker, dick) count only in
  /// phrases or in disguise: the corpus is full of donkeys.
  public static let standard = ExplicitWords(
    blocked: words(
      """
      fuck motherfuck shit shitty shithead shithole shitshow bullshit cunt cunty asshat twat wank
      wanker bollocks dickhead cocksuck cocksucker blowjob handjob rimjob cumshot porn porno
      pornography pornographic gangbang dildo titty boob boobs whoring slut slutty milf hentai
      bukkake creampie deepthroat fisting jizz buttplug boner shemale tranny trannies nigger nigga
      faggot fag kike wetback raghead towelhead gook spic spics darkie darky pickaninny golliwog
      paki pakis chinky arsehole asshole bitch biatch bitchy whore horny sexy cum pedo paedo
      pedophile paedophile kys pissoff dumbass retard libtard cocksucking
      """)
      + phrases(
        """
        suck a dick | my balls | cock sucker | cock suckers | kill yourselves | suck my dick | suck
        his dick | sucks dick | suck my cock | sucking cock | big dick | big cock | hard cock | his
        cock in | cock in her | sucked him off | suck him off | blow job | blow jobs | hand job |
        rim job | jerk off | jerking off | jerked off | jack off | jacking off | wet pussy | her
        pussy | by the pussy | eat pussy | tight pussy | big tits | nice tits | your tits | her tits
        | my tits | show tits | nice ass | your ass | her ass | my ass | fat ass | ass fuck | butt
        plug | butt plugs | anal sex | oral sex | group sex | gang bang | sex with animals | sex
        tape | child porn | xxx video | xxx videos | hardcore xxx | naked girls | naked women | nude
        girls | nude women | nude pics | nude pictures | send nudes | hot nudes | erect penis | hard
        penis | came inside her | cum inside | rape her | rape him | rape you | rape them | rape
        girls | rape women | raping women | raping girls | kill yourself | kill your self | hang
        yourself | shoot yourself | cut yourself | drink bleach | hope you die of | gas the jews |
        kill all jews | kill the jews | kill all muslims | kill all blacks | kill all gays | kill
        all women | heil hitler | sieg heil | white power | white supremacy now | hitler was right |
        go to hell | piss off | pissed off at you | screw you | up yours | son of a bitch | go home
        spic
        """),
    reviewed: words(
      """
      sex sexual sexually sexuality intercourse cunnilingus fellatio fellate masturbate masturbation
      masturbator orgasm orgasmic ejaculate ejaculation erotic erotica orgy orgies vibrator vagina
      vaginal vulva clitoris clitoral penis penile testicle scrotum labia erection anus anal rectal
      sodomy sodomite sodomize bugger buggery fornicate fornication fornicator coitus coital
      copulate copulation incest incestuous pedophilia bestiality zoophilia necrophilia whoredom
      whorehouse harlot harlotry strumpet prostitute prostitution brothel bordello concubine pimp
      nude naked nakedness nudity striptease stripper topless lust lustful lascivious lecher
      lecherous lewd lewdness genital genitalia genitals pubic nipple buttock semen sperm condom
      syphilis gonorrhea rape rapist ravish deflower defile molest molester molestation castrate
      castration eunuch chink dyke retarded turd crap feces faeces excrement fart dung menstruate
      menstrual piss pisser bastard suicide suicidal behead disembowel dismember mutilate mutilation
      massacre genocide torture torturer lynch heroin cocaine bondage fetish kinky threesome
      decapitate
      """),
    suspect: words(
      """
      adultery adulterer adulteress bosom seduce seduction undress lingerie corpse terrorist vermin
      slur swearword swear curseword profanity obscene obscenity vulgar damn idiot imbecile moron
      loser cretin nazi homosexual subhuman infidel virgin bra panties thong nudist voyeur anorexic
      bulimia meth gore entrails
      """)
      + phrases(
        """
        private parts | made love | make love | making love | love making | slept with | sleep with
        | sleeping together | slept together | in bed with | under her skirt | her breasts | her
        breast | her thigh | her thighs | breasts | without clothes | took off her | one night stand
        | strip club | strip clubs | lap dance | cut his throat | cutting his throat | cut her
        throat | cut their throats | slit his throat | slit her throat | cutting throats | own
        wrists | her wrists | his wrists | ones wrists | hang oneself | hanging oneself | hanged
        himself | hanged herself | killed himself | killed herself | kill himself | kill herself |
        taking his own life | taking her own life | end her life | end his life | end my life | make
        a bomb | build a bomb | pipe bomb | shooting up | smoking crack | crack cocaine | child
        abuse | abuse of children | swear words | curse words | bad words | dirty words | four
        letter words | racial slurs | insults for | ethnic cleansing | mass killing | mass murder |
        i hope you | kill you | you are stupid | you stupid | shut up | nobody likes you | severed
        arm | severed head | severed hand | skinned alive | burned alive | burnt alive | inferior to
        men | are criminals | are inferior | hatred of | hate jews | hate muslims | hate blacks |
        hate women | hate gays | should be killed | must die | kill all | should be punished | nazi
        salute | bare breasts
        """),
    roots: ["fuck", "fukk", "fucc", "motherf"],
    blockedDisguised: words("porn dick cock pussy sex penis anal rape tits boobies"),
    harmless: harmless)

  /// A word: those beside which it is harmless.
  private static let harmless: [String: [String]] = {
    let list = """
      sex: chromosome animal ratio birth determination reproduction species cell hormone
      sex: marriage couple either gender age prefix
      sexual: reproduction plant cell selection dimorphism species orientation
      naked: eye truth singularity
      intercourse: nation trade commerce commercial social friendly letters
      ejaculate: he she said cried surprise exclaimed
      erection: monument building steel church house bridge tower wall fort statue temple
      chink: light armour armor wall door curtain shutter
      faggot: wood fire stick bundle burn meatball
      dyke: sea van water ditch flood river field
      spic: span
      rape: sabine seed oil lock
      retarded: frost growth light flame development motion progress plant
      bitch: dog female pup puppy breed litter hound kennel
      bastard: sword king line son house heir duke royal
      cum: laude latin summa magna
      suicide: prevention hotline
      genocide: convention treaty tribunal
      massacre: battle history century
      virgin: mary birth bear shall island forest holy queen wool olive conceive
      swear: oath oaths by solemnly
      terrorist: security law
      damn: soul
      torture: convention
      hatred: evil sin
      nazi: germany party
      bosom: abraham
      lust: battle blood power gold
      vermin: rat mouse corn
      dung: beetle field ox manure
      semen: bull
      sperm: whale
      corpse: burial flower
      fart: franklin
      bra: ket
      homosexual: marriage rights
      """
    var harmless: [String: [String]] = [:]
    for line in list.split(separator: "\n") {
      let sides = line.split(separator: ":")
      harmless[String(sides[0]), default: []] += words(String(sides[1]))
    }
    return harmless
  }()

  private static func words(_ list: String) -> [String] {
    list.split(whereSeparator: \.isWhitespace).map(String.init)
  }

  private static func phrases(_ list: String) -> [String] {
    list.split(separator: "|").map { words(String($0)).joined(separator: " ") }
  }
}
