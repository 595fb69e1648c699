"""A lex Sarah case as the documents want it: an alarm taken back by mistake. All invented."""

from datetime import UTC, date, datetime

from events import OwnerType, Track
from services.documents import (
    Attachment,
    Cause,
    Citation,
    Contact,
    Content,
    Decision,
    Event,
    Measure,
    NotePoint,
    Numbers,
    Operation,
    Person,
    Position,
    Protection,
    Questions,
    Sender,
)

INVESTIGATOR = Person("Karin Lindqvist", "socialt ansvarig samordnare")
MANAGER = Person("Per Sandström", "enhetschef")
DECIDER = Person("Anna Wikström", "socialchef")
PDF = b"%PDF-1.7 larmlogg"
PNG = b"\x89PNG\r\n\x1a\n nyckelskap"


def at(day, hour, minute=0):
    return datetime(2026, 10, day, hour, minute, tzinfo=UTC)


def note(point, text, nature="fact", *, day=8, source="Larmcentralens logg", by=INVESTIGATOR):
    return NotePoint(
        point=point, at=at(day, 12, 10), source=source, nature=nature, text=text, author=by
    )


NOTES = (
    note(
        "event_and_consequences",
        "Fredagen den 2 oktober hämtade hemtjänsten ett trygghetslarm hos en kvinna i ordinärt "
        "boende. Larmet skulle ha hämtats hos en annan person i samma trapphus, som hade "
        "flyttat till särskilt boende. Kvinnan fick ingen förklaring och trodde att larmet "
        "skulle bytas ut.\n"
        "Natten till söndagen den 4 oktober föll kvinnan i badrummet. Hon kunde inte larma och "
        "låg på golvet i omkring nio timmar, tills morgonbesöket kom klockan 07.40.",
        source="Samtal med kvinnan och med två medarbetare",
    ),
    note(
        "event_and_consequences",
        "Kvinnan var nedkyld, uttorkad och hade en fraktur på höger handled. Hon vårdades på "
        "sjukhus i fyra dygn.",
        source="Utskrivningsinformation, med kvinnans samtycke",
    ),
    note(
        "event_and_consequences",
        "Kvinnan hade kunnat dö om morgonbesöket hade uteblivit eller blivit försenat.",
        "assessment",
        day=9,
        source="Utredarens bedömning, avstämd med medicinskt ansvarig sjuksköterska",
    ),
    note(
        "how_noticed",
        "Medarbetaren på morgonbesöket såg att kvinnan saknade larm, ringde 112 och därefter "
        "enhetschefen. En lex Sarah-rapport lämnades samma dag.",
        day=5,
        source="Rapporten och samtal med enhetschefen",
        by=MANAGER,
    ),
    note(
        "when_occurred",
        "Larmet hämtades fredagen den 2 oktober 2026 klockan 15.20. Fallet skedde omkring "
        "klockan 22.30 lördagen den 3 oktober.",
    ),
    note(
        "causes",
        "Uppdraget att hämta larmet angav trapphus och våning men varken namn eller larmets "
        "serienummer. Två personer på samma våning hade larm.",
        source="Uppdraget i planeringssystemet",
    ),
    note(
        "causes",
        "Det saknas ett steg där larmets nummer kontrolleras mot uppdraget innan larmet "
        "lämnar bostaden. Felet hade därför kunnat göras av vem som helst.",
        "assessment",
        source="Utredarens bedömning",
    ),
    note(
        "happened_before",
        "I mars 2026 hämtades ett larm hos fel person på enheten Granen. Det upptäcktes samma "
        "kväll. Åtgärden då var ett samtal med medarbetaren; rutinen ändrades inte.",
        source="Avvikelse A-2026-00231",
    ),
    note(
        "can_recur",
        "Ja. Så länge uppdraget saknar larmets nummer kan samma fel göras igen på alla enheter "
        "i hemtjänsten.",
        "assessment",
        source="Utredarens bedömning",
    ),
    note(
        "measures_taken",
        "Kvinnan fick ett nytt larm samma dag som hon kom hem, den 8 oktober. Alla larm som "
        "hämtats sedan den 1 september har kontrollerats: inget annat var fel.",
        source="Larmregistret",
        by=MANAGER,
    ),
    note(
        "else_emerged",
        "Larmcentralen fick ingen signal om att larmet hade tagits ur bruk. "
        "Trygghetslarmsleverantörens driftsövervakning är inte inställd på det.",
        source="Samtal med leverantören",
    ),
    note(
        "decision",
        "Utredningen avslutas med ställningstagandet att det som hände är ett allvarligt "
        "missförhållande.",
        "assessment",
        day=20,
        source="Ställningstagandet",
    ),
)

CONTENT = Content(
    made=date(2026, 10, 21),
    version=1,
    numbers=Numbers(ours="LS-2026-00003", registry="ON 2026/418", parent="A-2026-00874"),
    sender=Sender(
        owner=OwnerType.IN_HOUSE,
        name="Omsorgsnämnden",
        municipality="Almby kommun",
        org_number="212000-0000",
        address="Torggatan 1",
        postal_code="123 45",
        town="Almby",
        contact=Contact(
            name="Karin Lindqvist",
            title="socialt ansvarig samordnare",
            phone="0100-123 45",
            email="karin.lindqvist@almby.example",
        ),
    ),
    operation=Operation(
        name="Hemtjänsten Solrosen",
        address="Ängsvägen 4, Almby",
        municipality="Almby kommun",
        kind="Hemtjänst i ordinärt boende",
        law=Track.SOL,
        owner=OwnerType.IN_HOUSE,
    ),
    event=Event(
        began=at(2, 13, 20),
        ended=at(4, 5, 40),
        description="Hemtjänsten hämtade ett trygghetslarm hos fel person. Kvinnan som blev "
        "utan larm föll i sitt badrum och kunde inte kalla på hjälp.",
        consequences="Hon låg på golvet i omkring nio timmar, blev nedkyld och uttorkad och "
        "hade en fraktur på handleden. Hon vårdades på sjukhus i fyra dygn.",
    ),
    questions=Questions(
        individual_informed=True,
        individual_informed_why="Enhetschefen besökte kvinnan den 8 oktober och bad om ursäkt.",
        representative_informed=True,
        in_personal_file=True,
        police_report=False,
    ),
    ground="serious_misconduct",
    reported=date(2026, 10, 4),
    started=date(2026, 10, 5),
    concluded=date(2026, 10, 20),
    notes=NOTES,
    causes=(
        Cause(
            key="order",
            text="Uppdraget att hämta larmet saknade namn och larmets serienummer.",
            area="kommunikation_information",
        ),
        Cause(
            key="check",
            text="Det finns inget steg där larmet kontrolleras innan det tas med.",
            area="procedurer_rutiner",
        ),
        Cause(
            key="signal",
            text="Ingen får veta när ett larm slutar höra av sig.",
            area="teknik_utrustning",
        ),
    ),
    measures=(
        Measure(
            text="Uppdraget visar larmets serienummer och kan inte skapas utan det.",
            causes=("order", "check"),
            owner_title="verksamhetschef hemtjänst",
            done=date(2026, 10, 14),
            effect="Ja. 31 uppdrag granskade, alla hade rätt nummer.",
        ),
        Measure(
            text="Leverantören larmar enheten när ett larm har varit tyst i två timmar.",
            causes=("signal",),
            owner_title="systemförvaltare",
            due=date(2026, 12, 1),
        ),
    ),
    protections=(
        Protection(text="Ambulans tillkallades.", at=at(4, 5, 42)),
        Protection(text="Tillsyn varannan timme tills nytt larm var på plats.", at=at(8, 14)),
        Protection(
            text="Alla hämtningar av larm stoppades i hemtjänsten.", at=date(2026, 10, 5)
        ),
    ),
    position=Position(
        outcome="serious_misconduct",
        reasons="Kvinnan stod utan möjlighet att kalla på hjälp i ett och ett halvt dygn på "
        "grund av ett fel i verksamheten. Följderna för hennes liv och hälsa var allvarliga.",
        by=INVESTIGATOR,
        at=at(20, 9),
    ),
    decision=Decision(
        outcome="serious_misconduct",
        reasons="Händelsen innebar ett allvarligt hot mot kvinnans liv och fick allvarliga "
        "följder för hennes hälsa. Ett liknande fel gjordes i mars utan att rutinen ändrades.",
        by=DECIDER,
        at=at(21, 7, 30),
        delegation="Omsorgsnämndens delegationsordning, punkt 4.7",
        notify_ivo=True,
    ),
    signer=DECIDER,
    citations=(
        Citation("27 kap. 5 och 6 §§ socialtjänstlagen (2025:400)", verified=True),
        Citation("SOSFS 2011:5, 5 kap.", verified=False),
    ),
)

ATTACHMENTS = (
    Attachment("Larmlogg 2–4 oktober.pdf", PDF),
    Attachment("../../etc/Nyckelskåp på Ängsvägen.PNG", PNG),
    Attachment("Anteckningar.docx", b"PK\x03\x04 not a workbook"),
)
