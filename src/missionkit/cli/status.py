"""How the command ends: its exit statuses."""

from typing import Final

CLEAN: Final = 0
FINDINGS: Final = 1
USAGE: Final = 2
STORED: Final = 3
BUG: Final = 70
STOPPED: Final = 130
UNREAD: Final = 141
