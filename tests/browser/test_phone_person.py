"""Whose a report is: the writer's, whoever has the phone before, after, or not at all."""

from playwright.sync_api import expect

from tests.browser.faults import refuse
from tests.browser.phone import (
    at_form,
    drafts,
    everything_kept,
    fill,
    gone,
    green,
    kept_for_offline,
    knows_who,
    logged_in,
    own_phone,
    ready,
    receipt,
    said,
    shown,
    text_of,
    texts_of,
    waiting,
    who,
)
from tests.browser.waiting import until
from tests.browser.whole import FINGER, whole


def test_whoever_wrote_it_is_its_writer_whoever_has_the_phone_when_it_is_sent(
    phone, net, sign_in
):
    place, page = phone()
    bo = place.employ("staff", "Bo Nästa")
    net.let("/kuvert/", refuse())
    fill(page, "Skriven av den första.")
    receipt(page)
    page.goto(f"/r/{place.unit}")
    ready(page)
    page.locator(".tile").first.tap()
    drafts(page, 1)
    knows_who(page, place.people["staff"].name)

    page.locator("#leave button").tap()
    gone(page, "#leave")
    drafts(page, 0)
    expect(page.locator("#again")).to_be_hidden()
    assert len(waiting(page)) == 1
    net.mend()
    sign_in(page, bo.login)
    at_form(page, place.unit)
    knows_who(page, "Bo Nästa")
    said(page, "#net", "är skickad")

    [number] = texts_of(place)
    assert text_of(place, number)["reporter_name"] == place.people["staff"].name


def test_who_writes_before_logging_in_is_asked_then_and_nobody_else_is_taken_for_them(
    scene, new_context
):
    place = scene()
    staff = place.people["staff"]
    context = new_context(390)
    page = context.new_page()
    at_form(page, place.unit)
    fill(page, "Skriven före inloggning.")
    receipt(page)
    shown(page, "#login")
    whole(page, "the receipt that waits for a login", least=FINGER)
    [item] = waiting(page)
    assert item["kind"] == "unbound"

    # Somebody else logs in on the phone: the report is not theirs, and they say so.
    other = context.new_page()
    who(page.context, place.people["unit_manager"].token)
    at_form(other, place.unit)
    shown(other, "#claim")
    whole(other, "the question whose it is", least=FINGER)
    other.locator("[data-claim=no]").tap()
    gone(other, "#claim")
    assert len(waiting(other)) == 1
    other.close()
    who(context, None)

    page.locator("#login a").tap()
    page.locator("[name=login]").fill(staff.login)
    page.locator("[name=password]").fill(staff.password)
    page.locator("form:has([name=password]) [type=submit]").tap()
    page.wait_for_url(f"**/r/{place.unit}")
    number = green(page)

    assert text_of(place, number)["reporter_name"] == staff.name


def test_a_waiting_report_can_be_claimed_by_who_says_it_is_theirs(scene, new_context):
    place = scene()
    context = new_context(390)
    page = context.new_page()
    at_form(page, place.unit)
    fill(page, "Skriven före inloggning.")
    receipt(page)
    page.close()
    page = context.new_page()
    logged_in(context, place)
    at_form(page, place.unit)
    page.locator("[data-claim=yes]").tap()
    said(page, "#net", "är skickad")

    assert waiting(page) == []
    assert len(place.as_("staff").get("reports")) == 1


def test_a_report_without_a_name_goes_without_a_session_and_gets_a_code(scene, new_context):
    place = scene()
    context = new_context(390)
    logged_in(context, place)
    page = context.new_page()
    sent = []
    context.on("request", lambda it: "/kuvert/" in it.url and sent.append(it))
    at_form(page, place.unit)
    knows_who(page, place.people["staff"].name)
    fill(page, "Utan namn.", anonymous=True)
    number = green(page)

    assert all("/kuvert/anonym/" in it.url for it in sent)
    assert all("cookie" not in it.all_headers() for it in sent)
    code = page.locator("#code .code").inner_text()
    whole(page, "the receipt with a code", least=FINGER)
    assert place.api.nobody.post("answers", {"code": code})["text"] == "Utan namn."
    assert text_of(place, number)["reporter"] is None
    assert code not in everything_kept(page)

    # The page was closed before the code was saved: it is offered again, to be shown on demand.
    page.reload()
    shown(page, "#late-code")
    whole(page, "the code that was not saved", least=FINGER)
    page.locator("[data-code=show]").tap()
    expect(page.locator("#late-code .code")).to_have_text(code)
    page.locator("[data-code=saved]").tap()
    gone(page, "#late-code")
    page.reload()
    ready(page)
    knows_who(page, place.people["staff"].name)
    expect(page.locator("#late-code")).to_be_hidden()


def test_a_draft_is_offered_and_never_filled_in_and_ends_with_the_person(scene, new_context):
    place = scene()
    page = own_phone(new_context(390), place)

    def begin(text):
        page.evaluate("document.querySelector('[name=category][value=larm]').click()")
        page.evaluate('document.querySelector(\'[data-step="1"] [data-to="2"]\').click()')
        page.locator("#text").fill(text)
        drafts(page, 1)

    begin("Markörord i ett utkast")
    assert "Markörord" not in everything_kept(page)
    page.reload()
    shown(page, "#draft")
    assert page.evaluate("document.querySelector('#text').value") == ""
    whole(page, "a draft on offer", least=FINGER)
    # A tap on a tile before answering must not write over it.
    page.locator(".tile").nth(5).tap()
    page.locator("[data-draft=yes]").tap()
    until(page, "document.querySelector('#text').value === 'Markörord i ett utkast'")
    expect(page.locator("[name=category]:checked")).to_have_value("larm")

    page.reload()
    page.locator("[data-draft=no]").tap()
    drafts(page, 0)
    begin("Ett till")
    # Logged out on any other page of ours: the draft ends with the person.
    kept_for_offline(page)
    desk = page.context.new_page()
    desk.goto("/mina-rapporter")
    desk.evaluate(
        "() => { const form = document.body.appendChild(document.createElement('form'));"
        " form.method = 'post'; form.action = '/logga-ut'; form.submit(); }"
    )
    desk.wait_for_url("**/logga-in")
    drafts(page, 0)


def test_what_nobody_had_logged_in_for_is_not_offered_to_the_next(scene, new_context):
    place = scene()
    context = new_context(390)
    page = context.new_page()
    at_form(page, place.unit)
    fill(page, "Utan namn och utan inloggning.", anonymous=True)
    code = green(page) and page.locator("#code .code").inner_text()
    page.reload()
    ready(page)
    shown(page, "#late-code")  # the writer's own tab offers it until it is said to be saved
    page.locator(".tile").first.tap()
    page.locator("[data-to='2']").locator("visible=true").tap()
    page.locator("#text").fill("Ett halvt utkast.")
    drafts(page, 1)

    # The next person has another tab, logged in or not.
    for token in (None, place.people["staff"].token):
        who(context, token)
        other = context.new_page()
        at_form(other, place.unit)
        said(
            other,
            "#leave b" if token else "#nobody",
            place.people["staff"].name if token else "",
        )
        other.wait_for_timeout(300)
        expect(other.locator("#late-code")).to_be_hidden()
        expect(other.locator("#draft")).to_be_hidden()
        assert code not in other.content()
        other.close()


def test_a_repeated_report_without_a_name_does_not_lead_to_ones_own(scene, new_context):
    place = scene()
    page = own_phone(new_context(390), place)
    fill(page, "Kvällsbesöket blev inte av.")
    first = green(page)
    page.get_by_role("link", name="Skriv en ny rapport").tap()
    page.get_by_role("button", name="Skriv mer om det").tap()
    assert first in page.locator("#text").input_value()
    page.locator("[data-to='3']").locator("visible=true").tap()

    page.locator("[name=anonymous]").check(force=True)

    expect(page.locator(".summary")).not_to_contain_text(first)
    page.locator("#send").tap()
    case = text_of(place, green(page))
    assert case["text"] == "Det hände igen."
    assert not case["links"]


def test_a_draft_is_four_hours_old_at_most(scene, new_context):
    place = scene()
    page = new_context(390).new_page()
    page.clock.install()
    at_form(page, place.unit)
    page.locator(".tile").first.tap()
    page.clock.fast_forward(500)
    drafts(page, 1)
    page.clock.fast_forward("03:50:00")
    page.reload()
    shown(page, "#draft")
    page.clock.fast_forward("00:15:00")
    page.reload()
    drafts(page, 0)
    expect(page.locator("#draft")).to_be_hidden()


def test_it_happened_again_is_one_tap_and_belongs_to_the_person(scene, new_context):
    place = scene()
    page = own_phone(new_context(390), place)
    fill(page, "Kvällsbesöket blev inte av.")
    first = green(page)
    page.get_by_role("link", name="Skriv en ny rapport").tap()
    again = page.get_by_role("button", name="Det hände igen: Larm eller telefon")
    again.wait_for()
    whole(page, "it happened again", least=FINGER)
    assert "Kvällsbesöket" not in everything_kept(page)

    again.tap()
    second = green(page)

    expect(page.locator("#linked")).to_have_text(f"Rapporten är kopplad till rapport {first}.")
    whole(page, "the receipt of a repeated report", least=FINGER)
    case = text_of(place, second)
    assert case["text"] == f"Det hände igen. Se {first}."
    assert case["harm"] == "minor"
    assert case["links"] == [text_of(place, first)["case_id"]]

    page.get_by_role("link", name="Skriv en ny rapport").tap()
    page.get_by_role("button", name="Skriv mer om det").tap()
    expect(page.locator("#text")).to_have_value(f"Det hände igen. Se {second}. ")
    page.locator("#leave button").tap()
    gone(page, "#leave")
    who(page.context, place.people["unit_manager"].token)
    at_form(page, place.unit)
    knows_who(page, place.people["unit_manager"].name)
    expect(page.locator("#again")).to_be_hidden()
