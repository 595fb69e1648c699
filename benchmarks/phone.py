"""How soon the phone's form is there on a thin line: 400 kbit/s, 400 ms, a 4× slower processor.

    .venv/bin/python -m benchmarks.phone http://127.0.0.1:8080/r/solrosen

Opens the page of a running product several times, each time in a browser that has never seen
it, and prints one JSON object: medians of the largest contentful paint, of when the script has
taken over, and of what moved; bytes and requests of the worst load. A busy machine is slower.
"""

import json
import sys
from statistics import median
from typing import Final

from playwright.sync_api import Browser, sync_playwright

from tests.browser.find_chromium import found

TIMES: Final = 7
_KBIT: Final = 400
_LATENCY_MS: Final = 400
_SLOWER: Final = 4
_WATCHED: Final = """self.seen = {lcp: 0, cls: 0, usable: 0};
new PerformanceObserver(list => {
  for (const it of list.getEntries()) self.seen.lcp = it.startTime;
}).observe({type: 'largest-contentful-paint', buffered: true});
new PerformanceObserver(list => {
  for (const it of list.getEntries()) if (!it.hadRecentInput) self.seen.cls += it.value;
}).observe({type: 'layout-shift', buffered: true});
new MutationObserver(() => {
  if (document.documentElement.classList.contains('js')) self.seen.usable ||= performance.now();
}).observe(document, {attributes: true, subtree: true});"""


def load(browser: Browser, url: str) -> dict[str, float]:
    """Open the page for the first time and return what was seen (ms, bytes, requests)."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844},
        device_scale_factor=2,
        is_mobile=True,
        has_touch=True,
    )
    page = context.new_page()
    tools = context.new_cdp_session(page)
    tools.send("Network.enable")
    through = _KBIT * 1000 / 8
    tools.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": _LATENCY_MS,
            "downloadThroughput": through,
            "uploadThroughput": through,
        },
    )
    tools.send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
    sizes: list[int] = []
    asked: list[str] = []
    tools.on("Network.loadingFinished", lambda it: sizes.append(it["encodedDataLength"]))
    tools.on("Network.requestWillBeSent", lambda it: asked.append(it["request"]["url"]))
    page.add_init_script(_WATCHED)
    page.goto(url, wait_until="networkidle")
    seen: dict[str, float] = page.evaluate("self.seen")
    context.close()
    return {**seen, "bytes": sum(sizes), "requests": len(asked)}


def measure(url: str) -> dict[str, float]:
    """Return medians of times and shifts, and the worst of what can only grow."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found(), args=["--no-sandbox"])
        loads = [load(browser, url) for _ in range(TIMES)]
        browser.close()
    told = {f"{name}_ms": round(median(it[name] for it in loads)) for name in ("lcp", "usable")}
    worst = {name: max(it[name] for it in loads) for name in ("bytes", "requests")}
    return {**told, "cls": round(median(it["cls"] for it in loads), 4), **worst}


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1])))
