"""The words that access is spoken in: the sections of a case and the four rights.

Only the words are here, so that every room can declare what it holds. Who has which right is decided in one place,
the room ``access``.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Section(StrEnum):
    """The piece of a case that access is given to (design: «del av saken»)."""

    IDENTITY = "identity"
    PROGRAMME = "programme"
    PLAN = "plan"
    MAPPING = "mapping"
    NORWEGIAN = "norwegian"
    WORK = "work"
    HOURS = "hours"
    ECONOMY = "economy"
    NEEDS = "needs"
    RESTRICTED = "restricted"


class Right(IntEnum):
    """What may be done with a section; each includes those before it."""

    NONE = 0
    SEE = 1
    CONTRIBUTE = 2
    MANAGE = 3


class Permission(StrEnum):
    """What a role may do that is not about one case."""

    REGISTER_CASE = "register_case"
    IMPORT_CASES = "import_cases"
    EXPORT_LIST = "export_list"
    MANAGE_TEAM = "manage_team"
    MANAGE_UNITS = "manage_units"
    CONFIGURE = "configure"
    REQUEST_OVERRIDE = "request_override"
    SEE_CONTROL_LIST = "see_control_list"
    SEE_EFFORT_REPORT = "see_effort_report"
    SEE_COUNTY_REPORT = "see_county_report"
    PLAN_CLASSES = "plan_classes"
    PREPARE_BENEFIT = "prepare_benefit"
    APPROVE_BENEFIT = "approve_benefit"
    OPERATE = "operate"
