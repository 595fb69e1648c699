"""What is no deviation of ours: it hit staff, is health care's, or was the person's choice."""

from typing import Final

from workflows.classify.lexicon.concept import HERRLJUNGA, Concept, concept

ELSEWHERE: Final[tuple[Concept, ...]] = (
    concept(
        "staff_hurt",
        "arbetsskada, stickskada, skyddsombud, skyddsstopp, tillbud, arbetsmiljö, personalen "
        "skadade, personal skadade, personal+biten, personal+slagen, hotade mig, slog mig, "
        "bet mig, sparkade mig, spottade på mig, skrek åt mig, nöp mig, rev mig, kastade på "
        "mig, jag fick ont, jag skadade, jag halkade, ont i ryggen, ryggen, blev biten, biten "
        "av, blev slagen, mot personal, hot mot personal, kollega+slag, våld mot personal, "
        "hotade personal, sjukskriv, kollegan skadade, attackerades av",
        "work_environment",
        2.0,
        HERRLJUNGA,
    ),
    concept(
        "staff_load",
        "arbetsbelast, stressig, ingen rast, rast, inga raster, övertid, dubbelpass, "
        "ensamarbet, inte hunnit äta, arbetstid, =schemat, kränkt av chef, mobbad på jobbet, "
        "ventilation, varmt i lokal, tunga lyft, ergonomi, arbetskläder, munskydd, rökig, "
        "hund, bilen",
        "work_environment",
        1.0,
    ),
    concept(
        "medicine",
        "~medicin, medicin, läkemedel, tablett, dosett, apodos, dospås, dosering, =dos, "
        "dubbel dos, insulin, waran, morfin, plåster, ögondropp, =spruta, injektion, alvedon, "
        "ordination, ordinerad, överdoser, feldoser, medicinlist, medicinskåp, narkotikakl, "
        "blodförtunn",
        "health_care",
        1.5,
        HERRLJUNGA,
    ),
    concept(
        "health_task",
        "delegering, delegerad, delegerat, såromlägg, omlägg, kateter, stomi, sond, peg, "
        "syrgas, blodsocker, blodtryck, provtag, inhalat, =hsl, hjälpmedel, medicinteknisk, "
        "sugutrust, kompressions, vaccination, träning ordin, lex maria, andningsmask, dialys",
        "health_care",
        1.5,
        HERRLJUNGA,
    ),
    concept(
        "declined",
        "avböj, avböjer, avböjde, tackade nej, tackat nej, tackar nej, ville inte ha, vill "
        "inte ha, ville inte, vill inte, ville ej, vill ej, avbokade, avbokat, avsade, "
        "avsagt, avstod, avstå, vägrade, vägrar, nekade, nekar, nej till, eget val, egen "
        "vilja, själv valt, ville själv, på egen begäran, släpper inte in, släppte inte in, "
        "öppnade inte, öppnar inte, inte hemma, ej hemma, bortrest, sov redan, orkade inte, "
        "ville hellre, ville vara ifred, bad personalen gå, skickade hem, ville sova",
        "client_declined",
        1.8,
        HERRLJUNGA,
    ),
    concept(
        "others_matter",
        "färdtjänst, taxi, sjukresa, region, bostadsbolag, hyresvärd, fastighetsägar, polis, "
        "försäkringskass, arbetsförmedl, skolan, apoteket, snöröj, plogning, elbolag, posten, "
        "postnord, kronofogd, överförmyndar, migrationsverk, annan kommun, hissen, kollektiv",
        "other_authority",
        1.2,
    ),
    concept(
        "thanks",
        "tack, tacka, tacksam, beröm, fantastisk, underbar, jättebra, toppen, guld värd, "
        "eloge, bra jobbat, nöjd, jättenöjd, eldsjäl, varm, omtänksam, duktig, uppskatta, så "
        "fint, guldstjärna, bästa, trevlig, professionell, snälla, heder",
        "nothing_wrong",
        1.5,
    ),
    concept(
        "all_well",
        "utan anmärkning, gick bra, inget att anmärka, allt fungerade, ingen brist, inga "
        "brister, kritiseras inte, följde rutin, enligt rutin, följt rutin, ingen avvikelse, "
        "test, ingen kritik, utan kritik, fritogs, friades, avskriv, inget fel, inte fel",
        "nothing_wrong",
        1.5,
    ),
    concept(
        "question",
        "undrar, fråga, förslag, önskar, önskemål, skulle vilja, kan ni, går det att, hur "
        "gör, var kan, när kommer, vore bra",
        None,
    ),
    concept(
        "complaining",
        "klaga, klagomål, missnöj, skandal, oacceptabel, under all kritik, skäms, besviken, "
        "upprörd, arg över, förbannad, hur kan, kräver, anmäla er, ska inte vara så",
        None,
    ),
)
