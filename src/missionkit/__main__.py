"""``python -m missionkit`` is the command."""

import sys

from missionkit.cli import main

if __name__ == "__main__":
    sys.exit(main())
