"""Rows of family relations."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samlop.cases.registration import Relative
from samlop.core.forms import DayField
from samlop.core.time import today
from samlop.people.vocabulary import Relation

MOST = 30


class RelativeForm(forms.Form):
    """One family member; an empty row is nobody."""

    use_required_attribute = False
    hide_optional = True
    id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    relation = forms.ChoiceField(
        label=gettext_lazy("Relasjon"), required=False, choices=[("", gettext_lazy("Velg")), *Relation.choices]
    )
    name = forms.CharField(label=gettext_lazy("Navn"), required=False, max_length=300)
    birth_date = DayField(label=gettext_lazy("Fødselsdato"), required=False)
    lives_together = forms.BooleanField(label=gettext_lazy("Bor sammen"), required=False, initial=True)
    in_programme = forms.BooleanField(label=gettext_lazy("Er også i introduksjonsprogrammet"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        told = cleaned.get("name") or cleaned.get("birth_date")
        if told and not cleaned.get("relation"):
            self.add_error("relation", _("Velg hvilken relasjon personen har til deltakeren."))
        if (birth_date := cleaned.get("birth_date")) and birth_date > today():
            self.add_error("birth_date", _("Datoen kan ikke være fram i tid."))
        return cleaned

    @property
    def is_empty(self) -> bool:
        return not self.cleaned_data.get("relation")


class _Rows(forms.BaseFormSet):  # type: ignore[type-arg]
    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return {**super().get_form_kwargs(index), "label_suffix": ""}


FamilyForms = forms.formset_factory(RelativeForm, formset=_Rows, extra=2, max_num=MOST, validate_max=True)


def relatives(rows: Any) -> tuple[Relative, ...]:
    """The filled rows of a valid formset."""
    return tuple(_relative(row) for row in rows.forms if not row.is_empty)


def relatives_with_keys(rows: Any) -> tuple[list[tuple[UUID | None, Relative]], list[UUID]]:
    """The filled rows of a valid formset with the key each had, and the keys of all rows that were shown."""
    kept = [(row.cleaned_data.get("id"), _relative(row)) for row in rows.forms if not row.is_empty]
    seen = [row.cleaned_data["id"] for row in rows.forms if row.cleaned_data.get("id")]
    return kept, seen


def _relative(row: Any) -> Relative:
    given = row.cleaned_data
    return Relative(
        relation=given["relation"],
        name=given["name"],
        birth_date=given["birth_date"],
        lives_together=given["lives_together"],
        in_programme=given["in_programme"],
    )
