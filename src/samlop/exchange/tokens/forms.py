"""The form of a new token."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from samlop.access.words import SECTION_NAMES
from samlop.cases.forms.staff import RoleField
from samlop.core.forms import DayField, HouseForm
from samlop.core.rights import Section
from samlop.core.time import today
from samlop.people.models import Unit
from samlop.people.vocabulary import Role

# Notes for named persons are never for a system.
_SECTIONS = [section for section in Section if section is not Section.RESTRICTED]


def _sections(label: Any, help_text: Any, *, required: bool) -> forms.TypedMultipleChoiceField:
    return forms.TypedMultipleChoiceField(
        label=label, help_text=help_text, required=required, coerce=Section, widget=forms.CheckboxSelectMultiple
    )


class TokenForm(HouseForm):
    """Which system, what for, as whom, and how much."""

    name = forms.CharField(
        label=_("Systemets navn"),
        max_length=120,
        help_text=_("Deltakere og kolleger ser navnet i tidslinjen og på «Hvem ser hva»."),
    )
    purpose = forms.CharField(label=_("Hva skal det brukes til?"), max_length=300)
    place = RoleField(
        label=_("Handler for enhet, i rollen"),
        help_text=_("Systemet når sakene der enheten er i saksteamet, som en kollega med denne rollen."),
    )
    sees = _sections(
        _("Kan lese"), _("Uten personopplysninger kan ikke systemet finne sakene i en liste."), required=True
    )
    writes = _sections(_("Kan også skrive"), _("Bare der rollen kan skrive som kollega."), required=False)
    valid_from = DayField(label=_("Første dag"))
    valid_to = DayField(label=_("Siste dag"), help_text=_("Høyst ett år."))

    def __init__(self, *args: Any, units: list[Unit], giver: Role | None, **kwargs: Any) -> None:
        day = today()
        kwargs["initial"] = {"valid_from": day, "valid_to": day + timedelta(days=364), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.fields["place"].offer(units, giver)  # type: ignore[attr-defined]
        for name in ("sees", "writes"):
            self.fields[name].choices = [(s.value, capfirst(str(SECTION_NAMES[s]))) for s in _SECTIONS]  # type: ignore[attr-defined]
