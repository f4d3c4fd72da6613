"""What to do where a fault cannot be made here."""

import os
from typing import NoReturn

import pytest


def lacking(reason: str) -> NoReturn:
    """Skip with the reason; fail where a run that is to judge has all rights."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    if root and os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
