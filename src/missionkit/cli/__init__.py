"""The command ``missionkit``: one command a file in ``commands``.

Exit status: 0 clean, 1 findings or refused, 2 input or usage, 3 what is stored or
written, 70 our own bug, 130 stopped by the user, 141 nobody reads the output.
"""

from missionkit.cli.guard import main

__all__ = ["main"]
