"""Who, where, when and how much: words that decide nothing alone, and much together."""

from typing import Final

from workflows.classify.lexicon.concept import Concept, concept

PEOPLE: Final[tuple[Concept, ...]] = (
    concept(
        "staff",
        "personal, ~personalen, undersköt, vårdbiträd, =usk, assistent, ~assistent, "
        "medarbetar, anställd, vikarie, ~vikarie, timvik, skötare, ~biträde, kollega, "
        "kollegor, stödassist, stödpedagog, boendestödjar, behandlare, behandlingsass, "
        "nattpersonal, dagpersonal, hemtjänstpersonal, kontaktman, ledsagare, praktikant, "
        "elev, =student, nattpatrull",
    ),
    concept(
        "client",
        "brukare, vårdtagar, =kund, =kunden, =kunder, ~kunden, boende, den enskild, klient, "
        "omsorgstagar, deltagare, hyresgäst, patient, pensionär, äldre, =hen, =vt, patienten, "
        "gäst, omsorgstag",
    ),
    concept(
        "co_resident",
        "medboende, annan boende, andra boende, annan brukare, andra brukare, boendegranne, "
        "en boende+en annan, rumsgranne, två boende, två brukare, brukarna emellan, annan "
        "deltagare, grannen på avdelningen, medpatient, en annan ungdom",
    ),
    concept(
        "relative",
        "anhörig, dotter, son, =sonen, maka, make, =maken, hustru, frun, =fru, mamma, mor, "
        "pappa, =far, syster, =bror, brodern, närstående, föräld, barnbarn, sambo, svärmor, "
        "mormor, farmor, morfar, farfar, moster, familj",
    ),
    concept(
        "representative",
        "god man, gode man, förvaltare, ställföreträd, vårdnadshav, ombud, framtidsfullmakt",
    ),
    concept(
        "casework_staff",
        "handlägg, socialsekret, biståndsh, bh, socialtjänst, socialkontor, socialnämnd, "
        "nämnden, enhetschef, myndighet, familjerätt, mottagningsenhet, utredare, =ifo, "
        "budget och skuld, socialjour, socialförvalt",
    ),
    concept(
        "child",
        "barn, =barnet, pojke, flicka, ungdom, tonår, syskon, elev, bebis, spädbarn, "
        "minderårig, femår, =son, dotter",
    ),
    concept(
        "nurse",
        "sjukskötersk, =ssk, sjuksyster, läkare, distriktsskö, =dsk, arbetsterapeut, =mas, "
        "fysioterap, sjukgymnast, hemsjukvård, primärvård, vårdcentral, psykiatri, tandläk",
    ),
    concept("hospital", "sjukhus, ~akuten, =akut, inlagd, ambulans, röntg, operera"),
    concept("me", "=jag, =mig, =mej, =vi, =oss, =min, =mitt, =mina, =vår, =vårt, =våra"),
    concept("my_parent", "min mamma, min pappa, min mor, min far, min man, min fru, min bror"),
    concept("at_night", "=natt, natten, ~nattens, nattetid, under natten, morgonen hittades"),
    concept("weekend", "helg, ~helgen, röd dag, midsommar, julafton, påsk, nyår, semester"),
    concept(
        "long_time",
        "timmar, flera dagar, flera veckor, månader, hela dagen, hela natten, hela dygnet, "
        "hela helgen, dygn, halvår, ett år, två år, i åratal, upprepade gånger, återkommande",
    ),
    concept("home_place", "lägenhet, hemma, bostad, hemmet, trapphus, ytterdörr, entré, hall"),
    concept("bath_place", "badrum, toalett, =wc, dusch, tvättstug"),
    concept(
        "shortage",
        "personalbrist, brist på personal, underbeman, obemannad, för få, ensam på passet, "
        "sjukfrånvaro, sjukanmäl, vakant, vakans, tidsbrist, vab",
    ),
)
