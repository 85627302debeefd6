"""The national introduction register (NIR), year by year."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.core.commands import command
from samlop.core.errors import Refused
from samlop.core.organisation import note
from samlop.core.rights import Permission
from samlop.core.time import now, today
from samlop.programme.models import RegisterYear


@command(permission=Permission.REGISTER_CASE)
def note_register_year(*, year: int, checked_on: date, by: Viewer) -> RegisterYear:
    """Note that what stands in NIR for a year has been checked and corrected. Noted anew, the last day stands.

    Raises ``Refused``: ``no_municipality``, ``year_not_over``, ``future_day``.
    """
    if by.municipality is None:
        raise Refused("no_municipality", _("Enheten din hører ikke til en kommune, og har ikke noe oppsett."))
    if checked_on > today():
        raise Refused("future_day", _("Datoen kan ikke være fram i tid."), "checked_on")
    if checked_on.year <= year:
        raise Refused("year_not_over", _("Året kan først være gjennomgått når det er slutt."), "checked_on")
    row, _created = RegisterYear.objects.update_or_create(
        municipality=by.municipality,
        year=year,
        defaults={"checked_on": checked_on, "noted_by_name": by.name, "noted_at": now()},
    )
    note(by, "programme.register_year", {"year": year, "day": checked_on.isoformat()})
    return row
