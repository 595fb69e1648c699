"""`avvik doctor`: what is wrong with this installation, in plain words."""

import sys

import click

from services.cli.installation import in_installation
from services.doctor import Finding, examine


@click.command("doctor")
def command() -> None:
    """Undersök installationen och säg i klartext vad som är fel."""
    findings: list[Finding] = in_installation("doctor", examine)
    for finding in findings:
        click.echo(f"{finding.mark:<8}{finding.says} {finding.hint}".rstrip())
    if any(finding.mark == "FEL" for finding in findings):
        sys.exit(1)
