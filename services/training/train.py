"""Learns from the installation's own cases, and takes the model into use if it is better.

Judged on confirmed cases that it did not learn from, beside the model in use. A model that is
not better is refused and thrown away; the one in use stays.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from infra import clock
from infra.tables import LearnedModel
from services.classifier.active import back_to_shipped
from services.training.examples import Example
from services.training.learn import learn
from services.training.own_cases import held_back
from workflows.classify import Model, suggest
from workflows.classify.packing import pack, unpack

FEWEST: Final = 50
"""Confirmed cases held back, below which a difference is chance and nothing is learned."""


NEEDED: Final = 5 * FEWEST
"""About how many that is in all, since one in five is held back."""


class TooFew(Exception):  # noqa: N818 - an answer
    """There are too few confirmed cases to judge a model by."""


@dataclass(frozen=True, slots=True)
class Judged:
    """How two models did on the same held-back cases: the shares of them that were right.

    `helped` counts what was right and sure enough to be suggested.
    """

    learned_from: int
    held_back: int
    before: float
    after: float
    helped_before: float
    helped_after: float

    @property
    def better(self) -> bool:
        """Whether the new one was right more often, and did not get there by saying less."""
        return self.after > self.before and self.helped_after >= self.helped_before


def trained(
    in_use: Model, examples: Sequence[Example], cases: Sequence[tuple[UUID, Example]]
) -> tuple[Model, Judged]:
    """Learn from what is not held back and judge by what is. Raises `TooFew`."""
    apart = [it for case_id, it in cases if held_back(case_id)]
    own = [it for case_id, it in cases if not held_back(case_id)]
    if len(apart) < FEWEST:
        raise TooFew
    made = unpack(pack(learn(examples, _version(cases), in_use.names, own)))
    (before, helped_before), (after, helped_after) = (
        _right(it, apart) for it in (in_use, made)
    )
    return made, Judged(
        learned_from=len(own),
        held_back=len(apart),
        before=before,
        after=after,
        helped_before=helped_before,
        helped_after=helped_after,
    )


async def take_into_use(session: AsyncSession, model: Model, judged: Judged) -> None:
    """Keep a model with how it was judged; workers use it within seconds."""
    await back_to_shipped(session)
    session.add(
        LearnedModel(
            version=model.version,
            made_at=clock.now(),
            packed=pack(model),
            judged=asdict(judged),
            used=True,
        )
    )


def _right(model: Model, examples: Sequence[Example]) -> tuple[float, float]:
    """Return the share whose likeliest label is right, and the share where it was suggested."""
    said = [(suggest(model, it.text), it.category) for it in examples]
    right = sum(found.ranked[0].code == truth for found, truth in said)
    helped = sum(found.label == truth for found, truth in said)
    return round(right / len(examples), 3), round(helped / len(examples), 3)


def _version(cases: Sequence[tuple[UUID, Example]]) -> str:
    told = sha256(b"".join(case_id.bytes + it.category.encode() for case_id, it in cases))
    return f"own-{clock.now():%Y%m%dt%H%M%S}-{told.hexdigest()[:8]}"
