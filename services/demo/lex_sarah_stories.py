"""What has been reported under lex Sarah in Norrvik. Invented, short, as people write."""

from dataclasses import dataclass
from typing import Final

from events import LexSarahOutcome, Phase


@dataclass(frozen=True, slots=True)
class Misconduct:
    """One report in somebody's own name, what was made of it, and how far it has come.

    `ivo` is how far the notification has come, where there is one; with `early` it was clear at
    once that IVO must be told. `tag` and `into` tie a merged one to the case it goes on in.
    """

    unit: str
    by: str
    days_ago: int
    text: str
    until: Phase
    category: str = "omsorg"
    outcome: LexSarahOutcome = LexSarahOutcome.MISCONDUCT
    protection: str = "Extra tillsyn från i dag, och personalen är informerad."
    cause: str = "Det fanns ingen skriven rutin för det."
    measure: str = "Rutinen skrivs och gås igenom på arbetsplatsträffen."
    ivo: Phase | None = None
    early: bool = False
    tag: str = ""
    into: str = ""


_SERIOUS: Final = LexSarahOutcome.SERIOUS_MISCONDUCT
_RISK: Final = LexSarahOutcome.TANGIBLE_RISK
_GRAVE_RISK: Final = LexSarahOutcome.TANGIBLE_RISK_SERIOUS

REPORTS: Final = (
    Misconduct(
        "solrosen",
        "medarbetare",
        0,
        "Hon hade suttit i samma blöta kläder sedan i går kväll. Kvällsbesöket är signerat men "
        "ingen hade varit där.",
        Phase.REPORTED,
    ),
    Misconduct(
        "lyktan",
        "boende",
        1,
        "En vikarie låste in honom på rummet för att få lugn i köket.",
        Phase.RECEIVED,
        category="otrygghet",
        protection="Vikarien är tagen ur tjänst. Låset är bortmonterat.",
    ),
    Misconduct(
        "almgarden",
        "boende",
        6,
        "Han larmade hela natten och ingen gick dit. På morgonen låg han på golvet med brutet "
        "ben.",
        Phase.INVESTIGATING,
        category="larm_telefoni",
        protection="Larmet är bytt och nattpersonalen går rond varje timme.",
        ivo=Phase.REQUIRED,
        early=True,
    ),
    Misconduct(
        "bjorken",
        "vikarie",
        12,
        "Kunden fick ingen hjälp att äta på två dagar för att planeringen föll bort.",
        Phase.POSITION_TAKEN,
        category="utebliven_insats",
        tag="mat",
    ),
    Misconduct(
        "bjorken",
        "chef2",
        11,
        "Dottern ringde om samma kund: tallriken stod orörd båda dagarna.",
        Phase.MERGED,
        category="utebliven_insats",
        into="mat",
    ),
    Misconduct(
        "vide",
        "videchef",
        20,
        "En medarbetare hade lånat pengar av kunden i flera månader.",
        Phase.DECIDED,
        category="vardesaker",
        outcome=_SERIOUS,
        protection="Medarbetaren är avstängd. Kunden har en ny fast kontakt.",
        ivo=Phase.SUBMITTED,
        early=True,
    ),
    Misconduct(
        "almgarden",
        "chef3",
        16,
        "Hon fick grannens mediciner två kvällar i rad.",
        Phase.DECIDED,
        outcome=_GRAVE_RISK,
        cause="Två likadana dosetter stod bredvid varandra.",
        measure="Dosetterna märks med färg och låses in var för sig.",
        ivo=Phase.DRAFTED,
    ),
    Misconduct(
        "lyktan",
        "chef3",
        24,
        "Lyften användes av en person fast det ska vara två. Selen släppte.",
        Phase.DECIDED,
        outcome=_SERIOUS,
        cause="Bara en person var schemalagd på kvällen.",
        measure="Två personer schemaläggs alla kvällar.",
        ivo=Phase.APPROVED,
    ),
    Misconduct(
        "solrosen",
        "chef",
        40,
        "Trygghetslarmet hämtades tillbaka fast beslutet gällde till sommaren.",
        Phase.FOLLOWED_UP,
        category="larm_telefoni",
    ),
    Misconduct(
        "almgarden",
        "chef3",
        70,
        "Dörren stod olåst och han gick ut i kylan. Han hittades efter tre timmar.",
        Phase.FOLLOWED_UP,
        outcome=_SERIOUS,
        cause="Dörrlarmet var avstängt efter leveransen.",
        measure="Dörrlarmet kan inte längre stängas av för hand.",
        ivo=Phase.SUPPLIED,
    ),
    Misconduct(
        "solrosen",
        "chef",
        100,
        "Såret på hälen blev inte omlagt på tre veckor.",
        Phase.CLOSED,
        outcome=_SERIOUS,
        ivo=Phase.DECIDED,
    ),
    Misconduct(
        "bjorken",
        "chef2",
        150,
        "Han föll ur duschstolen för att bältet saknades.",
        Phase.CLOSED,
        outcome=_SERIOUS,
        cause="Duschstolen kontrollerades inte efter reparationen.",
        measure="Hjälpmedlen kontrolleras varje månad med signatur.",
        ivo=Phase.CLOSED,
    ),
    Misconduct(
        "lyktan",
        "boende",
        55,
        "Spisvakten hade varit trasig i en vecka när det började ryka.",
        Phase.CLOSED,
        category="otrygghet",
        outcome=_RISK,
    ),
)
