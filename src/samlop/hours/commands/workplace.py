"""A work place's link: made, revoked; and what the work place says of a week."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.cases.models import Case
from samlop.core.commands import command, done
from samlop.core.errors import Refused, not_found
from samlop.core.gate import Entry, gate
from samlop.core.rights import Right, Section
from samlop.core.time import now, today
from samlop.hours.merging import Told, take_back, tell
from samlop.hours.models import Absence, WorkPlaceDay, WorkPlaceLink
from samlop.hours.vocabulary import Reporter
from samlop.hours.work_places import Day, hashed, link_of, other_hours, weeks_of
from samlop.people.numbers import refuse_number_in

LONGEST = timedelta(days=366)


@command(section=Section.HOURS, right=Right.CONTRIBUTE)
def make_link(
    *, case: Case, token: str, work_place: str, contact: str, valid_from: date, valid_to: date, by: Viewer
) -> WorkPlaceLink:
    """Give one person at a work place a link to the practice hours, for a period. Only its hash is kept.

    Never for somebody with a protected address: the link names them and where they are.
    """
    if by.is_participant:
        raise Refused("no_own_link", _("Det er kommunen som gir arbeidsplassen en lenke."))
    if case.person.is_protected:
        raise Refused(
            "protected", _("Deltakeren har adressebeskyttelse. Avtal med arbeidsplassen hvordan timene bekreftes.")
        )
    work_place, contact = " ".join(work_place.split()), " ".join(contact.split())
    for text, field in ((work_place, "work_place"), (contact, "contact")):
        if not text or len(text) > 120:
            raise Refused("missing_text", _("Skriv navnet, høyst 120 tegn."), field)
        refuse_number_in(text, field)
    if valid_to < valid_from:
        raise Refused("end_before_start", _("Siste dag kan ikke komme før første dag."), "valid_to")
    if valid_to < today() or valid_to - valid_from > LONGEST:
        raise Refused("wrong_period", _("Lenken kan vare til høyst ett år etter at den begynner."), "valid_to")
    if len(token) < 32:
        raise Refused("weak_token", _("Lenken kunne ikke lages. Prøv igjen."))
    link = WorkPlaceLink.objects.create(
        case=case,
        token_hash=hashed(token),
        work_place=work_place,
        contact=contact,
        valid_from=valid_from,
        valid_to=valid_to,
        made_at=now(),
        made_by=by.user,
    )
    return done(link, _entry("link.made", link, first=valid_from, last=valid_to))


@command(section=Section.HOURS, right=Right.CONTRIBUTE)
def revoke_link(*, case: Case, link_id: UUID, by: Viewer) -> WorkPlaceLink:
    """The link stops working at once. What it has said stands."""
    if by.is_participant:
        raise Refused("no_own_link", _("Det er kommunen som gir arbeidsplassen en lenke."))
    link: WorkPlaceLink | None = WorkPlaceLink.objects.filter(case=case, pk=link_id).first()
    if link is None:
        raise not_found()
    if link.revoked_at is not None:
        return link
    link.revoked_at, link.revoked_by = now(), by.user
    link.save()
    return done(link, _entry("link.revoked", link))


@command(why_open="whoever holds the secret of a link that is in force; checked here, and limited in the view")
def say_week(*, token: str, monday: date, present: Mapping[date, Decimal], by: Viewer) -> WorkPlaceLink:
    """The work place says how many hours the participant was there, day by day of one week.

    Fewer hours than planned is an absence told by the work place, beside what others tell; a person settles the
    reason. Said anew, the earlier word is taken back. Only days with planned practice inside the link's period.
    """
    link = link_of(token)
    if link is None:
        raise not_found()
    case = gate().lock(link.case_id)
    days = [one for week in weeks_of(link, monday, monday + timedelta(days=6)) for one in week.open_days]
    known = {one.day: one for one in days}
    if not present or set(present) - set(known):
        raise Refused("unknown_day", _("Noen av dagene er ikke praksisdager. Last siden på nytt."))
    entries: list[Entry] = []
    for day, hours in sorted(present.items()):
        if not 0 <= hours <= known[day].planned:
            text = _("Skriv timer mellom 0 og %(planned)s.") % {"planned": f"{known[day].planned.normalize():f}"}
            raise Refused("wrong_hours", text, f"d{day.isoformat()}")
        entries += _say(case, link, known[day], hours, by)
    WorkPlaceLink.objects.filter(pk=link.pk).update(last_used_at=now())
    told = _entry(
        "work_place.confirmed",
        link,
        first=monday,
        present=str(sum(present.values(), Decimal(0))),
        planned=str(sum((known[day].planned for day in present), Decimal(0))),
    )
    told.case = case
    return done(link, told, *entries)


def _say(case: Case, link: WorkPlaceLink, day: Day, hours: Decimal, by: Viewer) -> list[Entry]:
    """One day: kept with its source; an absence where hours are missing."""
    earlier = day.said
    if earlier is not None and earlier.present == hours:
        return []
    who = f"{link.contact}, {link.work_place}"
    WorkPlaceDay.objects.update_or_create(
        link=link,
        day=day.day,
        defaults={
            "case_id": case.pk,
            "municipality_id": case.municipality_id,
            "planned": day.planned,
            "present": hours,
            "said_at": now(),
            "said_by": who,
        },
    )
    entries: list[Entry] = []
    if earlier is not None and earlier.present < earlier.planned:
        for absence in Absence.objects.filter(
            case=case, withdrawn_at__isnull=True, first_day__lte=day.day, last_day__gte=day.day
        ):
            told_so = absence.reports.filter(reporter=Reporter.WORK_PLACE, withdrawn_at__isnull=True)
            if told_so.filter(first_day=day.day, last_day=day.day).exists():
                why = _("Arbeidsplassen har rettet timene")
                entries += take_back(absence, Reporter.WORK_PLACE, by, why, only=day.day)
    if hours < day.planned:
        whole = hours == 0 and not other_hours(case.pk, day.day)
        missing = None if whole else day.planned - hours
        _absence, told = tell(case, Told(day.day, day.day, missing, "", Reporter.WORK_PLACE, name=who), by)
        entries += told
    for one in entries:
        one.case = case
    return entries


def _entry(code: str, link: WorkPlaceLink, **data: object) -> Entry:
    return Entry(code=f"hours.{code}", section=Section.HOURS, data={"work_place": link.work_place, **data})
