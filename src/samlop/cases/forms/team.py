"""A place in the team."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samlop.cases.forms.fields import PlaceField, place_key
from samlop.cases.models import TeamMember
from samlop.cases.vocabulary import TeamFunction
from samlop.core.forms import HouseForm
from samlop.people.staff import UnitStaff


class PlaceForm(HouseForm):
    """Who holds the place, what they do, who steps in for them."""

    who = PlaceField(label=gettext_lazy("Hvem"))
    function = forms.ChoiceField(
        label=gettext_lazy("Oppgave i saksteamet"), choices=TeamFunction.choices, initial=TeamFunction.OTHER
    )
    deputy = PlaceField(
        label=gettext_lazy("Stedfortreder"),
        required=False,
        may_be_unit=False,
        help_text=gettext_lazy("En kollega i samme enhet, som kan åpne saken og tar over hvis personen slutter."),
    )
    is_editor = forms.BooleanField(
        label=gettext_lazy("Har ansvar for planen (planansvarlig)"),
        required=False,
        help_text=gettext_lazy("Bare én om gangen. Den som har det nå, blir avløst."),
    )

    def __init__(self, *args: Any, staff: list[UnitStaff], place: TeamMember | None = None, **kwargs: Any) -> None:
        if place:
            kwargs.setdefault("initial", {}).update(
                who=place_key(place.unit_id, place.user_id),
                function=place.function,
                deputy=place_key(place.unit_id, place.deputy_id) if place.deputy_id else "",
                is_editor=place.is_editor,
            )
        super().__init__(*args, **kwargs)
        self.fields["who"].offer(staff, _("Velg person eller enhet"))  # type: ignore[attr-defined]
        at_unit = [one for one in staff if place is None or one.unit.pk == place.unit_id]
        self.fields["deputy"].offer(at_unit, _("Ingen"))  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        """What the commands take."""
        unit, user = self.cleaned_data["who"]
        deputy = self.cleaned_data.get("deputy")
        return {
            "unit": unit,
            "user": user,
            "deputy": deputy[1] if deputy else None,
            "function": self.cleaned_data["function"],
            "is_editor": self.cleaned_data["is_editor"],
        }
