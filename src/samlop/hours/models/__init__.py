"""Tables of the room, one file per noun."""

from samlop.hours.models.attendance import Absence, AbsenceReport, Roll
from samlop.hours.models.calendar import CalendarDay
from samlop.hours.models.week import ClassMember, ClassSlot, Group, OwnSlot, SlotException

__all__ = [
    "Absence",
    "AbsenceReport",
    "CalendarDay",
    "ClassMember",
    "ClassSlot",
    "Group",
    "OwnSlot",
    "Roll",
    "SlotException",
]
