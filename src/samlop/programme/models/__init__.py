"""Tables of the room, one file per noun."""

from samlop.programme.models.complaint import Complaint, Outcome, Reconsideration
from samlop.programme.models.course import Course, EndGoal, EndReason, NavNeed
from samlop.programme.models.decision import Decision, DecisionStatus, HandedOver, LetterLanguage
from samlop.programme.models.delegation import SigningDelegation
from samlop.programme.models.facts import CourseFacts, EducationLevel
from samlop.programme.models.register import RegisterYear

__all__ = [
    "Complaint",
    "Course",
    "CourseFacts",
    "Decision",
    "DecisionStatus",
    "EducationLevel",
    "EndGoal",
    "EndReason",
    "HandedOver",
    "LetterLanguage",
    "NavNeed",
    "Outcome",
    "Reconsideration",
    "RegisterYear",
    "SigningDelegation",
]
