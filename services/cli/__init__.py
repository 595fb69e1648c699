"""The command line: `avvik` with one word for each thing that can be asked."""

import importlib
import sys

import click
from typing_extensions import override  # in typing from 3.12

from infra.faults import CannotStart

# word → the module whose `command` answers it; imported only when asked for, so that a process
# carries nothing that another one needs.
COMMANDS = {
    "demo": "services.cli.demo",
    "up": "services.cli.up",
    "web": "services.cli.web",
    "relay": "services.cli.relay",
    "timer": "services.cli.timer",
    "worker": "services.cli.worker",
    "migrate": "services.cli.migrate",
    "rebuild": "services.cli.rebuild",
    "import": "services.cli.import_reports",
    "export": "services.cli.export",
    "report": "services.cli.report",
    "verify": "services.cli.verify",
    "doctor": "services.cli.doctor",
    "policy": "services.cli.policy",
    "account": "services.cli.account",
    "quarantine": "services.cli.quarantine",
    "erase": "services.cli.erase",
    "keys": "services.cli.keys",
    "classify": "services.cli.classify",
    "evaluate": "services.cli.evaluate",
    "train": "services.cli.train",
}

_CANNOT_START = 2


class _Lazy(click.Group):
    """A group that imports a command when it is called."""

    @override
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    @override
    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(COMMANDS[cmd_name]).command
        if not isinstance(command, click.Command):
            raise TypeError(f"{COMMANDS[cmd_name]}.command is not a command")
        return command


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
def avvik() -> None:
    """Avvikelser, synpunkter och lex Sarah: från rapport till avslutat ärende."""


def main() -> None:
    """Run what the command line asks for; what cannot start says so in one sentence."""
    try:
        avvik(prog_name="avvik")
    except CannotStart as fault:
        _give_up(fault)
    except BaseExceptionGroup as faults:  # as task groups wrap it, in several layers
        inner = _first(faults)
        if inner is None:
            raise
        _give_up(inner)


def _give_up(fault: CannotStart) -> None:
    print(fault, file=sys.stderr)
    sys.exit(_CANNOT_START)


def _first(faults: BaseExceptionGroup[BaseException]) -> CannotStart | None:
    for fault in faults.exceptions:
        if isinstance(fault, CannotStart):
            return fault
        if isinstance(fault, BaseExceptionGroup) and (inner := _first(fault)):
            return inner
    return None
