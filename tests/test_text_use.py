import pytest

from tests.text_use import KEYS, Use, asked, handed, sources, written


def wanted(file: str, source: str) -> list[Use]:
    """Return what a file needs: in code each call, in templates and scripts each quoted key."""
    pages = () if file.endswith(".py") else written(file, source)
    return [*asked(file, source), *handed(file, source), *pages]


def test_no_page_asks_for_a_text_that_is_missing():
    every = [use for file, source in sources() for use in wanted(file, source)]
    assert [use for use in every if not use.meant(KEYS)] == []


@pytest.mark.parametrize(
    ("file", "source", "missing"),
    [
        ("a.html", '{{ t("rapport.titel") }} {{ t("typ." ~ kod ~ ".ex") }}', set()),
        ("a.html", '{{ t("nat.vantar") }}', {"nat.vantar"}),
        ("a.html", '{{ t("rapport.titeln") }}', {"rapport.titeln"}),
        ("a.html", '{% include "kod.html" %}{{ falt("falt.texten") }}', {"falt.texten"}),
        ("a.js", 'text("nat.inget"); plural("nat.vantar", n); text(`skada.${val}`)', set()),
        ("a.js", "text('nat.inge'); plural('nat.inget', n)", {"nat.inge", "nat.inget.n"}),
        ("a.py", 'texts(code)("kod.fel"); t.part("nat", "kvitto.kod"); f"typ.{kod}"', set()),
        ("a.py", 'texts(code)("kod.fell"); t.part("nat", "kod.x")', {"kod.fell", "kod.x."}),
        (
            "a.py",
            't.swedish("typ.fal"); log.info("nat.up"); t(f"typer.{kod}")',
            {"typ.fal", "typer."},
        ),
    ],
)
def test_the_search_sees_what_pages_ask_for(file, source, missing):
    assert {use.key for use in wanted(file, source) if not use.meant(KEYS)} == missing


def unused() -> frozenset[str]:
    """Return the keys that nothing names; to be handed to a script is not enough."""
    used: set[str] = set()
    for file, source in sources():
        for use in (*asked(file, source), *written(file, source)):
            used |= use.meant(KEYS)
    return KEYS - used


def test_no_text_is_kept_that_no_page_shows():
    assert unused() == frozenset()
