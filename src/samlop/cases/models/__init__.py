"""Tables of the room, one file per noun."""

from samlop.cases.models.case import Case, CaseOwned
from samlop.cases.models.duplicates import DuplicateSuspicion
from samlop.cases.models.journal import JournalEntry, JournalHead
from samlop.cases.models.needs import AdaptationNeed, RestrictedNote
from samlop.cases.models.team import TeamMember

__all__ = [
    "AdaptationNeed",
    "Case",
    "CaseOwned",
    "DuplicateSuspicion",
    "JournalEntry",
    "JournalHead",
    "RestrictedNote",
    "TeamMember",
]
