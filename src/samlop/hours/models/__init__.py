"""Tables of the room, one file per noun."""

from samlop.hours.models.attendance import Absence, AbsenceChange, AbsenceReport, Roll
from samlop.hours.models.calendar import CalendarDay
from samlop.hours.models.leave import Leave
from samlop.hours.models.terms import AttendanceRules, CareFacts, SelfCertificateLoss
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
from samlop.hours.models.workplace import WorkPlaceDay, WorkPlaceLink

__all__ = [
    "Absence",
    "AbsenceChange",
    "AbsenceReport",
    "AttendanceRules",
    "CalendarDay",
    "CalendarLink",
    "CareFacts",
    "ClassMember",
    "ClassSlot",
    "Group",
    "Leave",
    "OwnException",
    "OwnSlot",
    "Roll",
    "SelfCertificateLoss",
    "SlotException",
    "WeekChoice",
    "WorkPlaceDay",
    "WorkPlaceLink",
]
