"""How people were met by staff, and where they feel afraid of somebody else."""

from typing import Final

from workflows.classify.lexicon.concept import FORM, JARFALLA, Concept, concept

_MET: Final = "bemotande"
_AFRAID: Final = "otrygghet"

CONDUCT: Final[tuple[Concept, ...]] = (
    concept(
        "rude",
        "otrevlig, oförskämd, ohövlig, nedlåtande, respektlös, arrogant, spydig, snäsig, "
        "snäste, fräste, otålig, irriterad, kort i tonen, =ton, =tonen, bemöt, ~bemötande, "
        "ovänlig, hånfull, hånade, hånskratt, himlade, suckade, dumförklar, pekpinnar, "
        "taskig, elak, nonchalant, grinig, butter, otrevligt, osakligt, fientlig, trakass",
        _MET,
        2.4,
        JARFALLA,
    ),
    concept(
        "offended",
        "kränk, förnedr, förödmjuk, skamsen, ledsen efter, grät, gråt, tog illa vid, ignorer, "
        "pratade över huvudet, över huvudet på, som ett barn, som en idiot, skrattade åt, "
        "retade, mobba, öknamn, nedvärder, diskrimin, rasist, integritet, utan att knacka",
        _MET,
        2.0,
        FORM,
    ),
    concept(
        "shouting",
        "skrek, skrik, gormade, röt, skäll, skällt, höjde rösten, gapade, svor, svordom",
        _MET,
        1.2,
    ),
    concept(
        "force",
        "tvinga, mot sin vilja, mot hens vilja, mot hennes vilja, mot hans vilja, med våld, "
        "hårdhänt, hårda tag, hårda nypor, drog i, drog upp, ryckte, slet, brottade, höll "
        "fast, fasthåll, hårt i armen, brysk, bryskt, vårdslös, tog tag i, pressade ner",
        _MET,
        1.8,
        FORM,
    ),
    concept(
        "violence",
        "slog, slår, slagit, =slag, örfil, knytnäv, spark, våld, misshand, strypt, "
        "strypgrepp, knuff, nyp, nöp, bet, bitit, riv, rev, klöste, dunkade, handgemäng, "
        "kastade, attacker",
        _AFRAID,
        1.0,
        FORM,
    ),
    concept(
        "sexual_abuse",
        "sexuell, övergrepp, tafsa, ofreda, smekte, kysste, våldtäkt, intima, ovälkomna "
        "beröring, naken, nakenbild, antastad, sexuella",
        _MET,
        1.6,
        FORM,
    ),
    concept(
        "phone_in_hand",
        "i mobilen, med mobilen, sin mobil, privata samtal, i telefonen med, tittade på tv, "
        "sociala medier under, scrolla, privat samtal, hörlurar",
        _MET,
        1.4,
    ),
    concept(
        "no_say",
        "bestämde över, fick inte välja, fick inte bestämma, utan att fråga, utan att "
        "tillfråga, självbestämm, inflytande, delaktig, inte lyssna, lyssnade inte, brydde "
        "sig inte, bryr sig inte, struntade i, bestraff, straff, hotade med, fick inte gå ut, "
        "inte tillfråg",
        _MET,
        1.3,
    ),
    concept(
        "relation",
        "kärleksrelation, privat relation, relation med, flirta, vänskapsrelation, "
        "professionell, oprofessionell, berusad, påverkad, luktade alkohol, onykter, sov på "
        "passet, sovande",
        _MET,
        1.2,
    ),
    concept(
        "afraid",
        "otrygg, rädd, rädsla, orolig, oro, =oron, ängslig, ångest, skräms, skrämd, vågar "
        "inte, vågade inte, vågar ej, låser in sig, känner sig jagad, hotad, trygghet",
        _AFRAID,
        1.7,
    ),
    concept(
        "threat",
        "=hot, hotar, hotade, hotat, hotfull, hotelse, hot om, kniv, vapen, skulle döda, "
        "dödshot, hotas, aggressiv, utåtagerande, utagerande, arg, ilsk, bråk, gräl, "
        "konflikt, slagsmål, tjafs, utmanande beteende",
        _AFRAID,
        1.3,
    ),
    concept(
        "intruder",
        "går in i rum, in i andras, in på rummet, okänd person, okända personer, obehöriga i, "
        "främmande, inbrott, inkräktare, stod i dörren, gick in till, kom in i lägenheten, "
        "bankar på, objuden, följer efter, smyger, besökare",
        _AFRAID,
        1.3,
    ),
    concept(
        "many_faces",
        "många olika, olika personal, nya ansikten, nya hela tiden, ny personal, "
        "personalomsätt, kontinuitet, utan legitimation, vem som kommer, främmande personal, "
        "känner inte igen",
        _AFRAID,
        1.2,
    ),
    concept(
        "noise",
        "oväsen, högljudd, stör, störande, skriker på nätterna, musik, festar, rökning, "
        "röker, narkotika, langar, droger, gäng, langning, stökig, orolig miljö, turbulent",
        _AFRAID,
        1.0,
    ),
    concept("lonely", "ensamhet, isoler, karantän, utestäng, övergiven", _AFRAID, 0.8),
)
