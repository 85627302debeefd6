"""Forms of the week, the groups and the year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samlop.cases.models import Case
from samlop.core.errors import Refused
from samlop.core.forms import ClockField, DayField, HouseForm
from samlop.hours.editing import HourValues
from samlop.hours.models.week import Hour
from samlop.hours.queries.week import Source
from samlop.hours.stood import StoodOtherwise
from samlop.hours.vocabulary import DayKind, Provider, Theme, WeekPattern
from samlop.hours.wording import WEEKDAYS
from samlop.people.models import Unit, User
from samlop.plan.vocabulary import StepKind

WEEKDAY_CHOICES = [(str(number), name) for number, name in enumerate(WEEKDAYS, start=1)]


def _choices(choices: Any) -> list[tuple[str, Any]]:
    return [("", _("Velg")), *((value, str(label).capitalize()) for value, label in choices)]


def _carries(form: HouseForm, *but: str) -> None:
    """Let the fields carry what they show, so that a colleague's change in the meantime is not overwritten."""
    for name, field in form.fields.items():
        field.show_hidden_initial = name not in ("once", *but)


class StoodForm(HouseForm):
    """A form whose fields do not show what it changes: it carries a token of what stood instead (``hours.stood``)."""

    stood = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def seen(self) -> str | None:
        """The token the page carried; none where it carried nothing."""
        found: str | None = self.data.get(self.add_prefix("stood"))
        return found

    def refuse(self, refusal: Refused) -> None:
        super().refuse(refusal)
        if isinstance(refusal, StoodOtherwise):
            data: Any = self.data
            self.data = data = data.copy()  # a request's data cannot be changed
            data[self.add_prefix("stood")] = refusal.stood


class HourForm(HouseForm):
    """A weekly hour. A new one may come on several days, one that stands on one."""

    content = forms.ChoiceField(label=_("Hva"))
    provider = forms.ChoiceField(label=_("Hvem gir timen?"))
    starts = ClockField(label=_("Fra klokka"))
    ends = ClockField(label=_("Til klokka"))
    lessons = forms.IntegerField(
        label=_("Antall skoletimer"),
        required=False,
        min_value=1,
        max_value=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 4}),
        help_text=_("Bare for norsk og samfunnskunnskap. En skoletime på 45 minutter teller 75 minutter."),
        error_messages={"invalid": _("Skriv et helt tall.")},
    )
    theme = forms.ChoiceField(
        label=_("Tema i livsmestring"),
        required=False,
        help_text=_("Bare for livsmestring. Hvert tema har sitt minste antall timer."),
    )
    place = forms.CharField(label=_("Sted"), required=False, max_length=120)
    pattern = forms.ChoiceField(label=_("Hvilke uker?"), choices=WeekPattern.choices, widget=forms.RadioSelect)
    valid_from = DayField(label=_("Første dag"))
    valid_to = DayField(label=_("Siste dag"), required=False, help_text=_("La stå tom hvis den varer til du sier fra."))

    def __init__(self, *args: Any, units: Sequence[Unit] = (), several: bool = True, **kwargs: Any) -> None:
        kwargs["initial"] = {"pattern": WeekPattern.EVERY.value, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.fields["content"].choices = _choices(StepKind.choices)  # type: ignore[attr-defined]
        self.fields["provider"].choices = _choices(Provider.choices)  # type: ignore[attr-defined]
        self.fields["theme"].choices = [  # type: ignore[attr-defined]
            ("", _("Ikke valgt")),
            *((value, str(label).capitalize()) for value, label in Theme.choices),
        ]
        first: dict[str, forms.Field] = {}
        if several:
            first["weekdays"] = forms.MultipleChoiceField(
                label=_("Hvilke dager?"), choices=WEEKDAY_CHOICES, widget=forms.CheckboxSelectMultiple
            )
        else:
            first["weekday"] = forms.ChoiceField(label=_("Ukedag"), choices=WEEKDAY_CHOICES)
        if units:
            self.fields["unit"] = forms.ChoiceField(
                label=_("Enhet"),
                required=False,
                choices=[("", _("Ingen enhet")), *((str(unit.pk), unit.name) for unit in units)],
                help_text=_("Når enheten er stengt i årskalenderen, kommer ikke timen."),
            )
        once = self.fields.pop("once")
        self.fields = {"once": once, **first, **self.fields}
        if not several:
            _carries(self, "valid_from")

    def values(self) -> HourValues:
        """What the command takes; the day of the week is the first of those chosen."""
        typed = self.cleaned_data
        return HourValues(
            weekday=self.chosen_days()[0],
            starts=typed["starts"],
            ends=typed["ends"],
            provider=typed["provider"],
            content=typed["content"],
            valid_from=typed["valid_from"],
            valid_to=typed["valid_to"],
            pattern=typed["pattern"],
            lessons=typed["lessons"],
            theme=typed["theme"],
            place=typed["place"],
        )

    def seen(self) -> dict[str, Any]:
        """What an hour that stands looked like when the page was opened, by the names of ``HourValues`` and unit."""
        shown = self.shown_first()
        if str(shown.get("weekday", "")).isdigit():
            shown["weekday"] = int(shown["weekday"])
        return shown

    def chosen_days(self) -> list[int]:
        """The days chosen, 1 for Monday."""
        typed = self.cleaned_data
        return sorted(int(one) for one in typed["weekdays"]) if "weekdays" in typed else [int(typed["weekday"])]

    def unit_id(self) -> UUID | None:
        """The unit chosen, if any."""
        chosen = self.cleaned_data.get("unit")
        return UUID(chosen) if chosen else None


def initial_of(slot: Hour) -> dict[str, Any]:
    """What the form shows for an hour that stands."""
    names = ("content", "provider", "starts", "ends", "lessons", "theme", "place", "pattern", "valid_from", "valid_to")
    shown = {name: getattr(slot, name) for name in names} | {"weekday": str(slot.weekday)}
    if getattr(slot, "unit_id", None):
        shown["unit"] = str(slot.unit_id)  # type: ignore[attr-defined]
    return shown


class StopForm(StoodForm):
    """The last day of an hour, of a membership."""

    last_day = DayField(label=_("Siste dag"))


class ExceptionForm(StoodForm):
    """One day that differs."""

    day = DayField(label=_("Hvilken dag?"))
    starts = ClockField(label=_("Ny tid fra"), required=False, help_text=_("La stå tom hvis timen er avlyst."))
    ends = ClockField(label=_("Ny tid til"), required=False)
    note = forms.CharField(label=_("Hvorfor?"), required=False, max_length=200)


class FullTimeForm(HouseForm):
    """Whether 30 hours are full time, and why."""

    own_activity_from = DayField(
        label=_("30 timer er full tid fra"),
        required=False,
        help_text=_("La stå tom hvis 37,5 timer er full tid."),
    )
    why = forms.CharField(
        label=_("Hva krever programmet av egen innsats utenom timene?"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _carries(self)


class CopyForm(HouseForm):
    """Whose week to copy, and to which period."""

    source = forms.ChoiceField(label=_("Kopier uka til"))
    first_day = DayField(label=_("Første dag"))
    last_day = DayField(label=_("Siste dag"), required=False)

    def __init__(self, *args: Any, sources: Iterable[Source], own: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = [
            (str(one.case_id), _("%(name)s – samme deltaker, ny periode") % {"name": one.name})
            if one.case_id == own
            else (str(one.case_id), _("%(name)s (egne timer: %(number)s)") % {"name": one.name, "number": one.hours})
            for one in sources
        ]
        self.fields["source"].choices = [("", _("Velg")), *shown]  # type: ignore[attr-defined]


class GroupForm(HouseForm):
    """Name, unit and period of a group."""

    name = forms.CharField(label=_("Navn på gruppen"), max_length=80)
    unit = forms.ChoiceField(label=_("Enhet som underviser"))
    first_day = DayField(label=_("Første dag"))
    last_day = DayField(label=_("Siste dag"), required=False)
    teacher = forms.ChoiceField(
        label=_("Lærer"), required=False, help_text=_("Den som har ansvaret for timene og oppropet.")
    )

    def __init__(self, *args: Any, units: Sequence[Unit] = (), staff: Sequence[User] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if units:
            del self.fields["teacher"]  # whoever makes a group of the own unit has it, until another is chosen
            self.fields["unit"].choices = [("", _("Velg")), *((str(u.pk), u.name) for u in units)]  # type: ignore[attr-defined]
        else:
            del self.fields["unit"]
            names = [("", _("Enheten, ingen ved navn")), *((str(one.pk), one.name) for one in staff)]
            self.fields["teacher"].choices = names  # type: ignore[attr-defined]
            _carries(self)


class MembersForm(HouseForm):
    """Who comes into a group, and when."""

    participants = forms.MultipleChoiceField(label=_("Deltakere"), widget=forms.CheckboxSelectMultiple)
    first_day = DayField(label=_("Første dag i gruppen"))
    last_day = DayField(label=_("Siste dag i gruppen"), required=False)

    def __init__(self, *args: Any, candidates: Iterable[Case], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = [(str(case.pk), case.person.name) for case in candidates]
        self.fields["participants"].choices = shown  # type: ignore[attr-defined]


class DaysForm(StoodForm):
    """Days of the year, as a period or pasted."""

    kind = forms.ChoiceField(label=_("Hva er dagene?"), required=False)
    unit = forms.ChoiceField(label=_("Hvem gjelder det?"), required=False)
    text = forms.CharField(
        label=_("Dager"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "Én dag eller periode på hver linje, for eksempel «5.10.–9.10. høstferie» eller «16.11. planleggingsdag». "
            "Du kan lime inn skoleruten."
        ),
    )

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            ("", _("Det står på hver linje")),
            *((value, str(label).capitalize()) for value, label in DayKind.choices),
        ]
        self.fields["unit"].choices = [  # type: ignore[attr-defined]
            ("", _("Hele kommunen")),
            *((str(unit.pk), unit.name) for unit in units),
        ]

    def unit_id(self) -> UUID | None:
        """The unit chosen, if any."""
        chosen = self.cleaned_data["unit"]
        return UUID(chosen) if chosen else None


class UnmarkForm(StoodForm):
    """A period whose marks are taken away."""

    first_day = DayField(label=_("Første dag"))
    last_day = DayField(label=_("Siste dag"))
    unit = forms.ChoiceField(label=_("Hvem gjelder det?"), required=False)

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [  # type: ignore[attr-defined]
            ("", _("Hele kommunen")),
            *((str(unit.pk), unit.name) for unit in units),
        ]

    def unit_id(self) -> UUID | None:
        """The unit chosen, if any."""
        chosen = self.cleaned_data["unit"]
        return UUID(chosen) if chosen else None


class Confirm(HouseForm):
    """A button alone: nothing but the key that makes a double click harmless."""


def next_monday(after: date) -> date:
    """The Monday after a day: where a change most often begins."""
    return after + timedelta(days=7 - after.weekday())
