"""Norrvik's cases: every story taken in as it came, and led as far as it tells."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID, uuid5

from events import AnswerWay, LinkKind, Source
from services.demo import complaint_lives, deviation_lives, lex_sarah_lives
from services.demo.complaint_stories import VOICES, Voice
from services.demo.lex_sarah_stories import REPORTS, Misconduct
from services.demo.life import Life, Norrvik
from services.demo.stories import STORIES, Story
from services.intake.accept import Accepted, Report, accept_many
from services.intake.form import ComplaintForm, ReportForm
from services.trace import new_trace
from workflows import commands as c

_NAMESPACE: Final = UUID("5f0c6f5e-4b8e-4a0e-9d6a-1b5f7d2c8e11")
_ANONYMOUS: Final = "system:anonymous"


class Tie(NamedTuple):
    """Two cases by their tags, and how they belong together."""

    one: str
    kind: LinkKind
    other: str


TIES: Final = (
    Tie("dusch", LinkKind.PATTERN, "kvallsbesok"),
    Tie("stadning", LinkKind.SAME_EVENT, "ej_stadat"),
)
"""Those of `CONSEQUENCE_OF` tie themselves: a case opened from another is linked to it."""

_Told = Story | Voice | Misconduct


async def make_cases(town: Norrvik) -> None:
    """Take in every story, lead it, and tie together what belongs together."""
    told: Sequence[_Told] = (*STORIES, *VOICES, *REPORTS)
    lives: dict[str, Life] = {}
    for n, story in enumerate(told):
        at = town.now - timedelta(days=story.days_ago, minutes=20)
        life = Life(town, await _taken_in(town, _report(town, n, story, at)), story.unit, at)
        if story.tag:
            lives[story.tag] = life
        into = lives[story.into].case_id if story.into else None
        match story:
            case Story():
                await deviation_lives.lead(life, story, into)
            case Voice():
                await complaint_lives.lead(life, story, into)
            case Misconduct():
                await lex_sarah_lives.lead(life, story, into)
    for tie in TIES:
        one, other = lives[tie.one], lives[tie.other]
        await one.give(one.manager, c.Link, other=other.case_id, kind=tie.kind)


async def _taken_in(town: Norrvik, report: Report) -> UUID:
    [accepted] = await accept_many(town.session, [report])
    if not isinstance(accepted, Accepted):
        raise accepted
    return accepted.case_id


def _report(town: Norrvik, n: int, story: _Told, at: datetime) -> Report:
    by, reporter, way = _ANONYMOUS, None, None
    if isinstance(story, Voice):
        form: ReportForm = _complaint(story)
        way = story.way
    else:
        form = _from_work(story, at)
        if not form.anonymous:
            reporter = town.accounts[story.by]
            by = str(reporter)
    return Report(
        report_id=uuid5(_NAMESPACE, str(n)),
        form=form,
        at=at,
        by=by,
        trace=new_trace(),
        reporter=reporter,
        answer_way=way,
    )


def _from_work(story: Story | Misconduct, at: datetime) -> ReportForm:
    occurred = at - timedelta(hours=1)
    if isinstance(story, Misconduct):
        return ReportForm(
            unit=story.unit,
            text=story.text,
            occurred_at=occurred,
            source=Source.PHONE,
            lex_sarah=True,
        )
    return ReportForm(
        unit=story.unit,
        text=story.text,
        harm=story.harm,
        occurred_at=occurred,
        source=Source.PHONE,
        reported_by_unit=story.reported_by_unit,
        anonymous=story.anonymous,
    )


def _complaint(voice: Voice) -> ComplaintForm:
    return ComplaintForm(
        unit=voice.unit,
        text=voice.text,
        source=voice.source,
        relation=voice.relation,
        complainant=voice.who,
        contact=voice.contact,
        wish=voice.wish,
        anonymous=voice.way is AnswerWay.NONE,
    )
