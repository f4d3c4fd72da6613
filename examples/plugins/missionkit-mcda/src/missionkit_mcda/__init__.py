"""AHP, PROMETHEE II and the Borda count as scorers and rankers of missionkit."""

from missionkit_mcda.ahp import DODD, SAATY, Ahp, Priorities, priorities
from missionkit_mcda.borda import Borda, borda
from missionkit_mcda.promethee import Preference, Promethee, net_flows
from missionkit_mcda.rankers import BordaRanker, PrometheeRanker

__all__ = [
    "DODD",
    "SAATY",
    "Ahp",
    "Borda",
    "BordaRanker",
    "Preference",
    "Priorities",
    "Promethee",
    "PrometheeRanker",
    "borda",
    "net_flows",
    "priorities",
]
