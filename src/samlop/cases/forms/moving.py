"""The form that moves a case to another municipality."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samlop.cases.forms.fields import PlaceField
from samlop.core.forms import HouseForm
from samlop.people.staff import UnitStaff


class MoveForm(HouseForm):
    """Who takes over there, and why."""

    to = PlaceField(
        label=gettext_lazy("Hvem tar over?"),
        help_text=gettext_lazy("Er det ikke avtalt hvem, velger du enheten. Den fordeler saken selv."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Hvorfor flytter deltakeren?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Står i tidslinjen i den gamle saken. Deltakeren kan lese det."),
    )
    kommune = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, staff: list[UnitStaff], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].offer(staff, _("Velg enhet eller person"))  # type: ignore[attr-defined]
