"""`avvik train`: learn from one's own confirmed cases."""

import sys
from importlib import import_module
from typing import Any

import click

from infra.db import transaction
from infra.faults import CannotStart
from services.classifier.active import active, back_to_shipped
from services.cli.installation import in_installation
from services.training import examples, own_cases


@click.command("train")
@click.option(
    "--back", "go_back", is_flag=True, help="Gå tillbaka till modellen som följde med."
)
def command(*, go_back: bool) -> None:
    """Lär av kommunens egna bekräftade ärenden. Inget lämnar installationen.

    Den nya modellen prövas mot bekräftade ärenden som den inte har lärt av. Är den inte bättre
    används den inte.
    """
    if go_back:
        in_installation("train", _back)
        click.echo("Modellen som följde med används igen.")
        return
    training = _training()

    async def work() -> tuple[str, Any]:
        async with transaction() as session:
            in_use, cases = await active(session), await own_cases.confirmed(session)
        model, judged = training.trained(in_use, list(examples.shipped()), cases)
        if judged.better:
            async with transaction() as session:
                await training.take_into_use(session, model, judged)
        return model.version, judged

    try:
        version, judged = in_installation("train", work)
    except training.TooFew:
        click.echo(
            "Det finns för få bekräftade ärenden att pröva mot. "
            f"Det behövs ungefär {training.NEEDED}.",
            err=True,
        )
        sys.exit(1)
    click.echo(
        f"Lärde av {judged.learned_from} ärenden och prövade mot {judged.held_back} andra: "
        f"{_percent(judged.before)} rätt förut, {_percent(judged.after)} nu."
    )
    if not judged.better:
        click.echo("Den nya modellen är inte bättre och används inte.")
        sys.exit(1)
    click.echo(f"Modellen {version} används från och med nu.")


def _training() -> Any:
    """Import what learns: it takes a second, and packages that nothing else here needs."""
    try:
        return import_module("services.training.train")
    except ImportError as error:
        raise CannotStart(
            "Träning behöver fler paket: pip install --require-hashes -r requirements/train.txt"
        ) from error


async def _back() -> None:
    async with transaction() as session:
        await back_to_shipped(session)


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %".replace(".", ",")
