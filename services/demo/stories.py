"""What has happened in Norrvik lately. Invented sentences, in the way staff write."""

from dataclasses import dataclass
from typing import Final

from events import Harm, Phase, Route, Track


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody else who was told, on which ground, and whether they say that they have it."""

    route: Route
    receiver: str
    reason: str
    secrecy: str | None = None
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Story:
    """One report and how far its case has come.

    `lex_sarah` is why the manager reports lex Sarah from it. `tag` is what others call it:
    `into` names the one that it goes on in.
    """

    unit: str
    by: str
    days_ago: int
    harm: Harm
    category: str
    text: str
    until: Phase
    consequence: int = 2
    likelihood: int = 2
    anonymous: bool = False
    reported_by_unit: str | None = None
    route: Route | None = None
    tracks: tuple[Track, ...] = (Track.SOL,)
    told: tuple[Told, ...] = ()
    lex_sarah: str = ""
    tag: str = ""
    into: str = ""


_N, _M, _S, _U = Harm.NONE, Harm.NEAR_MISS, Harm.SERIOUS, Harm.UNKNOWN

STORIES: Final = (
    Story(
        "solrosen",
        "medarbetare",
        0,
        _M,
        "utebliven_insats",
        "Kvällsbesöket blev inte av. Vikarien fick inte med rutten och ingen upptäckte det "
        "förrän nattpatrullen kom. Kunden hade inte fått sin kvällsmat.",
        Phase.RECEIVED,
        tag="kvallsbesok",
    ),
    Story(
        "solrosen",
        "larm",
        0,
        _S,
        "larm_telefoni",
        "Larmet gick fram hit men ingen svarade på larmtelefonen på 40 minuter. Kunden låg på "
        "golvet när vi åkte dit själva.",
        Phase.RECEIVED,
        reported_by_unit="trygghetslarmet",
    ),
    Story(
        "bjorken",
        "vikarie",
        1,
        _N,
        "information",
        "Fick inte veta att kunden var på sjukhus. Jag åkte dit två gånger i onödan.",
        Phase.RECEIVED,
    ),
    Story(
        "almgarden",
        "boende",
        1,
        _U,
        "omsorg",
        "Hon föll från toastolen när jag hämtade handduk. Hon sa att det inte gjorde ont.",
        Phase.RECEIVED,
        anonymous=True,
    ),
    Story(
        "solrosen",
        "medarbetare",
        2,
        _N,
        "utebliven_insats",
        "Ej duschad i dag heller pga personalbrist. Tredje gången den här månaden.",
        Phase.TRIAGED,
        2,
        3,
        tag="dusch",
    ),
    Story(
        "lyktan",
        "boende",
        3,
        _M,
        "otrygghet",
        "Två boende började bråka i köket och den ena knuffade den andra. Den som blev knuffad "
        "är rädd och vill inte komma ut ur sitt rum.",
        Phase.TRIAGED,
        2,
        3,
    ),
    Story(
        "vide",
        "larm",
        3,
        _M,
        "utebliven_insats",
        "Vi fick larm för att morgonbesöket inte kom. Vide säger att de varit där men dörren "
        "var låst och inget är antecknat.",
        Phase.TRIAGED,
        2,
        2,
        reported_by_unit="trygghetslarmet",
    ),
    Story(
        "almgarden",
        "boende",
        4,
        _S,
        "omsorg",
        "Fick fel insulin på morgonen, hans granne har en likadan penna. Vi ringde "
        "sjuksköterskan direkt och tog socker varje halvtimme.",
        Phase.INVESTIGATING,
        3,
        3,
        tracks=(Track.SOL, Track.HSL),
        told=(
            Told(
                Route.HEALTH_CARE,
                "MAS",
                "Fel läkemedel är hälso- och sjukvårdens sak också.",
                secrecy="consent",
            ),
        ),
    ),
    Story(
        "bjorken",
        "vikarie",
        5,
        _N,
        "bemotande",
        "En kollega skällde på kunden för att hon var långsam. Hon blev ledsen och sa att hon "
        "inte vill ha hjälp mer.",
        Phase.INVESTIGATING,
        2,
        2,
        lex_sarah="Hon vågar inte ta emot hjälp längre. Det är ett missförhållande.",
    ),
    Story(
        "solrosen",
        "medarbetare",
        9,
        _M,
        "dokumentation",
        "Genomförandeplanen är från förra året. Ny personal lagade mat som kunden inte tål, "
        "men han sa ifrån i tid.",
        Phase.ACTING,
        3,
        2,
    ),
    Story(
        "lyktan",
        "boende",
        11,
        _N,
        "vardesaker",
        "200 kr saknas i kassan när vi räknade. Det finns inget kvitto i boken.",
        Phase.ACTING,
        2,
        3,
    ),
    Story(
        "bjorken",
        "vikarie",
        16,
        _M,
        "sekretess",
        "Arbetsmobilen låg kvar olåst i trapphuset över natten. En granne lämnade in den.",
        Phase.FOLLOWING_UP,
        2,
        2,
    ),
    Story(
        "solrosen",
        "medarbetare",
        21,
        _N,
        "utebliven_insats",
        "Städningen har inte utförts på tre veckor. Ingen har sagt till kunden varför.",
        Phase.CLOSED,
        2,
        3,
        tag="stadning",
    ),
    Story(
        "almgarden",
        "boende",
        24,
        _M,
        "larm_telefoni",
        "Larmmattan var urkopplad efter städningen. Hon hade varit uppe på natten utan att vi "
        "märkte det.",
        Phase.CLOSED,
        3,
        2,
    ),
    Story(
        "bjorken",
        "vikarie",
        13,
        _N,
        "handlaggning",
        "Beställningen på utökad hemtjänst låg oläst i en vecka.",
        Phase.CLOSED,
        2,
        1,
    ),
    Story(
        "solrosen",
        "medarbetare",
        7,
        _N,
        "omsorg",
        "Halkade jag på isen utanför kundens port och slog i handleden.",
        Phase.REROUTED,
        route=Route.WORK_ENVIRONMENT,
    ),
    Story(
        "almgarden",
        "boende",
        6,
        _N,
        "utebliven_insats",
        "Han tackade nej till duschen i dag också. Vi har frågat tre gånger.",
        Phase.REROUTED,
        route=Route.CLIENT_DECLINED,
    ),
    Story(
        "solrosen",
        "larm",
        1,
        _M,
        "utebliven_insats",
        "Samma kväll: vi fick larm från kunden som inte fått sitt kvällsbesök.",
        Phase.MERGED,
        reported_by_unit="trygghetslarmet",
        into="kvallsbesok",
    ),
    Story(
        "solrosen",
        "medarbetare",
        2,
        _N,
        "information",
        "Barnbarnet på sju år bor hos kunden just nu. Han hade inte ätit sedan i går och "
        "ingen vuxen orkar ta hand om honom.",
        Phase.TRIAGED,
        2,
        2,
        told=(
            Told(
                Route.CHILD_AT_RISK,
                "Mottagningen för barn och unga",
                "Pojken får inte den omsorg han behöver.",
                confirmed=True,
            ),
        ),
    ),
)
