"""`python -m benchmarks.classifier.worth`: what each sign of two reports' likeness is worth.

Learned from the first file of events in three drawn towns; the numbers stand in
`workflows.classify.alike`. Slow: half a million pairs are compared.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from benchmarks.classifier.doubles import Town, town
from infra.vault.fingerprints import Fingerprints
from infra.vault.keyring import KEY_BYTES
from services.classifier.duplicates import Known, marks_of
from services.classifier.shipped import shipped
from services.training import examples
from workflows.classify.alike import WITHIN, Compared, Traces, compared

_TOWNS: Final = ((365, 1), (365, 2), (90, 3))
_OTHERS: Final = 10_000
_NEAREST: Final = 25
_KEYS: Final = Fingerprints(bytes(KEY_BYTES))


def worth() -> dict[str, float]:
    """Return the worth of each sign and of none (`base`), in log odds."""
    texts = [it.text for it in examples.shipped()][:_OTHERS:2]
    signs: list[Compared] = []
    same: list[bool] = []
    for days, seed in _TOWNS:
        for sign, is_same in _pairs(town(shipped(), texts, "learned", days=days, seed=seed)):
            signs.append(sign)
            same.append(is_same)
    learned = LogisticRegression(C=10, max_iter=5000).fit(np.array(signs), np.array(same))
    told = {"base": float(learned.intercept_[0])}
    told |= dict(zip(Compared._fields, map(float, learned.coef_[0]), strict=True))
    return {name: round(it, 2) for name, it in told.items()}


def _pairs(place: Town) -> Iterator[tuple[Compared, bool]]:
    """Yield what the product would compare: near in time, or of one place or person."""
    traces = _traces(place)
    events: Sequence[Any] = [place.event_of.get(it.case_id) for it in place.reports]
    for n, one in enumerate(traces):
        for m in range(n - 1, -1, -1):
            other = traces[m]
            if one.at - other.at > WITHIN:
                break
            near = n - m <= _NEAREST or one.places & other.places
            if near or one.person.names & other.person.names:
                is_same = events[n] is not None and events[n] == events[m]
                yield compared(one, other), is_same


def _traces(place: Town) -> list[Traces]:
    made = [marks_of(_KEYS, shipped(), it) for it in place.reports]
    held = Known().held(_KEYS, [], made)
    return [held[it.case_id] for it in made]


if __name__ == "__main__":
    print(json.dumps(worth()))
