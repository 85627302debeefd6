"""Tables of the room, one file per noun."""

from samlop.hours.models.attendance import Absence, AbsenceReport, Roll
from samlop.hours.models.calendar import CalendarDay
from samlop.hours.models.week import (
    CalendarLink,
    ClassMember,
    ClassSlot,
    Group,
    OwnException,
    OwnSlot,
    SlotException,
    WeekChoice,
)

__all__ = [
    "Absence",
    "AbsenceReport",
    "CalendarDay",
    "CalendarLink",
    "ClassMember",
    "ClassSlot",
    "Group",
    "OwnException",
    "OwnSlot",
    "Roll",
    "SlotException",
    "WeekChoice",
]
