"""Forms of a list that is read in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samlop.access.viewer import Viewer
from samlop.cases.forms.fields import PlaceField, place_key
from samlop.cases.registration import suggested_units
from samlop.core.forms import HouseForm
from samlop.people.models import Unit
from samlop.people.staff import OWNERS, UnitStaff
from samlop.people.vocabulary import Role


class UploadForm(HouseForm):
    """The file, and what holds for rows that say nothing of unit and contact."""

    file = forms.FileField(
        label=gettext_lazy("Fil"),
        help_text=gettext_lazy("Excel (.xlsx) eller CSV, høyst 20 MB og 10 000 deltakere."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,text/csv"}),
        error_messages={
            "required": gettext_lazy("Velg en fil."),
            "missing": gettext_lazy("Velg en fil."),
            "empty": gettext_lazy("Filen er tom. Velg en fil med deltakere."),
        },
    )
    main_contact = PlaceField(
        label=gettext_lazy("Ansvarlig enhet og hovedkontakt"),
        help_text=gettext_lazy(
            "Gjelder radene som ikke sier noe annet. Velger du bare enheten, fordeler lederen deltakerne etterpå."
        ),
    )
    units = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Andre enheter i saksteamet"),
        required=False,
        queryset=Unit.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Enhetens leder får beskjed om å velge hvem det blir."),
    )

    def __init__(self, *args: Any, viewer: Viewer, staff: list[UnitStaff], too_large: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.too_large = too_large
        ours = [one for one in staff if one.unit.kind in OWNERS and one.unit.municipality_id == viewer.municipality_id]
        self.fields["main_contact"].offer(ours, _("Velg enhet eller person"))  # type: ignore[attr-defined]
        self.fields["units"].queryset = Unit.objects.filter(pk__in=[one.unit.pk for one in staff]).order_by("name")  # type: ignore[attr-defined]
        if self.is_bound or viewer.municipality is None:
            return
        if viewer.unit_id and any(one.unit.pk == viewer.unit_id for one in ours):
            adviser = viewer.role == Role.PROGRAMME_ADVISER
            self.initial["main_contact"] = place_key(viewer.unit_id, viewer.user_id if adviser else None)
        self.initial["units"] = [unit.pk for unit in suggested_units(viewer.municipality) if unit != viewer.unit]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.too_large:
            self.errors.pop("file", None)
            self.add_error("file", _("Filen er større enn 20 MB. Del den i flere, eller ta bort bilder og andre ark."))
        return cleaned


class StartForm(HouseForm):
    """The yes to a checked list."""

    anyway = forms.BooleanField(
        label=gettext_lazy("Jeg har sett på dem som ligner. De er andre personer, og skal registreres."), required=False
    )
