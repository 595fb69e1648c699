"""A report can't vanish and can't double, whatever happens to the phone and its network."""

from playwright.sync_api import expect

from services.web.pages import static_files
from tests.browser.faults import What, drop_answer, login_page, refuse
from tests.browser.phone import (
    CUT,
    at_form,
    drafts,
    emptied,
    fill,
    gone,
    green,
    is_amber,
    kept_for_offline,
    knows_who,
    logged_in,
    new_worker,
    ready,
    receipt,
    said,
    shown,
    texts_of,
    waiting,
    wake,
)
from tests.browser.waiting import until
from tests.browser.whole import FINGER, whole

# The four faults that the prototype taught us; the third, other content under the same id, is
# held over HTTP.


def test_two_reports_from_the_same_kept_page_are_two(phone):
    place, page = phone()
    page.context.set_offline(True)
    for text in ("Den första.", "Den andra."):
        page.goto(f"/r/{place.unit}")
        ready(page)
        fill(page, text)
        receipt(page)
    assert len({it["id"] for it in waiting(page)}) == 2

    page.context.set_offline(False)
    emptied(page)
    assert sorted(texts_of(place).values()) == ["Den andra.", "Den första."]


def test_a_draft_that_is_saved_late_brings_nothing_back(phone):
    place, page = phone()
    fill(page, "Skickad mitt i en paus.")  # typed and sent before the draft's pause is over
    green(page)
    since = page.evaluate("performance.now()")
    until(page, "since => performance.now() - since > 700", since)
    drafts(page, 0)
    page.reload()
    ready(page)
    knows_who(page, place.people["staff"].name)
    expect(page.locator("#draft")).to_be_hidden()


def test_the_worker_installs_although_pages_ask_for_trusted_types(phone):
    _, page = phone()
    state = "navigator.serviceWorker.ready.then(it => it.active.state)"
    assert page.evaluate(state) in {"activating", "activated"}


def test_an_answer_lost_three_times_is_one_case(phone, net):
    place, page = phone()
    net.let("/kuvert/", drop_answer(3))
    fill(page, "Svaret försvann.")
    receipt(page)
    emptied(page)
    green(page)

    assert net.count(What.DROPPED, "/kuvert/") == 3
    assert list(texts_of(place).values()) == ["Svaret försvann."]


def test_the_page_of_a_wifi_is_no_answer(phone, net):
    place, page = phone()
    net.let("/", login_page())
    page.reload()
    ready(page)  # the form that the phone keeps, not the wifi's page
    fill(page, "Bakom ett wifi.")
    receipt(page)
    said(page, "#net", "Logga in på det trådlösa nätet")
    assert is_amber(page)
    assert len(waiting(page)) == 1

    net.mend()
    emptied(page)
    green(page)
    assert list(texts_of(place).values()) == ["Bakom ett wifi."]


def test_three_taps_and_two_tabs_are_one_case(phone):
    place, page = phone()
    page.context.set_offline(True)
    fill(page, "Tre tryck.", taps=3)
    receipt(page)
    other = page.context.new_page()
    other.goto(f"/r/{place.unit}")
    ready(other)
    page.context.set_offline(False)
    for it in (page, other, page, other):
        wake(it)
    emptied(other)
    green(page)  # told by the tab that sent it

    assert list(texts_of(place).values()) == ["Tre tryck."]


def test_an_update_of_the_worker_without_a_network_loses_no_page(phone, net):
    place, page = phone()
    new_worker(page, net, 1)
    page.context.set_offline(True)
    page.reload()
    ready(page)
    expect(page.locator("#step-1")).to_have_text("Vad gäller det?")
    page.context.set_offline(False)

    # The new one comes, but the page can't be fetched: the old one stays until it can.
    net.let(f"/r/{place.unit}", refuse())
    new_worker(page, net, 2)
    page.reload()
    ready(page)
    net.mend()
    page.reload()
    ready(page)
    until(page, "async () => (await caches.keys()).length === 1")
    kept_for_offline(page)


def test_a_new_page_is_kept_with_all_it_needs_or_not_at_all(phone, net):
    place, page = phone()
    version = static_files.version()
    fresh = "f" * len(version)
    net.let("/sw.js", refuse())  # the new worker is late
    net.swap(f"/r/{place.unit}", version.encode(), fresh.encode())
    net.let(f"/static/{fresh}/js/phone.js", refuse(1))
    page.goto(f"/r/{place.unit}")
    page.context.set_offline(True)
    page.reload()
    ready(page)  # the page from before
    page.context.set_offline(False)

    page.reload()
    ready(page)
    kept_for_offline(page)
    until(
        page,
        "async script => !!(await caches.match(script))",
        f"/static/{fresh}/js/phone.js",
    )
    page.context.set_offline(True)
    page.reload()
    ready(page)
    assert fresh in page.content()
    page.context.set_offline(False)


def test_who_leaves_in_one_tab_has_left_in_every_tab(phone, net):
    place, page = phone()
    other = page.context.new_page()
    at_form(other, place.unit)
    knows_who(other, place.people["staff"].name)
    net.let("/r/", refuse())  # nobody can ask the server who is here

    other.locator("#leave button").tap()
    gone(page, "#leave")
    net.let("/kuvert/", refuse())
    fill(page, "Skriven av nästa.")
    receipt(page)
    assert [it["kind"] for it in waiting(page)] == ["unbound"]


def test_what_the_server_refuses_stays_is_told_and_stops_no_other(phone):
    place, page = phone()
    page.context.set_offline(True)
    fill(page, "Skadad i telefonen.")
    receipt(page)
    page.evaluate(DAMAGED)
    page.goto(f"/r/{place.unit}")
    ready(page)
    fill(page, "Hel.")
    receipt(page)
    page.context.set_offline(False)
    green(page)
    said(page, "#net", "gick inte att skicka. Den finns kvar. Visa det här för din chef.")
    said(page, "#net", "Rapporten går inte att öppna.")

    [stuck] = waiting(page)
    assert stuck["refused"]
    assert list(texts_of(place).values()) == ["Hel."]
    page.reload()
    said(page, "#net", "gick inte att skicka")


DAMAGED = """() => new Promise(ok => {
  const asked = indexedDB.open('avvik');
  asked.onsuccess = () => {
    const store = asked.result.transaction('outbox', 'readwrite').objectStore('outbox');
    const all = store.getAll();
    all.onsuccess = () => {
      for (const it of all.result) {
        it.sealed.iv = new Uint8Array(12);
        store.put(it);
      }
    };
    store.transaction.oncomplete = () => { asked.result.close(); ok(0); };
  };
})"""


def test_a_phone_without_room_says_so_and_sends_from_memory(scene, new_context, net):
    place = scene()
    context = new_context(390, base_url=net.url, expected=CUT)
    logged_in(context, place)
    page = context.new_page()
    page.add_init_script("IDBFactory.prototype.open = () => { throw new Error('full'); };")
    at_form(page, place.unit)
    knows_who(page, place.people["staff"].name)
    net.let("/kuvert/", refuse())
    fill(page, "Får inte plats.")
    receipt(page)
    said(page, "#said-more", "Stäng inte sidan innan den är skickad.")

    net.mend()
    wake(page)
    green(page)
    assert list(texts_of(place).values()) == ["Får inte plats."]


def test_a_report_that_has_waited_an_hour_is_told_in_hours(phone):
    _, page = phone()
    page.context.set_offline(True)
    page.clock.install()
    page.reload()
    ready(page)
    fill(page, "Gammal.")
    receipt(page)
    page.reload()
    ready(page)
    said(page, "#net", "1 rapport väntar.")
    page.clock.fast_forward("02:10:00")
    wake(page)
    said(page, "#net", "En rapport har väntat i 2 timmar.")
    page.context.set_offline(False)


def test_what_waits_is_told_beside_ones_own_reports_too(phone, net):
    place, page = phone()
    net.let("/kuvert/", refuse())
    for text in ("Den första.", "Den andra."):
        at_form(page, place.unit)
        fill(page, text)
        receipt(page)

    page.goto("/mina-rapporter")
    told = page.get_by_role("link", name="2 rapporter väntar i telefonen")
    told.wait_for()
    whole(page, "own reports, two of them waiting", least=FINGER)
    net.mend()
    told.tap()

    page.wait_for_url(f"**/r/{place.unit}")
    emptied(page)
    assert sorted(texts_of(place).values()) == ["Den andra.", "Den första."]
    page.goto("/mina-rapporter")
    expect(page.locator("#waiting")).to_be_hidden()


def test_a_session_that_ran_out_asks_whose_the_report_is(phone):
    place, page = phone(logs_in=False)
    fill(page, "Ingen inloggad.")
    receipt(page)
    shown(page, "#login")
    page.reload()
    ready(page)
    said(page, "#net", "1 rapport väntar. Logga in så skickas den.")
    gone(page, "#claim")
    assert texts_of(place) == {}
