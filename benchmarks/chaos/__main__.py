"""`python -m benchmarks.chaos`: torment the product; the last line is one JSON object."""

import asyncio
import json
import secrets
import sys
from pathlib import Path

import click

from benchmarks.chaos.plan import Plan
from benchmarks.chaos.run import run


@click.command()
@click.option("--kills", default=Plan().kills, show_default=True, help="At least so many.")
@click.option("--reports", default=Plan().reports, show_default=True, help="Acknowledged.")
@click.option("--seconds", default=Plan().seconds, show_default=True, help="To reach both.")
@click.option("--seed", type=int, help="Repeats the dice of an earlier run.")
@click.option("--log", type=click.Path(path_type=Path), help="Keep the product's log there.")
def main(kills: int, reports: int, seconds: float, seed: int | None, log: Path | None) -> None:
    """Kill processes at random while reports come in, and look for what is missing."""
    chosen = secrets.randbelow(1_000_000) if seed is None else seed
    print(f"seed {chosen}", file=sys.stderr)
    plan = Plan(kills=kills, reports=reports, seconds=seconds, seed=chosen, log=log)
    outcome = asyncio.run(run(plan))
    print(json.dumps(outcome.line()))
    sys.exit(0 if outcome.found.well else 1)


if __name__ == "__main__":
    main()
