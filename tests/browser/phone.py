"""The work phone as a test holds it: fill in, send, wait, and look into everything it keeps."""

from time import monotonic
from typing import Any, Final

from playwright.sync_api import BrowserContext, Page

from services.web.pages import static_files
from tests.browser.faulty_net import FaultyNet
from tests.browser.scene import Scene
from tests.browser.waiting import until

CUT: Final = ("ERR_", "Failed to load resource", "net::")
"""What the browser says of a network that is cut on purpose."""

FILLED: Final = """([text, taps, anonymous]) => {
  const press = (where) => document.querySelector(where).click();
  press('[name=category][value=larm]');
  press('[data-step="1"] [data-to="2"]');
  const area = document.querySelector('#text');
  area.value = text;
  area.dispatchEvent(new Event('input', {bubbles: true}));
  press('[name=harm][value=lite]');
  press('[data-step="2"] [data-to="3"]');
  if (anonymous) press('[name=anonymous]');
  for (let n = 0; n < taps; n++) press('#send');
}"""

DRAFTS: Final = """new Promise(ok => {
  const asked = indexedDB.open('avvik');
  asked.onsuccess = () => {
    const all = asked.result.transaction('kept').objectStore('kept').getAllKeys();
    all.onsuccess = () => {
      asked.result.close();
      ok(all.result.filter(it => it.startsWith('draft')).length);
    };
  };
})"""

_WAITING: Final = """() => new Promise((ok, no) => {
  const asked = indexedDB.open('avvik');
  asked.onerror = () => no(asked.error);
  asked.onupgradeneeded = () => asked.transaction.abort();
  asked.onsuccess = () => {
    const all = asked.result.transaction('outbox').objectStore('outbox').getAll();
    all.onsuccess = () => { asked.result.close(); ok(all.result); };
  };
})"""

_NONE_WAITS: Final = "async () => !(await navigator.serviceWorker.getRegistration()).waiting"
_ACTIVE: Final = """async () =>
  (await navigator.serviceWorker.getRegistration()).active.state === 'activated'"""

_EVERYTHING: Final = """async () => {
  const text = (it) => {
    if (it instanceof ArrayBuffer || ArrayBuffer.isView(it)) {
      const bytes = new Uint8Array(it.buffer ?? it);
      return new TextDecoder('utf-8').decode(bytes) + new TextDecoder('latin1').decode(bytes);
    }
    if (it instanceof CryptoKey) return it.extractable ? 'EXTRACTABLE' : 'key';
    if (Array.isArray(it)) return it.map(text).join(' ');
    if (it && typeof it === 'object') return text(Object.entries(it));
    return String(it);
  };
  const asked = (request) => new Promise((ok, no) => {
    request.onsuccess = () => ok(request.result);
    request.onerror = () => no(request.error);
  });
  const found = [{...localStorage}, {...sessionStorage}, document.cookie].map(text);
  for (const {name} of await indexedDB.databases()) {
    const open = await asked(indexedDB.open(name));
    for (const store of open.objectStoreNames) {
      const all = open.transaction(store).objectStore(store).getAll();
      found.push(...(await asked(all)).map(text));
    }
    open.close();
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const key of await cache.keys()) {
      found.push(key.url, await (await cache.match(key)).text());
    }
  }
  return found.join('\\n');
}"""


def logged_in(context: BrowserContext, place: Scene, role: str = "staff") -> None:
    """Let somebody have the phone, as if they had come in through the form."""
    who(context, place.people[role].token)


def who(context: BrowserContext, token: str | None) -> None:
    """Let whoever has this session have the phone; None for nobody."""
    context.clear_cookies(name="avvik")
    if token:
        cookie = {"name": "avvik", "value": token, "domain": "127.0.0.1", "path": "/"}
        context.add_cookies([{**cookie, "httpOnly": True, "sameSite": "Lax"}])


def at_form(page: Page, unit: str) -> None:
    """Open the form and wait until its script runs."""
    page.goto(f"/r/{unit}")
    ready(page)


def own_phone(context: BrowserContext, place: Scene) -> Page:
    """Open the form on a phone that a member of staff has, and wait until it knows whose."""
    logged_in(context, place)
    page = context.new_page()
    at_form(page, place.unit)
    knows_who(page, place.people["staff"].name)
    return page


def ready(page: Page) -> None:
    """Wait until the page's script runs."""
    until(page, "() => document.documentElement.classList.contains('js')")


def kept_for_offline(page: Page) -> None:
    """Wait until the worker has the page and would serve it without a network."""
    until(
        page,
        "async () => !!(await navigator.serviceWorker.ready).active"
        " && !!(await caches.match(location.pathname, {ignoreVary: true}))"
        " && !!navigator.serviceWorker.controller",
    )


def knows_who(page: Page, name: str) -> None:
    """Wait until the page says who is logged in."""
    said(page, "#leave b", name)


def said(page: Page, where: str, words: str) -> None:
    """Wait until a part of the page says these words."""
    script = "([where, words]) => document.querySelector(where)?.textContent.includes(words)"
    until(page, script, [where, words])


def shown(page: Page, where: str) -> None:
    """Wait until a part of the page is shown."""
    until(page, "where => document.querySelector(where)?.hidden === false", where)


def gone(page: Page, where: str) -> None:
    """Wait until a part of the page is hidden."""
    until(page, "where => document.querySelector(where)?.hidden === true", where)


def fill(page: Page, text: str, *, taps: int = 1, anonymous: bool = False) -> None:
    """Fill the form in and press send so many times; the presses are real clicks."""
    page.evaluate(FILLED, [text, taps, anonymous])


def receipt(page: Page) -> None:
    """Wait until a receipt is shown, amber or green."""
    shown(page, "#receipt")


def green(page: Page) -> str:
    """Wait until the receipt is green and return its number."""
    said: str = until(
        page,
        "() => document.querySelector('.panel')?.classList.contains('waiting') === false"
        " && document.querySelector('#said-more').textContent",
    )
    return said.removeprefix("Nummer ")


def is_amber(page: Page) -> bool:
    """Tell whether the receipt still waits."""
    return bool(page.evaluate("document.querySelector('.panel').matches('.waiting')"))


def waiting(page: Page) -> list[dict[str, Any]]:
    """List what lies in the outbox."""
    items: list[dict[str, Any]] = page.evaluate(_WAITING)
    return items


def wake(page: Page) -> None:
    """Let the phone try to send now, as when the network comes back."""
    page.evaluate("void dispatchEvent(new Event('online'))")


def emptied(page: Page) -> None:
    """Wait until nothing waits; it is woken now and then instead of every 15 s."""
    deadline = monotonic() + 90
    while items := waiting(page):
        told = [(it["kind"], it.get("refused")) for it in items]
        assert monotonic() < deadline, (told, page.locator("#net").inner_text())
        wake(page)
        page.wait_for_timeout(100)


def everything_kept(page: Page) -> str:
    """Return all that is stored on the phone, as far as anybody can read it."""
    found: str = page.evaluate(_EVERYTHING)
    return found


def drafts(page: Page, count: int) -> None:
    """Wait until so many drafts are kept."""
    until(page, f"async count => (await {DRAFTS}) === count", count)


def texts_of(place: Scene) -> dict[str, str]:
    """Read every case of the unit, as its manager does: number and text."""
    door, found, cursor = place.as_("unit_manager"), {}, None
    while True:
        more = {} if cursor is None else {"cursor": cursor}
        told = door.get("queue", unit=place.unit, **more)
        for it in told["items"]:
            found[it["number"]] = door.get(f"cases/{it['case_id']}")["text"]
        if not (cursor := told["next"]):
            return found


def renamed_worker(page: Page, net: FaultyNet, n: int) -> None:
    """Let a new version of the worker come; it waits until no page is open."""
    first = static_files.version()
    net.swap("/sw.js", first.encode(), f"{n:03d}{first[3:]}".encode())
    page.evaluate(
        "void navigator.serviceWorker.ready.then((it) => it.update()).catch(() => {})"
    )


def new_worker(page: Page, net: FaultyNet, n: int) -> None:
    """Let a new version of the worker take over, as it does when the page has been closed."""
    renamed_worker(page, net, n)
    until(page, "async () => !!(await navigator.serviceWorker.getRegistration()).waiting")
    address = page.url
    for closed_for in range(1, 9):
        page.goto("about:blank")
        page.wait_for_timeout(250 * closed_for)  # nothing tells from outside when it has
        page.goto(address)
        if page.evaluate(_NONE_WAITS):
            until(page, _ACTIVE)
            return
    raise AssertionError("the new worker never took over")


def text_of(place: Scene, number: str) -> dict[str, Any]:
    """Read a case by its number, as the unit's manager does."""
    queue = place.as_("unit_manager").get("queue", unit=place.unit)
    [found] = [it for it in queue["items"] if it["number"] == number]
    return place.as_("unit_manager").get(f"cases/{found['case_id']}")
