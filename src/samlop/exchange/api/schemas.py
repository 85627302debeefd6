"""The shapes the API speaks in. Dates are ISO 8601; what the caller may not see is not there."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Field, Schema


class Me(Schema):
    """Who is calling, and in which role."""

    name: str
    role: str
    unit: str | None
    municipality: str | None
    permissions: list[str]


class CaseLine(Schema):
    """A case in the list."""

    id: UUID
    name: str
    status: str
    settled_on: date | None
    owner_unit: str


class Cases(Schema):
    """One page of cases, in Norwegian order of names; ``count`` is all that the caller may see."""

    count: int
    items: list[CaseLine]


class CaseDetails(CaseLine):
    """A case with the caller's right on each section (none, see, contribute, manage)."""

    municipality: str
    rights: dict[str, str]


class Entry(Schema):
    """A journal entry; ``sentence`` is bokmål and tells what was done, without the name."""

    seq: int
    at: datetime
    happened_on: date
    code: str
    section: str
    who: str
    unit: str
    sentence: str
    effort: str
    minutes: int | None
    corrects: int | None


class NewContribution(Schema):
    """A contribution to the living plan, shared at once."""

    model_config = {"extra": "forbid"}
    text: str = Field(..., max_length=10_000)
    once: UUID | None = None


class NewEffort(Schema):
    """An effort for one or many participants, all or nothing; minutes per participant are optional."""

    model_config = {"extra": "forbid"}
    cases: list[UUID]
    kind: str
    happened_on: date | None = None
    minutes: int | None = None
    once: UUID | None = None


class Made(Schema):
    """The key of what was made."""

    id: UUID


class Counted(Schema):
    """How many participants it was registered for."""

    count: int


class Refusal(Schema):
    """Why not: a stable code, the field it is about, and bokmål for people."""

    error: str
    field: str | None
    message: str


class Plan(Schema):
    """The plan as it stands now, as plain values: the same that a version keeps."""

    revision: int
    version: int | None
    content: dict[str, Any]
