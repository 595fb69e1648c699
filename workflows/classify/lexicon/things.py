"""Alarms, telephones, keys; money and belongings."""

from typing import Final

from workflows.classify.lexicon.concept import FORM, HERRLJUNGA, SUPERVISION, Concept, concept

THINGS: Final[tuple[Concept, ...]] = (
    concept(
        "alarm",
        "~larm, larma, larmade, larmknapp, larmklocka, trygghetslarm, larmcentral, "
        "larmoperatör, larmmottag, rörelselarm, dörrlarm, larmmatta, sensor, ringklocka, "
        "=larm, larmet, gps",
        "larm_telefoni",
        1.6,
        HERRLJUNGA,
    ),
    concept(
        "device_fault",
        "ur funktion, fungera inte, fungerade inte, fungerar ej, funkar inte, funkade inte, "
        "funkar ej, fungerar dåligt, trasig, sönder, batteri, laddad, urladdad, uppkoppling, "
        "nätverk, täckning, kopplad, kopplat, inkopplad, driftstopp, avbrott, störning, "
        "strömavbrott, låst sig, hängt sig, uppdatering, platta, basstation, teknisk, "
        "felkopplad, offline, simkort, =sim, nere, kom inte fram, gick inte fram",
        "larm_telefoni",
        1.3,
        SUPERVISION,
    ),
    concept(
        "no_answer_to_alarm",
        "tryckte på, tryckt på larm, tryckte flera gånger, besvarades inte, svarade inte på "
        "larm, larm+svar, larm+vänta, larm+dröj, kvitter, kvitterat, kvitterades, stängdes av "
        "utan, återställt, ingen åkte, åkte till fel, fel adress i, fel larm, felregistrerad, "
        "larm+ingen kom, inställelsetid",
        "larm_telefoni",
        1.5,
    ),
    concept(
        "telephone",
        "telefon, ~telefon, =tfn, växel, telefonkö, telefonsvar, jourtelefon, jourmobil, "
        "arbetsmobil, mobil, ringde, ringer, ringa, samtal, samtalet, linje, kopplas vidare, "
        "kopplades, surfplatta, app, kamera, trygghetskamera, videosamtal, digital tillsyn",
        "larm_telefoni",
        0.7,
    ),
    concept(
        "key",
        "nyckel, ~nyckel, nycklar, nyckelgömm, låset, =lås, ~lås, dörrkod, portkod, kod till, "
        "phoniro, låsenhet, öppna dörren, kom inte in, tog sig inte in, tagg",
        "larm_telefoni",
        0.9,
    ),
    concept(
        "money",
        "pengar, kontant, plånbok, kronor, =kr, sedlar, hundralapp, bankkort, kontokort, "
        "bankomat, uttag, swish, konto, kassa, ~kassa, kassabok, kvitto, redovisning, privata "
        "medel, fickpengar, betala, räkning, pin-kod, kortkod, bankdosa, bank-id",
        "vardesaker",
        1.6,
        FORM,
    ),
    concept(
        "valuables",
        "smycke, =ring, ringen, guld, ~kedja, halsband, armband, klocka, ~klockan, silver, "
        "värdesak, värdeskåp, tavla, arvegods, ägodelar, tillhörighet, porslin, vas, "
        "hörapparat, glasögon, tandprotes, löständer, protes, parfym, tv, cigarett, alkohol, "
        "cykel, kamera, mobiltelefon, kläder borta, dator, paket",
        "vardesaker",
        1.3,
        FORM,
    ),
    concept(
        "theft",
        "stöld, stulen, stulit, stulna, stal, stjäl, tjuv, snatt, bestulen, bestulit, "
        "förskingr, bedrägeri, lurad, lurades, tillgrepp, polisanmäld, polisanmälan, "
        "polisanmält, handlat för, handlade för+pengar, utnyttjade ekonomisk, ekonomiskt "
        "övergrepp",
        "vardesaker",
        2.2,
        FORM,
    ),
    concept(
        "missing_thing",
        "borta, försvunn, försvann, saknas, saknades, fattas, fattades, hittas inte, hittar "
        "inte, borttappad, tappat bort, kommit bort, kom bort, förkomm, slängt, slängdes",
        "vardesaker",
        0.9,
    ),
    concept(
        "broken_thing",
        "gick sönder, gått sönder, förstörd, förstördes, krossad, tappade i golvet, krymp, "
        "missfärga, fläck, skadad möbel, repa, repor",
        "vardesaker",
        0.7,
    ),
)
