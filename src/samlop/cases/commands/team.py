"""Who is in the team of a case."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from samlop.access.scope import relations_to
from samlop.access.viewer import Viewer
from samlop.cases.models import Case, TeamMember
from samlop.cases.registration import place_data
from samlop.cases.team import check_place, check_still_reachable, current_places, may_change_place, split
from samlop.cases.vocabulary import TeamFunction
from samlop.core.commands import command, done
from samlop.core.errors import Refused
from samlop.core.gate import Entry
from samlop.core.rights import Permission, Right, Section
from samlop.core.time import today
from samlop.people.models import Unit, User


@command(section=Section.IDENTITY, right=Right.SEE, permission=Permission.MANAGE_TEAM)
def add_place(
    *,
    case: Any,
    unit: Unit,
    user: User | None = None,
    deputy: User | None = None,
    function: str = TeamFunction.OTHER,
    is_editor: bool = False,
    by: Viewer,
) -> TeamMember:
    """Take a unit, and its person if one is named, into the team from today.

    A new main contact or plan editor takes over from the one before. Raises ``Refused``.
    """
    _allow(by, case, unit.pk, takes_over=is_editor or function == TeamFunction.MAIN_CONTACT)
    check_place(case.municipality, unit, user, deputy)
    _refuse_twice(case, unit, user, function)
    entries = _make_room(case, function=function, is_editor=is_editor)
    place = TeamMember.objects.create(
        case=case,
        municipality_id=case.municipality_id,
        unit=unit,
        user=user,
        deputy=deputy,
        function=function,
        is_editor=is_editor,
        valid_from=today(),
    )
    check_still_reachable(case)
    return done(place, Entry(code="team.joined", section=Section.IDENTITY, data=place_data(place)), *entries)


@command(section=Section.IDENTITY, right=Right.SEE, permission=Permission.MANAGE_TEAM)
def change_place(
    *,
    case: Any,
    place: UUID,
    unit: Unit,
    user: User | None,
    deputy: User | None,
    function: str,
    is_editor: bool,
    by: Viewer,
) -> TeamMember:
    """Change a place from today: who holds it, the deputy, what they do. Raises ``Refused``."""
    row = _place(case, place)
    takes_over = (is_editor and not row.is_editor) or (
        function == TeamFunction.MAIN_CONTACT and row.function != TeamFunction.MAIN_CONTACT
    )
    _allow(by, case, row.unit_id, takes_over=takes_over)
    if unit.pk != row.unit_id:
        _allow(by, case, unit.pk, takes_over=takes_over)
    check_place(case.municipality, unit, user, deputy)
    old = place_data(row)
    wanted = {"unit": unit, "user": user, "deputy": deputy, "function": function, "is_editor": is_editor}
    if all(getattr(row, name) == value for name, value in wanted.items()):
        return row
    if row.function == TeamFunction.MAIN_CONTACT != function:
        raise Refused("main_contact_needed", _("Velg først en ny hovedkontakt. Saken må alltid ha én."), "function")
    _refuse_twice(case, unit, user, function, besides=row)
    entries = _make_room(case, function=function, is_editor=is_editor, besides=row)
    changed = split(row, today(), **wanted)
    check_still_reachable(case)
    data = {"old": old, "new": place_data(changed)}
    return done(changed, Entry(code="team.changed", section=Section.IDENTITY, data=data), *entries)


@command(section=Section.IDENTITY, right=Right.SEE, permission=Permission.MANAGE_TEAM)
def end_place(*, case: Any, place: UUID, by: Viewer) -> None:
    """Take a place out of the team; yesterday was its last day. Raises ``Refused`` for the main contact."""
    row = _place(case, place)
    _allow(by, case, row.unit_id, takes_over=row.is_editor)
    if row.function == TeamFunction.MAIN_CONTACT:
        raise Refused("main_contact_needed", _("Velg først en ny hovedkontakt. Saken må alltid ha én."))
    data = place_data(row)
    if row.valid_from >= today():
        row.delete()
    else:
        row.valid_to = today() - timedelta(days=1)
        row.save()
    check_still_reachable(case)
    return done(None, Entry(code="team.left", section=Section.IDENTITY, data=data))


def _allow(by: Viewer, case: Case, unit_id: UUID, *, takes_over: bool) -> None:
    """Raise ``Refused`` unless ``by`` may change a place of the unit; who answers for the case is for its managers."""
    if not case.is_open:
        raise Refused("no_writing_closed", _("Saken er ikke åpen. Saksteamet kan ikke endres."))
    if by.is_system:
        return
    _row, relations = relations_to(by, case.pk)
    rights = {section: by.right(section, held) for section, held in relations.items()}
    manages = rights.get(Section.IDENTITY, Right.NONE) >= Right.MANAGE
    if not manages and (takes_over or not may_change_place(by, rights, unit_id)):
        raise Refused(
            "no_right_identity",
            _("Bare hovedkontakten og lederen kan endre dette i saksteamet. Be en av dem gjøre det."),
        )


def _place(case: Case, key: UUID) -> TeamMember:
    row: TeamMember | None = current_places(case).filter(pk=key).first()
    if row is None:
        raise Refused(
            "changed_meanwhile", _("Noen andre har endret plassen i mellomtiden. Se på saksteamet slik det er nå.")
        )
    return row


def _refuse_twice(case: Case, unit: Unit, user: User | None, function: str, besides: TeamMember | None = None) -> None:
    same = current_places(case).filter(unit=unit, user=user, function=function)
    if same.exclude(pk=besides.pk if besides else None).exists():
        raise Refused("already_in_team", _("Plassen finnes allerede i saksteamet."), "who")


def _make_room(case: Case, *, function: str, is_editor: bool, besides: TeamMember | None = None) -> list[Entry]:
    """The one who was main contact or plan editor until now goes on as an ordinary member."""
    entries = []
    for row in current_places(case).exclude(pk=besides.pk if besides else None):
        changes: dict[str, Any] = {}
        if function == TeamFunction.MAIN_CONTACT == row.function:
            changes["function"] = TeamFunction.OTHER
        if is_editor and row.is_editor:
            changes["is_editor"] = False
        if changes:
            old = place_data(row)
            changed = split(row, today(), **changes)
            data = {"old": old, "new": place_data(changed)}
            entries.append(Entry(code="team.changed", section=Section.IDENTITY, data=data))
    return entries
