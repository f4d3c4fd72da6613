"""The commands gathered: every module in ``commands`` is one."""

from importlib import import_module, metadata
from pkgutil import iter_modules
from typing import Final, cast

from missionkit.cli import commands
from missionkit.cli.status import CLEAN, USAGE
from missionkit.cli.streams import complain
from missionkit.errors import MissingExtraError

_HELP: Final = """Model an organization's mission, check it, and review it.

With --debug, a failure also shows where in the program it came about. Exit status: 0
clean, 1 errors found or refused, 2 input or usage, 3 something could not be written,
70 a bug.
"""

# What a terminal says of its width may be nonsense, and help would never end in it.
_NARROW: Final = 40
_WIDE: Final = 400


def run(given: list[str]) -> int:
    """Run the command that *given* names, and return its exit status."""
    try:
        from cyclopts import App, CycloptsError  # noqa: PLC0415 - of the extra
        from rich.console import Console  # noqa: PLC0415 - of the extra
    except ImportError as error:
        raise MissingExtraError("cli") from error
    app = App(
        name="missionkit",
        help=_HELP,
        version=_version,
        result_action="return_value",
        suppress_keyboard_interrupt=False,
        console=Console(width=min(max(Console().width, _NARROW), _WIDE)),
    )
    for found in sorted(
        iter_modules(commands.__path__), key=lambda module: module.name
    ):
        module = import_module(f"{commands.__name__}.{found.name}")
        app.command(module.command, name=found.name.replace("_", "-"))
    try:
        status = app(given, exit_on_error=False, print_error=False)
    except CycloptsError as error:
        complain(f"{error}\nmissionkit --help lists the commands and their options")
        return USAGE
    return cast("int | None", status) or CLEAN


def _version() -> str:
    try:
        return metadata.version("missionkit")
    except metadata.PackageNotFoundError:
        return "unknown: missionkit runs from its source"
