"""How people write every day: what is written for short, and words that say nothing alone."""

from typing import Final

_SHORT: Final = """
pga = på grund av
ang = angående
bl = bland
iom = i och med
ssk = sjuksköterska
dsk = distriktssköterska
usk = undersköterska
vbt = vårdbiträde
vt = vårdtagare
vtg = vårdtagare
brk = brukare
pat = patient
anh = anhörig
tfn = telefon
tel = telefon
mob = mobil
hj = hjälp
hjmdl = hjälpmedel
em = eftermiddag
fm = förmiddag
kl = klockan
mån = måndag
tis = tisdag
ons = onsdag
tors = torsdag
fre = fredag
lör = lördag
sön = söndag
lgh = lägenhet
gp = genomförandeplan
gfp = genomförandeplan
gplan = genomförandeplan
bh = biståndshandläggare
lm = läkemedel
led = ledsagning
trp = transport
dv = daglig verksamhet
ls = lex sarah
ej = inte
icke = inte
inget = ingen
inga = ingen
nån = någon
nåt = något
sjh = sjukhus
akm = akutmottagning
info = information
dok = dokumentation
pers = personal
vik = vikarie
ass = assistent
avd = avdelning
soc = socialtjänsten
promme = promenad
toa = toalett
wc = toalett
mkt = mycket
mtrl = material
ngn = någon
ngt = något
gm = god man
nattp = nattpersonal
dagp = dagpersonal
tim = timmar
"""
ABBREVIATIONS: Final = {
    short: long
    for short, _, long in (it.partition(" = ") for it in _SHORT.strip().splitlines())
}
"""What staff write for short, and what it is read as: our own list."""

_COMMON: Final = """
och att det den de dem dom som en ett i på av för med till från om vid är var varit blev
blir bli bliva har hade ha haft jag du hon han hen vi ni man mig dig honom henne oss er min
mitt mina din ditt dina sin sitt sina vår vårt våra deras hennes hans dess denna detta dessa
här där då nu när så men eller samt också även bara mycket mer mest lite kan kunde ska
skulle vill ville får fick måste bör brukar gör gjorde göra gjort kom kommer gick går sa
säger sade ta tog fått se ser såg något någon några annan annat andra alla allt varje sig
själv sedan sen ännu igen efter innan under över upp ner ut in hos utan än åt mot mellan
genom enligt både ej inte ingen aldrig inget inga ju väl nog redan dock eftersom trots
därför vilket vilken vilka vad vem hur varför klockan dag dagar idag igår fortfarande ofta
ibland alltid flera många två tre fyra fem sex gång gånger grund bland angående måndag
tisdag onsdag torsdag fredag lördag söndag
finns fanns tror trodde tycker tyckte verkar verkade kvinna kvinnan kvinnas kvinnans man mannen
mannens person personen personer hem helt hel olika samma sluta slut börja började
"""
COMMON_WORDS: Final = frozenset(_COMMON.split())
"""Function words, and verbs and days that stand in every story."""
