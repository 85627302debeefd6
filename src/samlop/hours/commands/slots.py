"""A participant's own hours: add, change, stop, one day that differs, copy a whole week, and what full time is."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, time
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.cases.models import Case
from samlop.cooperation.arrangements import units_in
from samlop.core.commands import command, done
from samlop.core.errors import Refused, not_found
from samlop.core.gate import Entry
from samlop.core.periods import in_force
from samlop.core.rights import Permission, Right, Section
from samlop.core.stale import merged
from samlop.core.time import today
from samlop.hours import editing, stood
from samlop.hours.editing import HourValues, told
from samlop.hours.models import OwnException, OwnSlot, WeekChoice
from samlop.people.models import Unit
from samlop.plan.models import Step

LONGEST_WHY = 300


def _slot(case: Case, slot_id: UUID) -> OwnSlot:
    slot: OwnSlot | None = OwnSlot.objects.filter(case=case, pk=slot_id).first()
    if slot is None:
        raise not_found()
    return slot


def _unit(case: Case, unit_id: UUID | None) -> Unit | None:
    if unit_id is None:
        return None
    unit = next((one for one in units_in(case.municipality_id) if one.pk == unit_id), None)
    if unit is None:
        raise Refused("unknown_value", _("Velg en enhet i kommunen."), "unit")
    return unit


def _step(case: Case, step_id: UUID | None) -> Step | None:
    if step_id is None:
        return None
    step: Step | None = Step.objects.filter(case=case, pk=step_id, removed_at__isnull=True).first()
    if step is None:
        raise Refused("unknown_value", _("Tiltaket står ikke i planen lenger."), "step")
    return step


@command(section=Section.HOURS, right=Right.CONTRIBUTE, permission=Permission.PLAN_CLASSES)
def add_slot(
    *,
    case: Case,
    values: HourValues,
    weekdays: Collection[int] = (),
    step_id: UUID | None = None,
    unit_id: UUID | None = None,
    by: Viewer,
) -> OwnSlot:
    """Give a participant a weekly hour, on each of ``weekdays`` where several are given. Returns the first.

    Raises ``Refused``: those of ``editing.check``, and ``unknown_value`` for a step or unit that is not there.
    """
    step, unit = _step(case, step_id), _unit(case, unit_id)
    made = []
    for weekday in sorted(set(weekdays)) or [values.weekday]:
        one = editing.check(HourValues(**{**values.as_dict(), "weekday": weekday}))
        made.append(
            OwnSlot.objects.create(
                case=case, municipality_id=case.municipality_id, step=step, unit=unit, **one.as_dict()
            )
        )
    return done(made[0], *(Entry(code="hours.slot_added", section=Section.HOURS, data=told(one)) for one in made))


@command(section=Section.HOURS, right=Right.CONTRIBUTE, permission=Permission.PLAN_CLASSES)
def change_slot(
    *,
    case: Case,
    slot_id: UUID,
    values: HourValues,
    unit_id: UUID | None = None,
    seen: Mapping[str, Any] | None = None,
    by: Viewer,
) -> OwnSlot:
    """Change an own hour from the first day of the new values; the days before stay as they were.

    ``seen`` is what the page showed of it: only what was changed against that is written. Raises ``ChangedMeanwhile``.
    """
    slot = _slot(case, slot_id)
    before = told(slot)
    values = editing.against_seen(slot, values, seen)
    unit_id = _against_seen(slot, unit_id, seen)
    slot.unit = _unit(case, unit_id)
    now = editing.replace(slot, values)
    if now.unit_id != unit_id:
        now.unit_id = unit_id
        now.save()
    return done(now, Entry(code="hours.slot_changed", section=Section.HOURS, data={**told(now), "before": before}))


def _against_seen(slot: OwnSlot, unit_id: UUID | None, seen: Mapping[str, Any] | None) -> UUID | None:
    """The unit to write: as chosen where it was changed on the page, else as it stands."""
    wanted, now = ({"unit": str(one) if one else ""} for one in (unit_id, slot.unit_id))
    found = merged(wanted, seen, now)["unit"]
    return UUID(found) if found else None


@command(section=Section.HOURS, right=Right.CONTRIBUTE, permission=Permission.PLAN_CLASSES)
def stop_slot(*, case: Case, slot_id: UUID, last_day: date, seen: str | None = None, by: Viewer) -> OwnSlot | None:
    """End an own hour after a day; one that has not begun and then never comes is removed.

    ``seen`` is what the page carried of its last day (``hours.stood``).
    """
    slot = _slot(case, slot_id)
    stood.check_last_day(slot.valid_to, last_day, seen)
    data = {**told(slot), "last_day": last_day.isoformat()}
    removed = editing.stop(slot, last_day)
    return done(None if removed else slot, Entry(code="hours.slot_stopped", section=Section.HOURS, data=data))


@command(section=Section.HOURS, right=Right.CONTRIBUTE, permission=Permission.PLAN_CLASSES)
def except_slot(
    *,
    case: Case,
    slot_id: UUID,
    day: date,
    starts: time | None = None,
    ends: time | None = None,
    note: str = "",
    seen: str | None = None,
    by: Viewer,
) -> OwnException:
    """Call an own hour off on one day, or move it to another time that day; a second change replaces the first.

    ``seen`` is what the page carried of the days that differ (``hours.stood``).
    """
    slot = _slot(case, slot_id)
    editing.check_exception(slot, day, starts, ends)
    values = {"starts": starts, "ends": ends, "note": note.strip()[:200]}
    stood.check_exception(list(slot.exceptions.order_by("day")), day, (starts, ends, note.strip()[:200]), seen)
    row, __ = OwnException.objects.update_or_create(
        slot=slot, day=day, defaults=values, create_defaults={**values, "case": case, "municipality": case.municipality}
    )
    data = {**told(slot), "day": day.isoformat(), "new_starts": f"{starts:%H.%M}" if starts else ""}
    data["new_ends"] = f"{ends:%H.%M}" if ends else ""
    return done(row, Entry(code="hours.slot_excepted", section=Section.HOURS, data=data))


@command(section=Section.HOURS, right=Right.CONTRIBUTE, permission=Permission.PLAN_CLASSES)
def drop_slot_exception(*, case: Case, slot_id: UUID, day: date, by: Viewer) -> None:
    """Let an own hour come as usual again on a day."""
    slot = _slot(case, slot_id)
    removed, __ = OwnException.objects.filter(slot=slot, day=day).delete()
    if not removed:
        return done(None)
    data = {**told(slot), "day": day.isoformat()}
    return done(None, Entry(code="hours.slot_as_usual", section=Section.HOURS, data=data))


@command(section=Section.HOURS, right=Right.CONTRIBUTE, permission=Permission.PLAN_CLASSES)
def copy_week(*, case: Case, source: UUID, on: date, first_day: date, last_day: date | None = None, by: Viewer) -> int:
    """Copy own hours that hold on a day, from another participant or from this one, to a new period.

    Steps of the plan are not copied from another participant, whose plan they stand in, and neither are places.
    An hour the participant already has at that time in the period is left out. Returns how many hours were copied.
    Refuses ``nothing_to_copy``, ``period_in_disorder`` and ``not_found`` for a participant the viewer may not see.
    """
    editing.check_day(first_day, "first_day")
    if last_day is not None and last_day < first_day:
        raise Refused("period_in_disorder", _("Siste dag kan ikke være før første dag."), "last_day")
    holding = by.scope(OwnSlot).filter(in_force(on), case_id=source)
    rows: list[OwnSlot] = list(holding)
    if not rows:
        text = _("Deltakeren har ingen egne timer den uka. Velg en annen uke eller en annen deltaker.")
        raise Refused("nothing_to_copy", text, "source")
    same = source == case.pk
    made = []
    for row in rows:
        values = editing.values_of(row, valid_from=first_day, valid_to=last_day, place=row.place if same else "")
        if _has_already(case, values):
            continue
        made.append(
            OwnSlot.objects.create(
                case=case,
                municipality_id=case.municipality_id,
                unit_id=row.unit_id,
                step_id=row.step_id if same else None,
                **editing.check(values).as_dict(),
            )
        )
    if not made:
        text = _("Alle timene finnes fra før i den perioden. Ingenting er kopiert.")
        raise Refused("nothing_to_copy", text, "first_day")
    data = {"number": len(made), "from": first_day.isoformat(), "to": last_day.isoformat() if last_day else ""}
    return done(len(made), Entry(code="hours.week_copied", section=Section.HOURS, data=data))


def _has_already(case: Case, values: HourValues) -> bool:
    rows = OwnSlot.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=values.valid_from),
        case=case,
        weekday=values.weekday,
        starts=values.starts,
        pattern__in=(values.pattern, "every"),
    )
    return bool((rows.filter(valid_from__lte=values.valid_to) if values.valid_to else rows).exists())


@command(section=Section.HOURS, right=Right.CONTRIBUTE, permission=Permission.PLAN_CLASSES)
def choose_full_time(
    *,
    case: Case,
    own_activity_from: date | None,
    why: str,
    seen: Mapping[str, Any] | None = None,
    by: Viewer,
) -> WeekChoice:
    """Say from which day 30 hours are full time because the programme asks for much own activity; none takes it back.

    A judgement (integreringsloven §§ 13–14), so it needs a reason. Refuses ``missing_reason`` and ``out_of_range``.
    ``seen`` is what the page showed; raises ``ChangedMeanwhile`` where somebody else has chosen something else since.
    """
    own_activity_from, why = _choice_against_seen(case, own_activity_from, why.strip(), seen)
    if own_activity_from is not None:
        editing.check_day(own_activity_from, "own_activity_from")
        if not why:
            text = _("Skriv hva deltakeren må gjøre utenom timene, som gjør at 30 timer er full tid.")
            raise Refused("missing_reason", text, "why")
    values = {
        "own_activity_from": own_activity_from,
        "own_activity_why": why[:LONGEST_WHY] if own_activity_from else "",
        "decided_by_id": by.user_id,
        "decided_on": today(),
    }
    with transaction.atomic():
        row, __ = WeekChoice.objects.update_or_create(
            case=case, defaults=values, create_defaults={**values, "municipality": case.municipality}
        )
    data = {"from": own_activity_from.isoformat() if own_activity_from else "", "why": why}
    return done(row, Entry(code="hours.full_time_chosen", section=Section.HOURS, data=data))


def _choice_against_seen(
    case: Case, own_activity_from: date | None, why: str, seen: Mapping[str, Any] | None
) -> tuple[date | None, str]:
    row = WeekChoice.objects.filter(case=case).first()
    now = {
        "own_activity_from": row.own_activity_from if row else None,
        "why": row.own_activity_why if row else "",
    }
    both = merged({"own_activity_from": own_activity_from, "why": why}, seen, now)
    return both["own_activity_from"], both["why"]
