"""A workspace: a store, a clock and tokens; models are edited there and looked back at.

ws = Workspace("harbour.db")
with ws.edit("harbour", by="chair", why="Board, 12 March", create=True) as d:
    d.need("A home that is warm in winter")
"""

from missionkit.workspace.desk import now
from missionkit.workspace.listening import Listener
from missionkit.workspace.workspace import Workspace

__all__ = ["Listener", "Workspace", "now"]
