"""The municipality's paper and talk: cases, messages, records, secrets."""

from typing import Final

from workflows.classify.lexicon.concept import HERRLJUNGA, JARFALLA, Concept, concept

CASEWORK: Final[tuple[Concept, ...]] = (
    concept(
        "case_handling",
        "handlägg, handläggning, ~utredning, utred, utredningstid, förhandsbedömning, "
        "skyddsbedömning, aktualis, ärendet, =ärende, ärenden, handlagt, handlades, "
        "myndighetsutöv, omprövning, ompröva, begäran om, komplettering, yttrande",
        "handlaggning",
        1.8,
        JARFALLA,
    ),
    concept(
        "decision",
        "beslut, ~beslut, =beslutet, avslag, avslog, avslås, bifall, överklag, "
        "förvaltningsrätt, domstol, kammarrätt, delegation, delegationsordning, laga kraft, "
        "återkrav, verkställ, rättssäker, omprövades, beviljades inte, indrogs, dras in, "
        "drogs in",
        "handlaggning",
        1.4,
        HERRLJUNGA,
    ),
    concept(
        "application",
        "ansök, ansökan, sökt, sökande, sökte, biståndsansök, köplats, bostadskö, plats på",
        "handlaggning",
        1.6,
    ),
    concept(
        "economic_aid",
        "försörjningsstöd, ekonomiskt bistånd, socialbidrag, utbetal, bidrag, nödprövning, "
        "normberäkning, avgiftsbeslut, hyresskuld, elskuld, vräk, habiliteringsersätt",
        "handlaggning",
        1.8,
    ),
    concept(
        "child_case",
        "orosanmäl, orosanmälning, barnavård, barnutred, placering, placera, placerad, "
        "familjehem, jourhem, vårdplan, umgänge, =lvu, =lvm, omhändert, barnsamtal, "
        "genomlysning av familjehem, uppföljning av plac, vårdnadsutred, hedersrelat",
        "handlaggning",
        1.5,
        HERRLJUNGA,
    ),
    concept(
        "order_to_provider",
        "beställning, uppdraget till, uppdrag skick, uppdrag saknas, insatsen inte beställd, "
        "beställd, uppdragstid, aldrig beställ, remiss till utförare, överlämnades aldrig",
        "handlaggning",
        1.3,
    ),
    concept(
        "not_told",
        "fick inte veta, fick aldrig veta, inte fått veta, inte informer, ej informer, inte "
        "blivit informer, utan att informera, informerades inte, informerades först, "
        "meddelades inte, inte meddel, ej meddel, inget besked, utan besked, inte underrätt, "
        "underrättades inte, visste inte, kände inte till, ovetande, hörde ingenting, inte "
        "ringt anhörig, kontaktades inte, ingen hade berättat, inte rapporterat, inte "
        "vidarebefordr, inte nått fram, nådde inte fram, fick reda på",
        "information",
        2.2,
    ),
    concept(
        "information",
        "information, ~information, informer, besked, upplysning, meddelande, broschyr, "
        "infoblad, hemsida, webbsida, utskick, kallelse, brevet, =brev, otydlig, "
        "missförstånd, missuppfatt, felaktiga uppgifter, fel uppgift, motstridig, språk, "
        "svenska, tolk, kommunik, vart man vänder sig, svårt att förstå, svåra att förstå, "
        "faktura",
        "information",
        1.1,
        HERRLJUNGA,
    ),
    concept(
        "handover",
        "överrapport, rapporterades inte, rapporterat vidare, inte rapport, muntlig rapport, "
        "överlämning, informationsöverför, mellan passen, mellan personal, utskriv, hemgång, "
        "hemkomst, vårdplanering, =sip, inte framfört, avlämnande",
        "information",
        1.5,
        HERRLJUNGA,
    ),
    concept(
        "unreachable",
        "får inte tag, fick inte tag, går inte att nå, gick inte att nå, ringer inte upp, "
        "ringde aldrig upp, inget svar, svarar inte på mejl, återkopp, återkom inte, "
        "återkommer inte, svar på mejl, svar på frågor, ringt flera gånger, telefontid",
        "information",
        1.4,
    ),
    concept(
        "record",
        "dokument, ~dokumentation, journal, ~journal, antecknat, anteckning, anteckna, "
        "skrivits in, inskriven, skrevs inte, inte skrivit, inget skrivet, akt, =akten, "
        "akter, diariefö, registrer, protokoll, socialjournal, dagbok, fört in, föra in, "
        "införd, uppdaterad, inte uppdat, ej uppdat, inaktuell",
        "dokumentation",
        1.8,
        HERRLJUNGA,
    ),
    concept(
        "care_plan",
        "genomförandeplan, =gp, =gfp, levnadsberätt, riskbedömning, checklista, "
        "signeringslist, signering, signera, signatur, =signerat, ej signerat, osignerad, "
        "planen, kartläggning, social dokumentation, rutinpärm, lokal rutin",
        "dokumentation",
        1.8,
        HERRLJUNGA,
    ),
    concept(
        "papers_gone",
        "handlingar saknas, försvunnit ur akten, papper borta, blanketten, pappren, underlag, "
        "förkommit, saknas i systemet, fel akt, raderats, tidrapport, bortkomna handlingar",
        "dokumentation",
        1.2,
        HERRLJUNGA,
    ),
    concept(
        "secret",
        "sekretess, tystnadsplikt, obehörig, konfidentiell, känsliga uppgifter, "
        "personuppgift, personnummer, skyddad identitet, skyddad adress, skyddade, gdpr, "
        "röjd, röjde, röjts, hemlig, adressen till, läckt, läcka, loggkontroll, dataintrång, "
        "snoka",
        "sekretess",
        2.4,
        JARFALLA,
    ),
    concept(
        "wrong_receiver",
        "fel mottagare, fel person, fel adress, fel brev, fel familj, fel e-post, fel mejl, "
        "fel klient, fel kuvert, till fel, skickades till fel, av misstag+skick, bifogades, "
        "annan klients, annan brukares, en annans, någon annans, vände sig till fel, hamnade "
        "hos, utlämnad till, lämnades ut, lämnat ut",
        "sekretess",
        1.8,
        HERRLJUNGA,
    ),
    concept(
        "talk_in_public",
        "pratade öppet, pratade om, berättade om, skvallra, diskuterade, i matbutiken, i "
        "affären, på bussen, i korridoren, i matsalen om, så att andra hörde, alla hörde, "
        "högtalare, inför andra, på stan, kafferast, lyssnade på",
        "sekretess",
        1.3,
    ),
    concept(
        "left_open",
        "inloggad, olåst dator, uppe på skärmen, skärmen, låg framme, låg öppet, ligga "
        "framme, kvarglömd lista, glömt+pärm, pärm, i papperskorg, i soporna, kvar i "
        "skrivaren, skrivare, kopiator, på parkering, usb, lösenord, whatsapp, sms med namn, "
        "mobil borttapp",
        "sekretess",
        1.4,
    ),
    concept(
        "pictures_out",
        "fotografer, fotade, bild, =bilder, filmade, film, snapchat, facebook, instagram, "
        "tiktok, la ut, lade ut, publicer, sociala medier, delade, vidarebefordrade",
        "sekretess",
        1.4,
    ),
)
