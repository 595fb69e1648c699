"""Help that did not come, came late or was cut short; a place that was closed."""

from typing import Final

from workflows.classify.lexicon.concept import HERRLJUNGA, Concept, concept

_CATEGORY: Final = "utebliven_insats"

VISITS: Final[tuple[Concept, ...]] = (
    concept(
        "help_absent",
        "utebliv, uteblev, ~uteblev, blev inte av, blev ej av, inte utför, ej utför, inte "
        "genomför, ej genomför, inte verkställ, ej verkställ, aldrig av, inte blivit av, ej "
        "blivit av, hoppades över, ströks, uteslöts",
        _CATEGORY,
        2.6,
        HERRLJUNGA,
    ),
    concept(
        "nobody_came",
        "ingen kom, kom aldrig, kom inte, kom ej, inte kom, aldrig kom, dök inte upp, dök "
        "aldrig upp, inte dykt upp, ingen dök, ingen personal kom, ingen har kommit, inte "
        "kommit, ej kommit, ingen var hos, inte fått besök, väntade förgäves, inget besök",
        _CATEGORY,
        2.4,
    ),
    concept(
        "visit",
        "~besök, hembesök, tillsynsbesök, =besök, besöket, morgonhjälp, kvällshjälp, insats, "
        "~insatsen, hemhjälp, hemtjänst, passet, =pass, runda, =rundan",
        _CATEGORY,
        0.7,
    ),
    concept(
        "forgotten_visit",
        "missad, missat, missade, glömdes, glömd bort, glömt bort, bortglömd, glömde bort, "
        "förbisedd, föll ur planering, låg inte i planering, saknades i planering, stod inte "
        "på listan, inte inlagd, ej inlagd, inte inplanerad, borttagen ur schema, fel i "
        "planering, =planering, planeringen, ~schema, körlista, slinga, dubbelbok",
        _CATEGORY,
        1.4,
    ),
    concept(
        "not_got",
        "inte fått, ej fått, fick inte, fick ej, fick aldrig, inte fick, blev utan, utan "
        "dusch, fått vänta, utan hjälp, inte hjälp, ingen hjälp, uteblivit",
        _CATEGORY,
        1.2,
    ),
    concept(
        "granted_help",
        "beviljad, beviljat, beviljade, enligt beslut, dusch, städ, ~städning, tvätt, inköp, "
        "handling, promenad, ledsag, avlös, aktivitet, egentid, matlåd, social samvaro, "
        "avlast, växelvård, korttid, boendestöd, kontaktperson, ledsagning, fönsterputs",
        _CATEGORY,
        0.5,
        HERRLJUNGA,
    ),
    concept(
        "late_help",
        "försen, för sent, försent, ~timmar sen, =sen, =sent, sen kväll, senare på dagen, "
        "nästa dag, dagen efter, först klockan, först kl, framflytt, senarelagd, senarelades, "
        "flyttades till, sköts upp, dröjde, försenat, flyttad till, =sena",
        _CATEGORY,
        1.2,
        HERRLJUNGA,
    ),
    concept(
        "short_help",
        "förkort, kortades, kortare, stannade bara, bara var där, gick efter, avbröts, hann "
        "inte, hann ej, hanns inte, i stället för, halva tiden, minuter kvar, stressade "
        "iväg, avslutades i förtid, bara kvart, snabbt in och ut",
        _CATEGORY,
        1.4,
        HERRLJUNGA,
    ),
    concept(
        "place_closed",
        "stängd, stängt, stängdes, stänger, stängning, inställ, ~verksamheten stäng, ställdes "
        "in, inställd, höll stängt, ingen ersättning öppen",
        _CATEGORY,
        1.7,
        HERRLJUNGA,
    ),
    concept(
        "closable_place",
        "daglig verksamhet, dagverksamhet, träffpunkt, växelvård, korttids, dagcenter, "
        "sysselsättning, fritidsgård, korttidshem, korttidsboende, dagligverksamhet, =dv",
        _CATEGORY,
        0.7,
        HERRLJUNGA,
    ),
    concept(
        "no_staff_for_it",
        "personalbrist, brist på personal, ingen vikarie, saknades personal, utan personal, "
        "ingen ersättare, ingen assistent, saknade bemanning, obemannad, ingen satt in, fanns "
        "ingen personal, fattades personal, ingen kunde ta passet, inte bemannad",
        _CATEGORY,
        1.3,
        HERRLJUNGA,
    ),
)
