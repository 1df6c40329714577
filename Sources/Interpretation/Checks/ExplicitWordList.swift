extension ExplicitWords {
  /// The list that comes with the server.
  ///
  /// Words with a harmless everyday sense (cock, ass, bitch, screw, tit, hooker) are left out or
  /// matched as they stand: the corpus is full of donkeys and dogs.
  public static let standard = ExplicitWords(
    stemmed: words(
      """
      fuck fucker motherfucker shit bullshit cunt twat wank wanker bollocks dickhead cocksucker
      blowjob handjob rimjob cunnilingus fellatio fellate masturbate masturbation masturbator orgasm
      ejaculate ejaculation porn porno pornography pornographic erotic erotica orgy dildo vibrator
      vagina vaginal vulva clitoris clitoral penis penile testicle scrotum foreskin labia erection
      anus anal rectal sodomy sodomite sodomize buggery bugger fornicate fornication fornicator
      coitus copulate copulation intercourse incest incestuous pedophile paedophile pedophilia
      bestiality zoophilia necrophilia whore whoredom whorehouse harlot harlotry strumpet slut slutty
      prostitute prostitution brothel bordello concubine pimp nude naked nudity striptease stripper
      topless horny lust lustful lascivious lecher lecherous lewd lewdness genital genitalia pubic
      nipple buttock semen sperm condom syphilis gonorrhea rape raped rapist ravish deflower defile
      molest molester molestation castrate castration eunuch nigger nigga faggot dyke kike spic chink
      gook wetback raghead towelhead tranny retard retarded darky darkie pickaninny piss pisser
      arsehole asshole bastard turd crap feces faeces excrement fart dung menstruate menstrual
      suicide behead disembowel dismember mutilate mutilation massacre genocide torture lynch lynching
      heroin cocaine
      """),
    exact: words("sex sexy sexual sexually tits titties cum jizz fag fags coon coons bitch bitches")
  )

  private static func words(_ list: String) -> [String] {
    list.split(whereSeparator: \.isWhitespace).map(String.init)
  }
}
