"""Norrvik's units and people. Everything here is invented."""

from dataclasses import dataclass
from typing import Final

from events import OwnerType, Role
from infra.people.units import UnitData

UNITS: Final = (
    UnitData(
        "solrosen",
        "Hemtjänsten Solrosen",
        "home_care",
        OwnerType.IN_HOUSE,
        on_call_phone="070-174 06 01",
    ),
    UnitData(
        "bjorken",
        "Hemtjänsten Björken",
        "home_care",
        OwnerType.IN_HOUSE,
        on_call_phone="070-174 06 02",
    ),
    UnitData(
        "almgarden",
        "Almgårdens särskilda boende",
        "nursing_home",
        OwnerType.IN_HOUSE,
        on_call_phone="070-174 06 03",
    ),
    UnitData(
        "lyktan",
        "Gruppbostaden Lyktan",
        "lss_home",
        OwnerType.IN_HOUSE,
        on_call_phone="070-174 06 04",
    ),
    UnitData(
        "vide",
        "Vide Omsorg Norrvik",
        "home_care",
        OwnerType.PRIVATE,
        provider="Vide Omsorg AB",
        on_call_phone="070-174 06 05",
    ),
    UnitData("trygghetslarmet", "Trygghetslarmet", "alarm_service", OwnerType.IN_HOUSE),
    UnitData("synpunkter", "Synpunktsmottagningen", "reception", OwnerType.IN_HOUSE),
)


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody in Norrvik: a login, a made-up name, a title, a role and where."""

    login: str
    name: str
    title: str
    role: Role
    units: tuple[str, ...] = ()


_HOMES: Final = (
    "solrosen",
    "bjorken",
    "almgarden",
    "lyktan",
    "vide",
    "trygghetslarmet",
    "synpunkter",
)

PEOPLE: Final = (
    DemoPerson("medarbetare", "Mira Lindqvist", "Undersköterska", Role.STAFF, ("solrosen",)),
    DemoPerson("vikarie", "Samir Haddad", "Vårdbiträde", Role.STAFF, ("bjorken",)),
    DemoPerson("boende", "Tove Ek", "Undersköterska", Role.STAFF, ("almgarden",)),
    DemoPerson(
        "larm", "Olle Strand", "Larmoperatör", Role.ALARM_OPERATOR, ("trygghetslarmet",)
    ),
    DemoPerson("chef", "Karin Sjö", "Enhetschef", Role.UNIT_MANAGER, ("solrosen",)),
    DemoPerson("chef2", "Peter Norén", "Enhetschef", Role.UNIT_MANAGER, ("bjorken",)),
    DemoPerson(
        "chef3", "Anette Falk", "Enhetschef", Role.UNIT_MANAGER, ("almgarden", "lyktan")
    ),
    DemoPerson("larmchef", "Ulla Sten", "Enhetschef", Role.UNIT_MANAGER, ("trygghetslarmet",)),
    DemoPerson("videchef", "Johan Vide", "Verksamhetschef Vide", Role.UNIT_MANAGER, ("vide",)),
    DemoPerson(
        "mottagning",
        "Birgitta Hed",
        "Handläggare för synpunkter",
        Role.UNIT_MANAGER,
        ("synpunkter",),
    ),
    DemoPerson(
        "verksamhetschef", "Lena Borg", "Verksamhetschef", Role.OPERATIONS_MANAGER, _HOMES
    ),
    DemoPerson("sas", "Ingrid Malm", "Socialt ansvarig samordnare", Role.SAS),
    DemoPerson("beslut", "Per Åkesson", "Socialchef", Role.DECISION_MAKER),
    DemoPerson("mas", "Eva Rönn", "Medicinskt ansvarig sjuksköterska", Role.MAS),
    DemoPerson("kvalitet", "Hanna Dahl", "Kvalitetssamordnare", Role.QUALITY_COORDINATOR),
    DemoPerson("avtal", "Bo Lund", "Avtalscontroller", Role.CONTRACT_OFFICER),
    DemoPerson("namnd", "Maria Frost", "Ledamot i socialnämnden", Role.BOARD),
    DemoPerson("registrator", "Sara Berg", "Registrator", Role.REGISTRAR),
    DemoPerson("admin", "Nils Ask", "Systemadministratör", Role.ADMIN),
)
