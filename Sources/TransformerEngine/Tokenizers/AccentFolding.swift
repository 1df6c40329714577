/// Takes accents off, as BERT's uncased tokenizer does: canonical decomposition, then all nonspacing
/// marks dropped.
enum AccentFolding {
  /// Groups of letters: the first is what the others become (UnicodeData.txt 14.0, field 5, applied
  /// until nothing changes, marks of category Mn removed).
  ///
  /// Letters that become more than one, and compatibility ideographs, are left as they are; the
  /// model's vocabulary has neither.
  private static let groups = """
    AÀÁÂÃÄÅĀĂĄǍǞǠǺȀȂȦḀẠẢẤẦẨẪẬẮẰẲẴẶ\u{212B} CÇĆĈĊČḈ EÈÉÊËĒĔĖĘĚȄȆȨḔḖḘḚḜẸẺẼẾỀỂỄỆ \
    IÌÍÎÏĨĪĬĮİǏȈȊḬḮỈỊ NÑŃŅŇǸṄṆṈṊ OÒÓÔÕÖŌŎŐƠǑǪǬȌȎȪȬȮȰṌṎṐṒỌỎỐỒỔỖỘỚỜỞỠỢ \
    UÙÚÛÜŨŪŬŮŰŲƯǓǕǗǙǛȔȖṲṴṶṸṺỤỦỨỪỬỮỰ YÝŶŸȲẎỲỴỶỸ aàáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ cçćĉċčḉ \
    eèéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ iìíîïĩīĭįǐȉȋḭḯỉị nñńņňǹṅṇṉṋ \
    oòóôõöōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợ uùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự yýÿŷȳẏẙỳỵỷỹ DĎḊḌḎḐḒ \
    dďḋḍḏḑḓ GĜĞĠĢǦǴḠ gĝğġģǧǵḡ HĤȞḢḤḦḨḪ hĥȟḣḥḧḩḫẖ JĴ jĵǰ KĶǨḰḲḴ\u{212A} kķǩḱḳḵ LĹĻĽḶḸḺḼ \
    lĺļľḷḹḻḽ RŔŖŘȐȒṘṚṜṞ rŕŗřȑȓṙṛṝṟ SŚŜŞŠȘṠṢṤṦṨ sśŝşšșṡṣṥṧṩ TŢŤȚṪṬṮṰ tţťțṫṭṯṱẗ WŴẀẂẄẆẈ \
    wŵẁẃẅẇẉẘ ZŹŻŽẐẒẔ zźżžẑẓẕ ÆǢǼ æǣǽ ƷǮ ʒǯ ØǾ øǿ ʹ\u{374} ΑΆἈἉἊἋἌἍἎἏᾈᾉᾊᾋᾌᾍᾎᾏᾸᾹᾺ\u{1FBB}ᾼ \
    ΕΈἘἙἚἛἜἝῈ\u{1FC9} ΗΉἨἩἪἫἬἭἮἯᾘᾙᾚᾛᾜᾝᾞᾟῊ\u{1FCB}ῌ ΙΊΪἸἹἺἻἼἽἾἿῘῙῚ\u{1FDB} ΟΌὈὉὊὋὌὍῸ\u{1FF9} \
    ΥΎΫὙὛὝὟῨῩῪ\u{1FEB} ΩΏὨὩὪὫὬὭὮὯᾨᾩᾪᾫᾬᾭᾮᾯῺ\u{1FFB}ῼ\u{2126} \
    ιΐίϊἰἱἲἳἴἵἶἷὶ\u{1F77}\u{1FBE}ῐῑῒ\u{1FD3}ῖῗ αάἀἁἂἃἄἅἆἇὰ\u{1F71}ᾀᾁᾂᾃᾄᾅᾆᾇᾰᾱᾲᾳᾴᾶᾷ \
    εέἐἑἒἓἔἕὲ\u{1F73} ηήἠἡἢἣἤἥἦἧὴ\u{1F75}ᾐᾑᾒᾓᾔᾕᾖᾗῂῃῄῆῇ υΰϋύὐὑὒὓὔὕὖὗὺ\u{1F7B}ῠῡῢ\u{1FE3}ῦῧ \
    οόὀὁὂὃὄὅὸ\u{1F79} ωώὠὡὢὣὤὥὦὧὼ\u{1F7D}ᾠᾡᾢᾣᾤᾥᾦᾧῲῳῴῶῷ ϒϓϔ ЕЀЁӖ ГЃ ІЇ КЌ ИЍЙӢӤ УЎӮӰӲ ийѝӣӥ \
    еѐёӗ гѓ ії кќ уўӯӱӳ ѴѶ ѵѷ ЖӁӜ жӂӝ АӐӒ аӑӓ ӘӚ әӛ ЗӞ зӟ ОӦ оӧ ӨӪ өӫ ЭӬ эӭ ЧӴ чӵ ЫӸ ыӹ اآأإ \
    وؤ يئ ەۀ ہۂ ےۓ नऩ रऱ ळऴ क\u{958} ख\u{959} ग\u{95A} ज\u{95B} ड\u{95C} ढ\u{95D} फ\u{95E} \
    य\u{95F} ড\u{9DC} ঢ\u{9DD} য\u{9DF} ਲ\u{A33} ਸ\u{A36} ਖ\u{A59} ਗ\u{A5A} ਜ\u{A5B} \
    ਫ\u{A5E} ଡ\u{B5C} ଢ\u{B5D} ག\u{F43} ཌ\u{F4D} ད\u{F52} བ\u{F57} ཛ\u{F5C} ཀ\u{F69} ဥဦ BḂḄḆ \
    bḃḅḇ FḞ fḟ MḾṀṂ mḿṁṃ PṔṖ pṕṗ VṼṾ vṽṿ XẊẌ xẋẍ ſẛ ρῤῥ ΡῬ かが きぎ くぐ けげ こご さざ しじ すず せぜ そぞ ただ \
    ちぢ つづ てで とど はばぱ ひびぴ ふぶぷ へべぺ ほぼぽ うゔ ゝゞ カガ キギ クグ ケゲ コゴ サザ シジ スズ セゼ ソゾ タダ チヂ ツヅ テデ トド ハバパ \
    ヒビピ フブプ ヘベペ ホボポ ウヴ ワヷ ヰヸ ヱヹ ヲヺ ヽヾ י\u{FB1D}\u{FB39} ײ\u{FB1F} \
    ש\u{FB2A}\u{FB2B}\u{FB2C}\u{FB2D}\u{FB49} א\u{FB2E}\u{FB2F}\u{FB30} ב\u{FB31}\u{FB4C} \
    ג\u{FB32} ד\u{FB33} ה\u{FB34} ו\u{FB35}\u{FB4B} ז\u{FB36} ט\u{FB38} ך\u{FB3A} \
    כ\u{FB3B}\u{FB4D} ל\u{FB3C} מ\u{FB3E} נ\u{FB40} ס\u{FB41} ף\u{FB43} פ\u{FB44}\u{FB4E} \
    צ\u{FB46} ק\u{FB47} ר\u{FB48} ת\u{FB4A} 𑂙𑂚 𑂛𑂜 𑂥𑂫
    """

  private static let bases: [UInt32: Unicode.Scalar] = {
    var bases: [UInt32: Unicode.Scalar] = [:]
    for group in groups.unicodeScalars.split(separator: " ") {
      guard let base = group.first else { continue }
      for letter in group.dropFirst() { bases[letter.value] = base }
    }
    return bases
  }()

  /// Appends `scalar` without its accents; a nonspacing mark appends nothing.
  static func append(_ scalar: Unicode.Scalar, to out: inout String.UnicodeScalarView) {
    if scalar.isASCII { return out.append(scalar) }
    if scalar.properties.generalCategory == .nonspacingMark { return }
    if (0xAC00...0xD7A3).contains(scalar.value) { return appendHangul(scalar, to: &out) }
    out.append(bases[scalar.value] ?? scalar)
  }

  /// A Hangul syllable as its letters (The Unicode Standard, section 3.12).
  private static func appendHangul(
    _ scalar: Unicode.Scalar, to out: inout String.UnicodeScalarView
  ) {
    let index = scalar.value - 0xAC00
    let letters = [0x1100 + index / 588, 0x1161 + index % 588 / 28, 0x11A7 + index % 28]
    for letter in letters where letter != 0x11A7 {
      if let letter = Unicode.Scalar(letter) { out.append(letter) }
    }
  }
}
