"""Forms of the work place's link."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from samlop.core.forms import DayField, HouseForm
from samlop.hours.forms.attendance import HoursField
from samlop.hours.work_places import Day


class LinkForm(HouseForm):
    """A new link."""

    work_place = forms.CharField(label=_("Arbeidsplass"), max_length=120)
    contact = forms.CharField(
        label=_("Hvem skal bekrefte timene?"), max_length=120, help_text=_("Navnet på én person.")
    )
    valid_from = DayField(label=_("Første dag"))
    valid_to = DayField(label=_("Siste dag"))


class WeekForm(HouseForm):
    """One week: hours present each day, the planned ones where nothing else is said."""

    def __init__(self, *args: Any, days: Iterable[Day], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.days = list(days)
        for one in self.days:
            said = one.said.present if one.said else one.planned
            label = _now("%(weekday)s %(day)s, planlagt %(starts)s–%(ends)s") % {
                "weekday": WEEKDAYS[one.day.isoweekday()],
                "day": f"{one.day.day}.{one.day.month}.",
                "starts": one.starts,
                "ends": one.ends,
            }
            missing = {"required": _("Fyll ut timene. Skriv 0 når deltakeren ikke kom.")}
            self.fields[f"d{one.day.isoformat()}"] = HoursField(label=label, initial=said, error_messages=missing)

    def present(self) -> dict[date, Decimal]:
        """Hours by day."""
        return {one.day: self.cleaned_data[f"d{one.day.isoformat()}"] for one in self.days}


WEEKDAYS = {
    1: _("Mandag"),
    2: _("Tirsdag"),
    3: _("Onsdag"),
    4: _("Torsdag"),
    5: _("Fredag"),
    6: _("Lørdag"),
    7: _("Søndag"),
}
