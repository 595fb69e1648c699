"""Care that was given badly or unsafely, and people who were neglected where help was near."""

from typing import Final

from workflows.classify.lexicon.concept import FORM, HERRLJUNGA, JARFALLA, Concept, concept

_CATEGORY: Final = "omsorg"

CARE: Final[tuple[Concept, ...]] = (
    concept(
        "fall",
        "ramla, föll, fallit, ~fallolyck, =fall, fallet, fallrisk, trillade, trillat, trilla, "
        "halkade, halka, snubbla, kanade, gled ur, gled ner, tappade balans, rasade, säckade, "
        "fallskada, omkull, på golvet, på marken, hittades liggande, ur sängen, ur rullstol",
        _CATEGORY,
        1.9,
    ),
    concept(
        "injury",
        "skada, ~skador, blåmärk, bula, skrapsår, fraktur, ~fraktur, brutit, bröt, bruten, "
        "benbrott, lårbens, höftbrott, stukad, svullen, svullnad, blödde, blöder, sår, "
        "=såret, rivsår, klämd, klämde, klämskad, brännskad, brände, skåll, hudflik, hematom, "
        "ont i, jack, smärta",
        _CATEGORY,
        1.2,
    ),
    concept(
        "transfer",
        "lyft, ~lyften, lyftsel, sele, selen, taklyft, personlyft, förflytt, vändlakan, "
        "glidbräda, ståhjälp, uppresning, rullstol, rullator, gåbord, duschstol, duschpall, "
        "toastol, sänggrind, sängbygel, höftbälte, =bältet, broms, fotstöd, ensam fast det "
        "krävs, dubbelbemanning, ramp",
        _CATEGORY,
        1.4,
    ),
    concept(
        "pressure_sore",
        "trycksår, liggsår, rodnad, vändschema, vändes inte, inte vänd, hudavskav, tryckavlast",
        _CATEGORY,
        2.2,
    ),
    concept(
        "hygiene",
        "hygien, ~hygien, otvättad, smutsig, ovårdad, tvättad, =lukt, luktade, stank, "
        "tandborst, borsta tänder, borstat tänder, munvård, munhygien, tandvård, naglar, "
        "otvätt, rakad, kammad, hårtvätt, ofräsch, nedkladd, avföring",
        _CATEGORY,
        1.5,
        FORM,
    ),
    concept(
        "continence",
        "blöja, blöj, inkontinens, kissblöt, kissat, nerkissad, genomblöt, nedkissad, bajs, "
        "byta skydd, bytt skydd, =skydd, urin, våt säng, blött lakan, genomvåt, toalettbesök, "
        "toabesök, på toaletten, hjälp till toa",
        _CATEGORY,
        1.5,
        FORM,
    ),
    concept(
        "food",
        "=mat, maten, måltid, frukost, middag, lunch, kvällsmål, mellanmål, näring, vätska, "
        "dricka, uttorkad, undernär, svält, hungrig, törstig, viktned, gått ner i vikt, "
        "magrat, specialkost, konsisten, passerad, timbal, allergi, matlåd, mata, matning, "
        "glutenfri, laktos, kräm, gröt, kylskåp, bäst före, mögl, ätit",
        _CATEGORY,
        0.9,
        FORM,
    ),
    concept(
        "choking",
        "satte i halsen, sätta i halsen, svalde, svalt fel, kvävd, kvävning, hostattack",
        _CATEGORY,
        2.0,
    ),
    concept(
        "supervision",
        "tillsyn, tittade till, tittat till, titta till, uppsikt, uppmärksam, utan tillsyn, "
        "ensam kvar, lämnades ensam, lämnad ensam, lämnats ensam, glömdes kvar, kvarglömd, "
        "lämnad kvar, utan uppsikt, ensam på toa, ingen kontroll, kontrollera, nattillsyn",
        _CATEGORY,
        1.1,
        FORM,
    ),
    concept(
        "wandering",
        "avvek, avvik, rymt, smet, gick ut ensam, försvann från, irrade, gått vilse, borta "
        "från, hittades ute, saknades vid, lämnade boendet, lämnat boendet, ute i kylan",
        _CATEGORY,
        1.8,
    ),
    concept(
        "restraint",
        "inlåst, låst in, låste in, instängd, fastspänd, spändes fast, bunden, bälte, "
        "sängbälte, tvångs, fixer, begränsning, skyddsåtgärd utan, låst dörr, stol framför "
        "dörr",
        _CATEGORY,
        1.6,
        FORM,
    ),
    concept(
        "neglect",
        "vanvård, vanskött, försumm, missköt, nonchaler, bristande omsorg, brist i omsorg, "
        "brister i omsorg, bristande vård, fick ligga, låg kvar, fick sitta, satt kvar, utan "
        "att någon, ingen märkte, ingen reagerade, för sent till sjukhus, försämra, "
        "uppmärksammades inte, togs inte på allvar, far illa",
        _CATEGORY,
        1.6,
        HERRLJUNGA,
    ),
    concept(
        "clothing_bed",
        "kläder, klädd, påklädd, pyjamas, skor, strumpor, stödstrump, glasögon på, "
        "sängkläder, lakan, täcke, sängen, kallt i rummet, frös, fryser, värme, tofflor, "
        "jacka",
        _CATEGORY,
        0.7,
    ),
    concept(
        "dirty_home",
        "städning, ostädat, dammig, smutsigt, disk, sopor, golv, utspillt, bristande städ, "
        "ogräs, loppor, vägglöss, råttor, ohyra, luktar illa",
        _CATEGORY,
        0.7,
        HERRLJUNGA,
    ),
    concept(
        "sedated",
        "lugnande, sömnmedel, sövd, drogad, för att själva sova, insomningstablett, neddrogad",
        _CATEGORY,
        1.5,
    ),
    concept(
        "self_harm",
        "självskad, självmord, skar sig, överdos, hängde sig, ta sitt liv, suicid, "
        "självdestruktiv, tagit tabletter, nålar",
        _CATEGORY,
        1.2,
    ),
    concept(
        "death",
        "avled, avlid, =död, döda, dog, dött, dödsfall, livlös, hittades död, omkom, drunkn",
        _CATEGORY,
        1.0,
    ),
    concept(
        "unsafe_care",
        "fel hjälp, felaktigt utför, utfört fel, inte enligt rutin, mot ordination, riskabel, "
        "olämplig, osäker, bristande kvalitet, bristfällig, kvalitet, vårdskada, brister i",
        _CATEGORY,
        0.8,
        JARFALLA,
    ),
)
