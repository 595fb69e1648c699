"""The harness does what browser tests build on: it sees what is wrong, and says so."""

import os
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.browser.axe import axe, findings
from tests.browser.contexts import contexts, through_the_form
from tests.browser.faults import What, drop_answer
from tests.browser.layout import reflow, small_targets
from tests.browser.tiny_site import tiny_site
from tests.browser.waiting import ends, until
from tests.households import REPOSITORY

PAGE = """<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>Prov</title>
<meta name="viewport" content="width=device-width">{head}</head>
<body><main><h1>Prov</h1>{main}</main></body></html>"""


def page_of(main="", head=""):
    return PAGE.format(main=main, head=head)


@pytest.fixture
def site():
    with tiny_site(hel=page_of("<p>Allt är bra.</p>")) as running:
        yield running


@pytest.fixture
def at_site(chromium, site):
    """Contexts at the tiny site's address."""
    with contexts(chromium, site.url) as make:
        yield make


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("js", [True, False])
def test_a_page_of_the_product_is_seen_as_a_phone_and_a_desk_see_it(new_context, width, js):
    page = new_context(width, js=js).new_page()

    page.goto("/")

    expect(page.locator("h1")).to_have_text("Vad vill du göra?")
    assert page.evaluate("[navigator.language, innerWidth, 'ontouchstart' in window]") == [
        "sv-SE",
        width,
        width == 390,
    ]
    reflow(page)
    assert page.viewport_size["width"] == width


@pytest.mark.parametrize("js", [True, False])
def test_axe_sees_what_is_wrong_under_our_policy(at_site, site, js):
    site.answers["/fel"] = page_of('<form><input name="x"></form><h4>Djup</h4>')
    page = at_site(js=js).new_page()

    page.goto("/hel")
    assert findings(page) == []
    page.goto("/fel")
    found = findings(page)

    assert [it.split(":")[0] for it in found] == ["violation heading-order", "violation label"]
    with pytest.raises(AssertionError, match=r"(?s)axe on a form \(http.*label: \['input"):
        axe(page, "a form")


def test_axe_fails_where_it_could_not_tell(at_site, site):
    style = "p { background: linear-gradient(white, #333); }"
    site.answers["/stil.css"] = lambda request: request.give(style, kind="text/css")
    site.answers["/fel"] = page_of("<p>På vad?</p>", '<link rel="stylesheet" href="/stil.css">')
    page = at_site().new_page()

    page.goto("/fel")

    assert [it.split(":")[0] for it in findings(page)] == ["incomplete color-contrast"]


FAULTS = {
    "console.error('nej')": "error: nej",
    "console.warn('kanske')": "warning: kanske",
    "console.assert(false, 'inte sant')": "assert: inte sant",
    "setTimeout(() => { throw new Error('kastat') })": "uncaught: .*kastat",
    "Promise.reject(new Error('lovat'))": "uncaught: .*lovat",
    "fetch('/inte-har')": "error: Failed to load resource.* 404 .*/inte-har",
    "document.body.innerHTML = '<b>x</b>'": "error: .*TrustedHTML",
    "document.body.setAttribute('style', 'color: red')": "error: .*inline style",
    "eval('1')": "uncaught: .*",
}


@pytest.mark.parametrize("script", FAULTS)
def test_what_a_page_complains_of_fails_the_test(chromium, site, script):
    site.answers["/fel.js"] = lambda request: request.give(script, kind="text/javascript")
    site.answers["/fel"] = page_of(head='<script type="module" src="/fel.js"></script>')

    with (
        pytest.raises(AssertionError, match=f"(?s)complained in the console.*{FAULTS[script]}"),
        contexts(chromium, site.url) as make,
    ):
        make().new_page().goto("/fel", wait_until="networkidle")


def test_what_is_expected_does_not(at_site, site):
    site.answers["/fel.js"] = lambda request: request.give(
        "await fetch('/inte-har'); document.title = 'Klart'", kind="text/javascript"
    )
    site.answers["/fel"] = page_of(head='<script type="module" src="/fel.js"></script>')
    page = at_site(expected=("/inte-har",)).new_page()

    page.goto("/fel")
    until(page, "document.title === 'Klart'")


def test_a_page_that_is_itself_a_refusal_is_no_complaint(at_site, site):
    site.answers["/form"] = lambda request: request.give(page_of("<p>Fel: …</p>"), 422)
    page = at_site().new_page()

    answer = page.goto("/form")

    assert answer.status == 422


def test_until_waits_for_what_comes_also_over_a_navigation(at_site, site):
    site.answers["/dit.js"] = lambda request: request.give(
        "setTimeout(() => location.replace('/hel'), 300)", kind="text/javascript"
    )
    site.answers["/forst"] = page_of(head='<script type="module" src="/dit.js"></script>')
    page = at_site().new_page()
    page.goto("/forst")

    words = until(page, "() => document.querySelector('p')?.textContent")

    assert words == "Allt är bra."
    with pytest.raises(AssertionError, match=r"it never came true: document\.query"):
        until(page, "document.querySelector('h7')", seconds=0.2)


@pytest.mark.parametrize("width", [390, 1280])
def test_reflow_names_what_is_too_wide(at_site, site, width):
    style = "#bred { inline-size: 400px; }"
    site.answers["/stil.css"] = lambda request: request.give(style, kind="text/css")
    main = '<p id="bred">Bred</p><p>Smal</p>'
    site.answers["/bred"] = page_of(main, '<link rel="stylesheet" href="/stil.css">')
    page = at_site(width).new_page()
    page.goto("/hel")
    reflow(page)
    page.goto("/bred")

    with pytest.raises(
        AssertionError, match=r"(?s)the page is 4\d\d wide.*p#bred ends at 4\d\d"
    ):
        reflow(page)

    assert page.viewport_size["width"] == width


def test_targets_too_small_for_a_finger_are_named(at_site, site):
    style = """button { inline-size: 100px; block-size: 50px; } .low { block-size: 30px; }
      .tile { display: block; padding: 30px; } .skip { position: absolute; left: -999px; }
      .alone { display: inline-block; } [hidden] { display: none; }"""
    site.answers["/stil.css"] = lambda request: request.give(style, kind="text/css")
    main = """<a class="skip" href="#x">Hoppa</a><button>Stor</button>
      <button class="low">Låg</button><button hidden class="low">Dold</button>
      <label class="tile"><input type="radio" name="r"> Bricka</label>
      <label><input type="radio" name="r"> Trång</label>
      <p>En <a href="/">länk i text</a> är undantagen.</p>
      <ul><li><a class="alone" href="/">Ensam</a></li></ul>"""
    site.answers["/trangt"] = page_of(main, '<link rel="stylesheet" href="/stil.css">')
    page = at_site(390).new_page()
    page.goto("/trangt")

    small = small_targets(page, 44)

    assert [it.rsplit(" ", 1)[0] for it in small] == [
        'button "Låg"',
        'input "r"',
        'a "Ensam"',
    ]


def test_somebody_comes_in_through_the_form(at_site, site):
    form = """<form method="post"><label>Namn <input name="login"></label>
      <label>Lösenord <input type="password" name="password"></label>
      <button type="submit">Logga in</button></form>"""
    sent = []

    def log_in(request):
        if request.command == "GET":
            request.give(page_of(form))
            return
        sent.append(request.body().decode())
        request.send_response(303)
        request.send_header("Location", "/hel")
        request.send_header("Content-Length", "0")
        request.end_headers()

    site.answers["/logga-in"] = log_in
    page = at_site(js=False).new_page()

    through_the_form(page, "chef", "tre gula kannor")

    expect(page).to_have_url(ends("/hel"))
    assert sent == ["login=chef&password=tre+gula+kannor"]


def test_the_demo_knows_everybody_by_login_and_role(product, api):
    assert product.users["chef"].role == "unit_manager"
    assert product.role("sas").login == "sas"
    assert api.as_("chef").get("me")["login"] == "chef"
    assert api.nobody.ask("GET", "me").status_code == 401


def test_a_scene_is_a_unit_of_its_own(api, scene):
    here, there = scene(), scene("staff", "unit_manager", "sas")
    report = here.report(text="Medicinen glömdes.")
    complaint = here.complaint()
    misconduct = here.lex_sarah()
    there.report()

    queue = here.as_("unit_manager").get("queue")["items"]

    assert {it["number"] for it in queue} == {
        it.number for it in (report, complaint, misconduct)
    }
    assert complaint.receipt["code"]
    case = here.give("unit_manager", report, "confirm-classification", category="omsorg")
    assert case["category"] == "omsorg"
    assert there.as_("staff").ask("GET", f"cases/{report.case_id}").status_code == 403
    there.give("sas", misconduct, "receive-lex-sarah", protection="Vak på plats.")


def test_an_answer_lost_between_browser_and_product_fails_the_page(new_context, net):
    page = new_context(390, base_url=net.url, expected=("ERR_", "favicon")).new_page()
    page.goto("/readyz")  # an answer without a policy: scripts may ask for more
    net.let("/healthz", drop_answer(1))

    ask = "() => fetch('/healthz').then(it => it.status, why => why.name)"

    assert page.evaluate(ask) == "TypeError"
    assert page.evaluate(ask) == 200
    assert [it.what for it in net.seen if it.path == "/healthz"] == [
        What.DROPPED,
        What.PASSED,
    ]


@pytest.mark.parametrize(
    ("required", "code", "says"),
    [
        ("", 0, "NOT RUN: 1 browser test, because there is no Chromium. Install"),
        ("required", 1, "no Chromium. Install Debian's chromium"),
    ],
)
def test_without_a_chromium_it_is_said_loudly_or_fails(required, code, says, tmp_path):
    one = f"{__file__}::test_what_is_expected_does_not"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", one],
        env={
            **os.environ,
            "TEST_CHROMIUM": str(tmp_path / "none"),
            "BROWSER_TESTS": required,
        },
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == code, done.stdout
    assert says in done.stdout
