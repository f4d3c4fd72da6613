"""AHP, PROMETHEE II and the Borda count as scorers of missionkit."""

from missionkit_mcda.ahp import DODD, SAATY, Ahp, Priorities, priorities
from missionkit_mcda.borda import Borda, borda
from missionkit_mcda.promethee import Preference, Promethee, net_flows

__all__ = [
    "DODD",
    "SAATY",
    "Ahp",
    "Borda",
    "Preference",
    "Priorities",
    "Promethee",
    "borda",
    "net_flows",
    "priorities",
]
