"""A unit of the test's own, with its own people and cases, so that no test disturbs another.

def test_something(scene, new_context, sign_in):
    place = scene()
    case = place.report(text="Kvällsbesöket blev inte av.")
    place.give("unit_manager", case, "confirm-classification", category="omsorg")
    page = new_context(1280).new_page()
    sign_in(page, place.login("unit_manager"))
"""

from dataclasses import dataclass, field
from secrets import randbelow
from typing import Any
from uuid import UUID, uuid4

from events import Role
from infra.people.accounts import EVERYWHERE
from tests.browser.api import Api, Door

STORY = "Kvällsbesöket blev inte av. Kunden hade inte fått sin kvällsmat."
PASSWORD = "tre gula kannor på hyllan"


@dataclass(frozen=True)
class Somebody:
    """A person of the scene and how they come in."""

    login: str
    name: str
    password: str
    token: str
    role: str
    account_id: UUID


@dataclass(frozen=True)
class Case:
    """A case that was filed, and what the sender was answered."""

    case_id: UUID
    number: str
    receipt: dict[str, Any]
    """With the receipt code, where there is one."""


@dataclass
class Scene:
    """A unit and the people in it, first of each role by the role's name."""

    api: Api
    unit: str
    name: str
    people: dict[str, Somebody] = field(default_factory=dict)

    def employ(self, role: str, name: str | None = None) -> Somebody:
        """Let one more come in; roles that reach every unit reach this one too."""
        admin = self.api.as_("admin")
        login = f"{role.replace('_', '-')}.{uuid4().hex[:8]}"
        given = {"login": login, "name": name or f"Kim {login[-8:]}", "password": PASSWORD}
        account = admin.post(
            "admin/accounts", {**given, "title": _TITLES.get(role, "Medarbetare")}
        )
        account_id = account["account_id"]
        where = {} if Role(role) in EVERYWHERE else {"unit": self.unit}
        admin.put(f"admin/accounts/{account_id}/roles", {"role": role, **where})
        credentials = {"login": login, "password": PASSWORD}
        token = self.api.nobody.post("login", credentials)["token"]
        self.api.know(login, token)
        somebody = Somebody(login, given["name"], PASSWORD, token, role, UUID(account_id))
        self.people.setdefault(role, somebody)
        return somebody

    def login(self, role: str) -> str:
        """Return the login of the first with the role."""
        return self.people[role].login

    def as_(self, role: str) -> Door:
        """Return the API as the first with the role sees it."""
        return self.api.as_(self.login(role))

    def report(self, by: str = "staff", **form: Any) -> Case:
        """File a report from the unit; what is not said is an ordinary one."""
        form = {"unit": self.unit, "text": STORY, "harm": "near_miss"} | form
        answer = self.as_(by).put(f"reports/{uuid4()}", form)
        return Case(UUID(answer["case_id"]), answer["number"], answer)

    def lex_sarah(self, by: str = "staff", **form: Any) -> Case:
        """File a lex Sarah report from the unit."""
        return self.report(by, **{"lex_sarah": True, "harm": "serious"} | form)

    def complaint(self, **form: Any) -> Case:
        """Tell us something as somebody outside does, without a login."""
        ordinary = {"text": STORY, "relation": "relative", "answer_way": "code"}
        # The public door paces each address; the scenes of a whole run must not wait for it.
        sender = ".".join(str(randbelow(256)) for _ in range(4))
        answer = self.api.nobody.put(
            f"complaints/{uuid4()}",
            {"unit": self.unit, **ordinary, **form},
            headers={"X-Forwarded-For": sender},
        )
        queue = self.api.as_("sas").get("queue", unit=self.unit, kind="complaint")
        [found] = [it for it in queue["items"] if it["number"] == answer["number"]]
        return Case(UUID(found["case_id"]), answer["number"], answer)

    def give(self, role: str, case: Case | UUID, command: str, **fields: Any) -> dict[str, Any]:
        """Give a command that must be accepted; return the case."""
        case_id = case.case_id if isinstance(case, Case) else case
        answer: dict[str, Any] = self.as_(role).post(f"cases/{case_id}/{command}", fields)
        return answer


def make_scene(api: Api, *roles: str, name: str | None = None) -> Scene:
    """Make a unit with somebody of each role in it."""
    code = f"enhet-{uuid4().hex[:10]}"
    scene = Scene(api, code, name or f"Enheten {code[-10:]}")
    form = {"code": code, "name": scene.name, "kind": "home_care", "owner_type": "in_house"}
    api.as_("admin").put(f"admin/units/{code}", {**form, "on_call_phone": "070-174 06 09"})
    for role in roles:
        scene.employ(role)
    return scene


_TITLES = {
    "staff": "Undersköterska",
    "unit_manager": "Enhetschef",
    "operations_manager": "Verksamhetschef",
    "sas": "Socialt ansvarig samordnare",
}
