"""What a network may do to a request. A count says how often; then everything is well again."""

from dataclasses import dataclass
from enum import StrEnum


class What(StrEnum):
    """What happened to a request."""

    PASSED = "passed"
    DROPPED = "dropped"
    REFUSED = "refused"
    LOGIN_PAGE = "login_page"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True)
class Fault:
    """Something that happens to the next `times` requests, or to every one."""

    what: What
    times: int | None = None


PASS = Fault(What.PASSED)
"""All is well."""


def drop_answer(times: int | None = None) -> Fault:
    """Let the product do what is asked, then cut the connection instead of answering."""
    return Fault(What.DROPPED, times)


def refuse(times: int | None = None) -> Fault:
    """Cut the connection before the product hears of it: there is no network."""
    return Fault(What.REFUSED, times)


def login_page(times: int | None = None) -> Fault:
    """Answer 200 with the page of a wifi that wants a login; the product hears nothing."""
    return Fault(What.LOGIN_PAGE, times)
