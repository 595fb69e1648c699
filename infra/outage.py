"""A neighbour is away: said once, waited out with growing pauses, said when it is back."""

import random
from time import monotonic

import structlog

log = structlog.get_logger()


class Outage:
    """The absence of one neighbour, from its first failure to its return."""

    def __init__(self, of: str, *, longest: float = 5.0) -> None:
        self.of = of
        self._longest = longest
        self._since: float | None = None
        self._pause = 0.0

    def failed(self, error: BaseException) -> float:
        """Note a failure; return how many seconds to wait before the next try."""
        if self._since is None:
            self._since = monotonic()
            self._pause = 0.1
            log.warning("neighbour.away", of=self.of, exc_info=error)
        self._pause = min(self._longest, self._pause * 2)
        # Spread, so that processes that lost the same neighbour do not return as one.
        return self._pause * random.uniform(0.7, 1.0)  # noqa: S311 - no secret

    def over(self) -> None:
        """Note that it works; silent unless it had been away."""
        if self._since is not None:
            log.info("neighbour.back", of=self.of, seconds=round(monotonic() - self._since, 1))
            self._since = None
