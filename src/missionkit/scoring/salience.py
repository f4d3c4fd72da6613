"""The classes of stakeholders, by which of three attributes they are seen to have.

After Mitchell, Agle and Wood, Academy of Management Review 22(4), 1997, 853-886.
"""

from collections.abc import Mapping
from enum import StrEnum
from itertools import combinations
from types import MappingProxyType
from typing import Final


class Attribute(StrEnum):
    """What makes a stakeholder count."""

    POWER = "power"
    LEGITIMACY = "legitimacy"
    URGENCY = "urgency"


class SalienceClass(StrEnum):
    """What a stakeholder with some of the attributes is called.

    With one attribute it is latent, with two expectant, with all three definitive.
    """

    NON_STAKEHOLDER = "non-stakeholder"
    DORMANT = "dormant"
    DISCRETIONARY = "discretionary"
    DEMANDING = "demanding"
    DOMINANT = "dominant"
    DANGEROUS = "dangerous"
    DEPENDENT = "dependent"
    DEFINITIVE = "definitive"


_SETS: Final = (
    frozenset(held) for count in range(4) for held in combinations(Attribute, count)
)
CLASSES: Final[Mapping[frozenset[Attribute], SalienceClass]] = MappingProxyType(
    dict(zip(_SETS, SalienceClass, strict=True))
)
"""The class for each set of attributes: none, then each one, each two, and all."""
