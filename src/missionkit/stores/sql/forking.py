"""A process that is forked leaves the connections of its parent alone.

Both would send on the same line. They are never used there, and never closed.
"""

import os
from typing import Final
from weakref import WeakSet

from sqlalchemy import Engine, Pool, QueuePool

_ENGINES: Final[WeakSet[Engine]] = WeakSet()
_LEFT: Final[list[Pool]] = []


def left_by_children(engine: Engine) -> None:
    """Have processes that are forked connect anew when they use an engine."""
    _ENGINES.add(engine)


def after_fork_in_child() -> None:
    """Give each engine an empty pool."""
    for engine in list(_ENGINES):
        # Other pools keep nothing, or a database in memory that is the child's own.
        if isinstance(engine.pool, QueuePool):
            _LEFT.append(engine.pool)
            engine.dispose(close=False)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=after_fork_in_child)
