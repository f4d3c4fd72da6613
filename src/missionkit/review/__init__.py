"""The engine of the review cycle: pure functions from a model to a new model.

Every act is asked first and done after: `can` says whether and why not, and the act
itself refuses with the same verdict. Nothing half-done ever exists.
"""

from missionkit.review.act import Act
from missionkit.review.approving import Approve, Reaffirm, approve, reaffirm
from missionkit.review.assigning import AssignAction, assign_action
from missionkit.review.deciding import Decide, decide
from missionkit.review.disposing import DisposeAgendaItem, dispose_agenda_item
from missionkit.review.engine import can, fire, perform
from missionkit.review.migrating import Migrate, migrate
from missionkit.review.moving import Fire
from missionkit.review.opening import OpenReview, open_review
from missionkit.review.options import Option, options
from missionkit.review.prove import proof_of, prove
from missionkit.review.setting import Setting, Settings, setting_of
from missionkit.review.state import CycleState, cycle_state
from missionkit.review.submitting import Submit, submit
from missionkit.review.verifying import VerifyAction, verify_action
from missionkit.review.waiving import Waive, waive

__all__ = [
    "Act",
    "Approve",
    "AssignAction",
    "CycleState",
    "Decide",
    "DisposeAgendaItem",
    "Fire",
    "Migrate",
    "OpenReview",
    "Option",
    "Reaffirm",
    "Setting",
    "Settings",
    "Submit",
    "VerifyAction",
    "Waive",
    "approve",
    "assign_action",
    "can",
    "cycle_state",
    "decide",
    "dispose_agenda_item",
    "fire",
    "migrate",
    "open_review",
    "options",
    "perform",
    "proof_of",
    "prove",
    "reaffirm",
    "setting_of",
    "submit",
    "verify_action",
    "waive",
]
