"""The commands gathered: every module in ``commands`` is one, every folder several."""

from importlib import import_module, metadata
from pkgutil import iter_modules
from types import ModuleType
from typing import TYPE_CHECKING, Final, cast

from missionkit.cli import commands
from missionkit.cli.status import CLEAN, USAGE
from missionkit.cli.streams import complain
from missionkit.errors import MissingExtraError

if TYPE_CHECKING:
    from cyclopts import App

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
    _gather(app, commands)
    try:
        status = app(given, exit_on_error=False, print_error=False)
    except CycloptsError as error:
        complain(f"{error}\nmissionkit --help lists the commands and their options")
        return USAGE
    return cast("int | None", status) or CLEAN


def _gather(app: "App", folder: ModuleType) -> None:
    """Add the command that each module of a folder is; a folder in it has its own."""
    for found in sorted(iter_modules(folder.__path__), key=lambda each: each.name):
        module = import_module(f"{folder.__name__}.{found.name}")
        name = found.name.replace("_", "-")
        if found.ispkg:
            # Commands in it may have an option of this name themselves.
            inner = type(app)(name=name, help=module.__doc__, version_flags=())
            _gather(inner, module)
            app.command(inner)
        else:
            app.command(module.command, name=name)


def _version() -> str:
    try:
        return metadata.version("missionkit")
    except metadata.PackageNotFoundError:
        return "unknown: missionkit runs from its source"
