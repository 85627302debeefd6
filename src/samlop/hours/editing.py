"""What a weekly hour must be to be written down, for a group and for a participant alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, time, timedelta
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from samlop.core.errors import Refused
from samlop.core.stale import merged
from samlop.core.time import today
from samlop.hours.models.week import Hour
from samlop.hours.sessions import dates_of
from samlop.hours.vocabulary import Provider, Theme, WeekPattern
from samlop.plan.vocabulary import StepKind

H = TypeVar("H", bound=Hour)
LESSON_MINUTES = 45
LONGEST_YEARS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class HourValues:
    """A weekly hour as it is typed; see ``models.week.Hour``. Both days of the period are included."""

    weekday: int
    starts: time
    ends: time
    provider: str
    content: str
    valid_from: date
    valid_to: date | None = None
    pattern: str = WeekPattern.EVERY
    lessons: int | None = None
    theme: str = ""
    place: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The values by column."""
        return asdict(self)


def check(values: HourValues) -> HourValues:
    """The values, or a refusal at the field that is wrong.

    Refuses ``unknown_value``, ``ends_before_start``, ``too_many_lessons``, ``period_in_disorder`` and ``out_of_range``.
    """
    if not 1 <= values.weekday <= 7:
        raise Refused("unknown_value", _("Velg en ukedag."), "weekday")
    for value, choices, field in (
        (values.provider, Provider.values, "provider"),
        (values.content, StepKind.values, "content"),
        (values.pattern, WeekPattern.values, "pattern"),
    ):
        if value not in choices:
            raise Refused("unknown_value", _("Velg et av valgene i listen."), field)
    if values.theme and (values.theme not in Theme.values or values.content != StepKind.LIFE_SKILLS):
        raise Refused("unknown_value", _("Tema velges bare for livsmestring."), "theme")
    if values.ends <= values.starts:
        raise Refused("ends_before_start", _("Timen må slutte etter at den begynner."), "ends")
    if values.lessons is not None and not 1 <= values.lessons * LESSON_MINUTES <= minutes_of(values):
        text = _("Det er ikke plass til så mange skoletimer. En skoletime er 45 minutter.")
        raise Refused("too_many_lessons", text, "lessons")
    if values.valid_to is not None and values.valid_to < values.valid_from:
        raise Refused("period_in_disorder", _("Siste dag kan ikke være før første dag."), "valid_to")
    check_day(values.valid_from, "valid_from")
    return values


def check_day(day: date, field: str) -> None:
    """A day that can be meant: within some years of today. Refuses ``out_of_range``."""
    if abs((day - today()).days) > LONGEST_YEARS * 366:
        raise Refused("out_of_range", _("Datoen er for langt unna. Se om året er riktig."), field)


def minutes_of(hour: HourValues | Hour) -> int:
    """Minutes from start to end."""
    return (hour.ends.hour - hour.starts.hour) * 60 + hour.ends.minute - hour.starts.minute


def against_seen(slot: Hour, values: HourValues, seen: Mapping[str, Any] | None) -> HourValues:
    """The values to write where a page was opened a while ago: what was changed on it, and the rest as it stands.

    The first day is when the change begins, and never what somebody else has changed. Raises ``ChangedMeanwhile``.
    """
    if seen is None:
        return values
    now = {name: value for name, value in values_of(slot).as_dict().items() if name != "valid_from"}
    wanted = {name: value for name, value in values.as_dict().items() if name in now}
    return HourValues(**merged(wanted, seen, now), valid_from=values.valid_from)


def replace(slot: H, values: HourValues) -> H:
    """Change an hour from the first day of the new values; what has been, stays as it was.

    Returns the hour that holds from then on. Refuses ``already_held`` where that day has no new hour to begin with.
    """
    check(values)
    if values.valid_from <= slot.valid_from:
        if slot.valid_from < today():
            text = _("Timen har allerede begynt. Velg fra hvilken dag endringen skal gjelde, etter %(day)s.")
            raise Refused("already_held", text % {"day": f"{slot.valid_from:%d.%m.%Y}"}, "valid_from")
        _write(slot, values.as_dict())
        return slot
    if slot.valid_to is not None and values.valid_from > slot.valid_to:
        raise Refused("already_held", _("Timen er slutt før den dagen. Legg til en ny time i stedet."), "valid_from")
    fresh = slot.__class__._default_manager.get(pk=slot.pk)
    fresh.pk, fresh._state.adding = type(slot)._meta.pk.get_default(), True
    _write(fresh, values.as_dict())
    _write(slot, {"valid_to": values.valid_from - timedelta(days=1)})
    result: H = fresh
    return result


def stop(slot: Hour, last_day: date) -> bool:
    """End an hour after a day; an hour that then never comes is removed. Returns whether it was removed.

    Refuses ``already_held`` for an hour that has begun and would be taken out of what has been.
    """
    check_day(last_day, "last_day")
    if last_day < slot.valid_from:
        if slot.valid_from <= today():
            text = _("Timen har vært siden %(day)s. Siste dag kan ikke være før det.")
            raise Refused("already_held", text % {"day": f"{slot.valid_from:%d.%m.%Y}"}, "last_day")
        slot.delete()
        return True
    if slot.valid_to is not None and slot.valid_to < last_day:
        raise Refused("already_ended", _("Timen er allerede slutt før den dagen."), "last_day")
    _write(slot, {"valid_to": last_day})
    return False


def check_exception(slot: Hour, day: date, starts: time | None, ends: time | None) -> None:
    """An exception of an hour: a day when it comes, and either both times or none.

    Refuses ``not_that_day``, ``times_missing`` and ``ends_before_start``.
    """
    if day not in dates_of(slot, day, day):
        raise Refused("not_that_day", _("Timen kommer ikke den dagen."), "day")
    if (starts is None) != (ends is None):
        text = _("Skriv både når timen begynner og når den slutter, eller ingen av dem.")
        raise Refused("times_missing", text, "starts")
    if starts is not None and ends is not None and ends <= starts:
        raise Refused("ends_before_start", _("Timen må slutte etter at den begynner."), "ends")


def told(values: HourValues | Hour) -> dict[str, Any]:
    """An hour as the journal remembers it."""
    return {
        "weekday": values.weekday,
        "starts": f"{values.starts:%H.%M}",
        "ends": f"{values.ends:%H.%M}",
        "content": str(values.content),
        "provider": str(values.provider),
        "pattern": str(values.pattern),
        "from": values.valid_from.isoformat(),
        "to": values.valid_to.isoformat() if values.valid_to else "",
    }


def values_of(slot: Hour, **other: Any) -> HourValues:
    """The values of an hour that stands, with some of them changed."""
    names: Iterable[str] = HourValues.__dataclass_fields__
    given: Mapping[str, Any] = {name: getattr(slot, name) for name in names}
    return HourValues(**{**given, **other})


def _write(slot: Any, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(slot, name, value)
    slot.save()
