"""What the load generator is told to do, and what it tells afterwards."""

from pydantic import BaseModel


class Job(BaseModel):
    """File `cases` reports: as fast as `connections` allow, or at `rate` per second."""

    host: str
    port: int
    token: str
    units: list[str]
    database_url: str
    cases: int
    connections: int = 64
    rate: float | None = None
    seed: int = 1


class Told(BaseModel):
    """The outcome. Seconds and milliseconds by one monotonic clock.

    `seconds` runs from the first request until the last case was seen done. `waits_ms` is, per
    case, from the answer 201 until it was seen done; `filed_ms` from request to answer.
    """

    filed: int
    refused: int
    filing_seconds: float
    seconds: float
    waits_ms: list[float]
    filed_ms: list[float]
