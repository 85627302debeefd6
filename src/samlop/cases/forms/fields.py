"""Fields that several forms share: official numbers, languages, and who holds a place in the team."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samlop.core.errors import Refused
from samlop.core.languages import language_choices as languages
from samlop.people.models import Unit, User
from samlop.people.numbers import OfficialNumber, read_number
from samlop.people.staff import UnitStaff


class NumberField(forms.CharField):
    """An official number; its value is an ``OfficialNumber`` or none. What was typed is never in an error."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> OfficialNumber | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return read_number(text)
        except Refused as refusal:
            raise forms.ValidationError(refusal.text, code=refusal.code) from None


class LanguageField(forms.ChoiceField):
    """One language, or none."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(choices=lambda: [("", _("Velg språk")), *languages()], **kwargs)


class PlaceField(forms.ChoiceField):
    """Who: a person at a unit, or the unit alone while it has not named anyone. The value is (unit, user or none)."""

    def __init__(self, *, may_be_unit: bool = True, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.may_be_unit = may_be_unit
        self._known: dict[str, tuple[Unit, User | None]] = {}

    def offer(self, staff: Iterable[UnitStaff], first: str = "") -> None:
        """Fill the list: one group per unit."""
        options: list[Any] = [("", first or _("Velg"))]
        for unit in staff:
            group = []
            if self.may_be_unit:
                self._known[str(unit.unit.pk)] = (unit.unit, None)
                group.append((str(unit.unit.pk), _("%(unit)s – uten navngitt person") % {"unit": unit.unit.name}))
            for member in unit.members:
                key = place_key(unit.unit.pk, member.user_id)
                self._known[key] = (unit.unit, member.user)
                if not any(key == value for value, _label in group):
                    group.append((key, f"{member.user.name}, {member.get_role_display()}"))
            if group:
                options.append((unit.unit.name, group))
        self.choices = options

    def clean(self, value: Any) -> tuple[Unit, User | None] | None:
        chosen = super().clean(value)
        return self._known.get(chosen) if chosen else None


def place_key(unit_id: UUID, user_id: UUID | None) -> str:
    """A place as it stands in a list to choose from."""
    return f"{unit_id}:{user_id}" if user_id else str(unit_id)


YES_NO = [("yes", gettext_lazy("Ja")), ("no", gettext_lazy("Nei"))]
