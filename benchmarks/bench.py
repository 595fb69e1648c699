"""`make bench`: how fast the product is, and how fast the same would be without frameworks.

One run on this machine: the product as it is started by `avvik up` (its own PostgreSQL with
fsync, its own NATS with `sync_interval: always`), reports filed over HTTP by a process of its
own, a tenth of them ticked as serious. `watch` says when a case counts as done, `bare` what the
reference does. Saturation: closed loop, product and reference in turn, medians of three. Open
loop: per rate the median of three runs' percentiles, from the answer 201 until the case lies in
the queue with its suggestion. CPU counts all of the product's processes, PostgreSQL and NATS,
not the load; memory is theirs, with shared pages counted once. Progress goes to stderr; the
last line on stdout is the outcome as JSON.
"""

import argparse
import asyncio
import json
import os
import sys
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Any, Final

from benchmarks import full, product, queue_page, town, usage
from benchmarks.bare import rows
from benchmarks.bare.run import Bare
from benchmarks.job import Job
from benchmarks.product import Product
from benchmarks.runs import Cost, Target, run
from infra import db

RATES: Final = (10, 50, 200)


@dataclass(frozen=True, slots=True)
class Size:
    """How much to do."""

    times: int
    cases: int
    seconds: int
    calls: int
    queue: tuple[int, ...]


_WHOLE: Final = Size(3, 4000, 10, 600, queue_page.SIZES)
_QUICK: Final = Size(1, 1000, 4, 200, (1_000, 100_000))


def main() -> None:
    """Measure and tell."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--quick", action="store_true", help="one small run of each")
    size = _QUICK if parser.parse_args().quick else _WHOLE
    _say("load before", os.getloadavg())
    with product.running() as running:
        bare = Bare(running)
        told = _saturated(running, bare, size)
        _say("queue", queue := queue_page.measure(running, calls=size.calls, sizes=size.queue))
    _say("admission", full.measure(limit=300, cases=size.cases))
    print(json.dumps(told | {"queue_p99_ms": queue}))


def _saturated(running: Product, bare: Bare, size: Size) -> dict[str, Any]:
    ours, theirs = _product(running), bare.target()
    products, bares = [], []
    _say("warm-up", _cost(run(ours, _job(ours, 500, 0))))
    with bare.running(theirs):
        run(theirs, _job(theirs, 500, 0))
    for n in range(1, size.times + 1):
        products.append(run(ours, _job(ours, size.cases, n)))
        _say("product", _cost(products[-1]))
        with bare.running(theirs):
            bares.append(run(theirs, _job(theirs, size.cases, n)))
        _say("reference", _cost(bares[-1]))
    _say("rows per case", rows.compared(running, bare))
    p50, p99 = _paced(ours, size)
    product_rate, bare_rate = (median(it.rate for it in of) for of in (products, bares))
    return {
        "ratio": round(product_rate / bare_rate, 3),
        "cases_per_s": round(product_rate, 1),
        "p50_ms": p50,
        "p99_ms": p99,
        "cpu_us_per_case": round(median(it.cpu_us for it in products)),
        "rss_mb": round(usage.memory_mb(ours.roots)),
    }


def _paced(target: Target, size: Size) -> tuple[dict[str, float], dict[str, float]]:
    """Return the middle and the 99th percentile of the wait in ms, by rate."""
    p50: dict[str, float] = {}
    p99: dict[str, float] = {}
    for rate in RATES:
        found = []
        for n in range(size.times):
            job = _job(target, max(100, rate * size.seconds), 100 * rate + n)
            cost = run(target, job.model_copy(update={"rate": float(rate)}))
            told = cost.told
            waits = quantiles(told.waits_ms, n=100)
            found.append((waits[49], waits[98]))
            filed = [round(it, 1) for it in quantiles(told.filed_ms, n=100)]
            told_ms = {"wait": _rounded(found[-1]), "filed": [filed[49], filed[98]]}
            _say(f"{rate}/s", told_ms | _cost(cost))
        p50[str(rate)] = round(median(it[0] for it in found), 1)
        p99[str(rate)] = round(median(it[1] for it in found), 1)
    return p50, p99


def _product(running: Product) -> Target:
    running.use()
    made = asyncio.run(_made())
    job = Job(
        host=running.host,
        port=running.port,
        token=made.token,
        units=list(made.units),
        database_url=running.record.database_url,
        cases=0,
    )
    return Target(job, [running.record.supervisor.pid], running.record.nats_url, "CASES")


async def _made() -> town.Town:
    made = await town.make()
    await db.dispose()
    return made


def _job(target: Target, cases: int, seed: int) -> Job:
    return target.job.model_copy(update={"cases": cases, "seed": seed})


def _cost(cost: Cost) -> dict[str, Any]:
    return {
        "cases_per_s": round(cost.rate),
        "filed_per_s": round(cost.told.filed / cost.told.filing_seconds),
        "refused": cost.told.refused,
        "cpu_us": round(cost.cpu_us),
        "of": cost.told_cpu(),
        "load": round(os.getloadavg()[0], 1),
    }


def _rounded(found: tuple[float, float]) -> list[float]:
    return [round(it, 1) for it in found]


def _say(what: str, told: Any) -> None:
    print(f"{what}: {told}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
