"""What people have told Norrvik lately. Invented, short, as people write."""

from dataclasses import dataclass
from typing import Final

from events import AnswerWay, ComplaintKind, Phase, Relation, Source


@dataclass(frozen=True, slots=True)
class Voice:
    """What somebody outside told us, and how far the answer has come."""

    unit: str
    days_ago: int
    text: str
    until: Phase
    kind: ComplaintKind = ComplaintKind.COMPLAINT
    relation: Relation = Relation.RELATIVE
    way: AnswerWay = AnswerWay.PHONE
    source: Source = Source.CALL
    who: str | None = None
    wish: str | None = None
    tag: str = ""
    into: str = ""

    @property
    def contact(self) -> str | None:
        """A number for the one who wants an answer."""
        return "070-174 06 20" if self.who else None


_C, _F, _P = ComplaintKind.COMPLAINT, ComplaintKind.FEEDBACK, ComplaintKind.PRAISE
_SELF, _RELATIVE, _OTHER = Relation.INDIVIDUAL, Relation.RELATIVE, Relation.OTHER

VOICES: Final = (
    Voice(
        "synpunkter",
        0,
        "Hej, vet inte vart jag ska vända mig. Snöröjningen utanför dagverksamheten är dålig "
        "och mamma vågar inte gå dit själv.",
        Phase.RECEIVED,
        way=AnswerWay.NONE,
        source=Source.LETTER,
    ),
    Voice(
        "solrosen",
        1,
        "Det kommer en ny person nästan varje dag till pappa. Han orkar inte förklara allt en "
        "gång till.",
        Phase.RECEIVED,
        who="Lisbet Ahl",
        wish="Färre olika personer.",
        tag="ny_personal",
    ),
    Voice(
        "almgarden",
        2,
        "Maten var kall i söndags och det blev ingen grönsak alls.",
        Phase.ACKNOWLEDGED,
        relation=_SELF,
        who="Gun Brodin",
    ),
    Voice(
        "vide",
        4,
        "De ringde inte innan de kom, och jag stod i duschen.",
        Phase.ACKNOWLEDGED,
        relation=_SELF,
        who="Sven Holt",
    ),
    Voice(
        "lyktan",
        6,
        "Min bror har inte fått komma ut på sin promenad på två veckor.",
        Phase.INVESTIGATING,
        who="Petra Lund",
        wish="Att han får gå ut som det är bestämt.",
    ),
    Voice(
        "bjorken",
        9,
        "Ni lovade att ringa om tiden ändras. Det gjorde ni inte i tisdags heller.",
        Phase.ANSWERED,
        relation=_SELF,
        who="Karl Viberg",
    ),
    Voice(
        "solrosen",
        19,
        "Städningen blev inte av och jag fick inget veta.",
        Phase.CLOSED,
        relation=_SELF,
        way=AnswerWay.LETTER,
        source=Source.LETTER,
        who="Aina Roos",
        tag="ej_stadat",
    ),
    Voice(
        "almgarden",
        14,
        "Tack till nattpersonalen som satt hos mamma hela natten när hon var orolig.",
        Phase.CLOSED,
        _P,
        who="Inger Wall",
    ),
    Voice(
        "lyktan",
        17,
        "Det vore bra med ljusare lampor i entrén.",
        Phase.CLOSED,
        _F,
        _OTHER,
        AnswerWay.NONE,
        Source.PAPER,
    ),
    Voice(
        "bjorken",
        8,
        "Färdtjänsten kom en timme för sent igen.",
        Phase.REROUTED,
        relation=_SELF,
        who="Rune Ståhl",
    ),
    Voice(
        "solrosen",
        1,
        "Skrev i går om att det är ny personal hela tiden hos pappa. Glömde skriva mitt namn.",
        Phase.MERGED,
        way=AnswerWay.NONE,
        source=Source.LETTER,
        into="ny_personal",
    ),
)
