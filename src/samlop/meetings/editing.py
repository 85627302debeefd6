"""What the commands of the room share: finding the meeting, who may write, and the words that were typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.cases.models import Case, TeamMember
from samlop.cooperation.models import TalkKind
from samlop.cooperation.queries import Settings, arrangement_of, units_in
from samlop.cooperation.rules import meets
from samlop.core.errors import Refused, not_found
from samlop.core.gate import Entry, gate
from samlop.core.rights import Right, Section
from samlop.core.time import today
from samlop.meetings.invites import Invited
from samlop.meetings.models import Action, Attendee, Meeting, MeetingStatus
from samlop.people.models import Unit
from samlop.people.vocabulary import UnitKind

SECTIONS = (Section.PLAN, Section.NORWEGIAN, Section.WORK, Section.HOURS, Section.NEEDS)
"""The sections a meeting can be about; the plan unless a team meeting is about something narrower."""


def require_staff(by: Viewer) -> None:
    """Meetings are called and written by those who help; the participant takes part and reads."""
    if by.is_participant:
        raise Refused("no_participant", _("Du kan lese om møtene dine. De som hjelper deg, kaller inn og skriver."))


def require_section(case: Case, by: Viewer, section: Section | str) -> None:
    """Raise ``Refused`` unless ``by`` may write in the section that a meeting is about."""
    if section != Section.PLAN:
        gate().authorise(by, case, Section(section), Right.CONTRIBUTE)


def find_meeting(case: Case, meeting_id: UUID, by: Viewer, *, planned: bool = False) -> Meeting:
    """A meeting of the (locked) case that ``by`` may write in. With ``planned`` it must not be closed or cancelled."""
    require_staff(by)
    meeting: Meeting | None = Meeting.objects.filter(case=case, pk=meeting_id).first()
    if meeting is None:
        raise not_found()
    require_section(case, by, meeting.section)
    if planned and meeting.status == MeetingStatus.CLOSED:
        raise Refused("meeting_closed", _("Møtet er lukket. Skriv et tillegg til referatet om noe mangler."))
    if planned and meeting.status == MeetingStatus.CANCELLED:
        raise Refused("meeting_cancelled", _("Møtet er avlyst. Planlegg et nytt møte."))
    return meeting


def find_action(case: Case, action_id: UUID, by: Viewer) -> Action:
    """An action of the (locked) case that ``by`` may change: staff all, the participant their own."""
    action: Action | None = Action.objects.filter(case=case, pk=action_id).select_related("meeting").first()
    if action is None:
        raise not_found()
    if by.is_participant:
        if not action.by_participant:
            raise Refused("no_own_action", _("Du kan bare krysse av dine egne oppgaver."))
        return action
    require_section(case, by, action.meeting.section)
    return action


def entry(code: str, meeting: Meeting, **data: Any) -> Entry:
    """A journal entry about a meeting, seen by those who see the meeting."""
    values = {"meeting": meeting.pk, "kind": meeting.kind, "number": meeting.number} | data
    return Entry(code=f"meetings.{code}", section=Section(meeting.section), data=values)


def words(text: str, limit: int, field: str, *, missing: str = "", code: str = "missing_text") -> str:
    """Trimmed text; refuses what is too long and, where ``missing`` says what to write, what is empty."""
    text = text.strip()
    if not text and missing:
        raise Refused(code, missing, field)
    if len(text) > limit:
        raise Refused("too_long", _("Teksten er for lang. Skriv høyst %(limit)s tegn.") % {"limit": limit}, field)
    return text


def renumber(case: Case) -> None:
    """Count the plan talks of a case from 1 in the order they are held; cancelled ones do not count."""
    talks = Meeting.objects.filter(case=case, kind=TalkKind.PLAN_TALK).exclude(status=MeetingStatus.CANCELLED)
    for number, talk in enumerate(talks.order_by("starts_at", "pk"), start=1):
        if talk.number != number:
            Meeting.objects.filter(pk=talk.pk).update(number=number)
    Meeting.objects.filter(case=case, status=MeetingStatus.CANCELLED, number__isnull=False).update(number=None)


def write_invited(case: Case, meeting: Meeting, invited: Sequence[Invited], interpreter_language: str) -> None:
    """Make the list of invited what it should be; who stays keeps whether they attended.

    Refuses nobody at all, and a person who is not in the team of the case or a unit that does not work in the
    municipality: an invitation tells that there is a case.
    """
    if not invited:
        raise Refused("nobody_invited", _("Velg hvem som skal være med."), "invited")
    settings = arrangement_of(case.municipality_id)
    wanted = {one.key: one for one in invited}
    here = {_key(row): row for row in meeting.attendees.select_related("unit")}
    for key, row in here.items():
        if key not in wanted and not row.is_interpreter:
            row.delete()
    for key, one in wanted.items():
        row = here.get(key) or Attendee(case=case, municipality_id=case.municipality_id, meeting=meeting)
        # Somebody who has left the team since stays on the list they were on.
        row.unit = row.unit if key in here else _unit(case, one)
        row.user_id, row.is_participant = one.user_id, one.is_participant
        row.required_by = _required_by(settings, meeting, row.unit)
        row.save()
    _write_interpreter(case, meeting, interpreter_language)


def invited_keys(meeting: Meeting) -> list[str]:
    """Those who are invited, as the boxes on the form name them; the interpreter is not among them."""
    return [_key(row) for row in meeting.attendees.filter(is_interpreter=False)]


def _key(row: Attendee) -> str:
    return Invited(row.is_participant, row.unit_id, row.user_id).key


def _unit(case: Case, one: Invited) -> Unit | None:
    if one.is_participant:
        return None
    places = [place for place in team_of(case) if place.unit_id == one.unit_id]
    if one.user_id is not None:
        found = next((place for place in places if one.user_id in (place.user_id, place.deputy_id)), None)
        if found is None:
            raise Refused("not_in_team", _("Du kan bare velge personer som er i saksteamet."), "invited")
        return found.unit
    if places:
        return places[0].unit
    unit = next((unit for unit in units_in(case.municipality_id) if unit.pk == one.unit_id), None)
    if unit is None:
        raise Refused("not_in_team", _("Enheten arbeider ikke i kommunen. Velg en enhet fra listen."), "invited")
    return unit


def team_of(case: Case) -> list[TeamMember]:
    """The places in the team today, the editor and the main contact first."""
    day = today()
    rows = TeamMember.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=day), case=case, valid_from__lte=day
    ).select_related("unit", "user", "deputy")
    return sorted(rows, key=lambda place: (not place.is_editor, place.function != "main_contact", place.unit.name))


def _required_by(settings: Settings, meeting: Meeting, unit: Unit | None) -> str:
    if unit is None:
        return ""
    reasons = [
        one.reason
        for one in settings.required(meeting.kind, meeting.number)
        if meets(one.unit_kind, UnitKind(unit.kind))
    ]
    return "; ".join(reasons)[:200]


def _write_interpreter(case: Case, meeting: Meeting, language: str) -> None:
    row = meeting.attendees.filter(is_interpreter=True).first()
    if language and row is None:
        Attendee.objects.create(case=case, municipality_id=case.municipality_id, meeting=meeting, is_interpreter=True)
    elif not language and row is not None:
        row.delete()
    meeting.interpreter_language = language[:8]


def next_order(meeting: Meeting) -> int:
    """The number after the last point on the agenda."""
    last = meeting.agenda.order_by("-order").values_list("order", flat=True).first()
    return (last or 0) + 1


def who_is_responsible(case: Case, responsible: str) -> dict[str, Any]:
    """The fields of an action for a responsible as the form says it: «participant», «person:…:…», «unit:…» or nothing.

    Refuses somebody who is not in the team.
    """
    nobody: dict[str, Any] = {"by_participant": False, "unit": None, "user_id": None}
    if not responsible:
        return nobody
    one = invited_of(responsible)
    if one.is_participant:
        return nobody | {"by_participant": True}
    return nobody | {"unit": _unit(case, one), "user_id": one.user_id}


def invited_of(key: str) -> Invited:
    """The invited that a box on the form stands for. Refuses what is not understood."""
    parts = key.split(":")
    try:
        match parts:
            case ["participant"]:
                return Invited(is_participant=True)
            case ["person", user, unit]:
                return Invited(unit_id=UUID(unit), user_id=UUID(user))
            case ["unit", unit]:
                return Invited(unit_id=UUID(unit))
    except ValueError:
        pass
    raise Refused("unknown_person", _("Velg noen fra listen."), "invited")
