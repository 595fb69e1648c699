"""Words that may mean danger now, and words that may mean misconduct; tuned to miss little."""

from typing import Final

from workflows.classify.lexicon.concept import FORM, SOCIAL_ACT, Concept, concept

DANGER: Final = concept(
    "danger",
    "ta mitt liv, ta mitt eget liv, ta sitt eget liv, avsluta mitt liv, vill dö, "
    "vill inte leva, "
    "slutat andas, kan inte andas, får ingen luft, ingen andning, utan att andas, "
    "inte vid medvetande, utan medvetande, vaknar inte, inte att väcka, gick inte att väcka, "
    "röker från, luktar gas, gaslukt, kramper, epilepsianfall, bröstsmärt, hänger sig, "
    "hänga sig, stel och kall, orkar inte mer, inte orkar mer, "
    "andas inte, andades inte, slutade andas, upphörde att andas, andades knappt, livlös, "
    "medvetslös, medvetandet, avsvimm, svimmade, okontaktbar, inte kontaktbar, hjärtstopp, "
    "hjärtinfarkt, hjärtstillestånd, =stroke, krampar, krampade, krampanfall, självmord, "
    "suicid, ta sitt liv, ta livet, tagit livet, tog livet, tänker ta alla, inte leva, orkar "
    "inte leva, hoppa från, hoppade från, överdos, tagit alla "
    "tabletter, blöder, blödde kraftigt, kraftig blödning, mycket blod, i blod, satte i "
    "halsen, sätter i halsen, sätta i halsen, satt i halsen, kvävs, kvävd, kvävning, kvävas, "
    "blev blå, drunkn, förgift, =våldtäkt, våldtagen, våldtog, misshandlas, strypt, "
    "strypgrepp, stryptag, struptag, =kniv, kniven, knivhot, knivskar, =vapen, pistol, "
    "=brand, =branden, =brinner, =brann, eldsvåda, är försvunnen, försvunnen sedan, saknas "
    "sedan, saknas fortfarande, polis söker, polis letar, polisen letar, polisen söker, är "
    "borta+polis, avvikit+polis, avled, har avlidit, hittad död, hittades död, hittats död, "
    "=mördad, mordhot, dödshot, skulle döda, akut fara, livsfara, livshot, i fara, slår "
    "honom, slår henne, slår barn",
    source=SOCIAL_ACT,
)
"""Nothing of it lowers anything: it only tells somebody to look at once."""

HELP_CALLED: Final = concept(
    "help_called",
    "=ambulans, ambulans kom, ambulans tillkall, ringde ambulans, ringt ambulans, ringde 112, "
    "ringt 112, larmade 112, ring 112, =hlr, hjärtlungräddning, hjärtstartare, =heimlich, "
    "räddningstjänst, =amb, polis kontaktad, blåljus",
    source=SOCIAL_ACT,
)
"""Help for somebody in danger: said, it counts, whoever it was that did not come."""

GRAVE: Final[tuple[Concept, ...]] = (
    DANGER,
    HELP_CALLED,
    concept(
        "abuse_by_somebody",
        "övergrepp, misshand, våld, slog, slagit, örfil, spark, knuff, nyp, hårdhänt, tvinga, "
        "hot, hotade, bestraff, förnedr, kränk, trakasser, sexuell, tafsa, ofreda, utnyttja",
        source=FORM,
    ),
    concept(
        "left_without",
        "utan mat, utan dryck, utan vatten, utan tillsyn, utan hjälp, utan medicin, lämnad "
        "ensam, lämnades ensam, hela natten, hela dygnet, flera timmar, flera dygn, i timmar, "
        "låg kvar, låg på golvet, ligga på golvet, hittades, fick ligga, bortglömd, "
        "kvarglömd, i flera dagar",
        source=SOCIAL_ACT,
    ),
    concept(
        "serious_injury",
        "fraktur, brutit, bröt, bruten, benbrott, höftbrott, hjärnskak, sjukhus, inlagd, "
        "opererades, amputer, trycksår, liggsår, brännskad, skåll, blödning, sydd, stygn, "
        "uttorkad, undernär",
        source=SOCIAL_ACT,
    ),
    concept(
        "taken_liberty",
        "inlåst, låste in, instängd, fastspänd, bunden, bältad, drogad, sövd, lugnande, "
        "fick inte gå",
        source=SOCIAL_ACT,
    ),
    concept(
        "child_unsafe",
        "barn+far illa, orosanmäl+inte, orosanmäl+för sent, skyddsbedömning+inte, inget "
        "skydd, utan skydd, våld i nära, utsatt för våld, hedersförtryck, placerad utan",
        source=SOCIAL_ACT,
    ),
)
