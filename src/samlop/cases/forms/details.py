"""Forms that change what stands about a participant."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from samlop.cases.forms.register import ContactFields, PersonFields
from samlop.cases.values import NUMBERS, Values, plain
from samlop.cases.vocabulary import Need
from samlop.core.forms import HouseForm
from samlop.core.time import parse_date
from samlop.people.models import Unit


class SeenForm(HouseForm):
    """A form that remembers what stood in it when it was opened, so that two people do not overwrite each other."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    kept: tuple[str, ...] = ()

    def __init__(self, *args: Any, now: Values, **kwargs: Any) -> None:
        self.now = now
        kwargs["initial"] = {**self.shown(now), "seen": json.dumps(now), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)

    def shown(self, values: Values) -> dict[str, Any]:
        """Plain text as the fields show it."""
        found: dict[str, Any] = dict(values)
        for name, value in values.items():
            field = self.base_fields.get(name)
            if isinstance(field, forms.DateField):
                found[name] = parse_date(value) if value else None
            elif isinstance(field, forms.BooleanField):
                found[name] = value == "yes"
            elif isinstance(field, forms.MultipleChoiceField):
                found[name] = value.split()
        return found

    def typed(self) -> Values:
        """What was typed, as plain text."""
        return {name: plain(self.cleaned_data.get(name)) for name in self.kept}

    def seen_values(self) -> Values:
        """What stood there when the form was opened."""
        try:
            found = json.loads(self.cleaned_data.get("seen") or "{}")
        except ValueError:
            return {}
        return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}

    def clashes(self) -> list[tuple[str, str, str]]:
        """(field, what stands now, what I typed) where somebody else has changed what I changed."""
        typed, seen = self.typed_all(), self.seen_values()
        return [
            (name, self.now.get(name, ""), value)
            for name, value in typed.items()
            if value not in (seen.get(name, ""), self.now.get(name, ""))
            and self.now.get(name, "") != seen.get(name, "")
        ]

    def typed_all(self) -> Values:
        """What was typed in every field that is compared."""
        return self.typed()

    def renewed(self) -> dict[str, Any]:
        """The form's data for another try: what I changed as I typed it, the rest as it stands now."""
        typed, seen = self.typed_all(), self.seen_values()
        mine = {name: value for name, value in typed.items() if value != seen.get(name, "")}
        return self.shown({**self.now, **mine})


class ContactForm(ContactFields, SeenForm):
    kept = ("phone", "email", "address", "language", "other_languages", "mother_tongue", "interpreter")

    def typed(self) -> Values:
        found = super().typed()
        others = [code for code in self.cleaned_data.get("other_languages", []) if code != found["language"]]
        return {**found, "other_languages": " ".join(self._in_order(others))}

    def _in_order(self, codes: list[str]) -> list[str]:
        """Languages in the order they had, new ones last: a list to choose from has an order of its own."""
        before = self.seen_values().get("other_languages", "").split()
        return [code for code in before if code in codes] + [code for code in codes if code not in before]


class PersonForm(PersonFields, SeenForm):
    kept = (
        "given_name", "family_name", "birth_date", "gender", "protection", "settled_on", "settled_by_agreement",
        "arrived_on", "permit", "permit_granted_on",
    )  # fmt: skip
    owner_unit = forms.ModelChoiceField(
        label=gettext_lazy("Enhet med ansvar for programmet"), queryset=Unit.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner_unit"].queryset = units  # type: ignore[attr-defined]

    def typed_all(self) -> Values:
        numbers = {name: number.value if (number := self.cleaned_data.get(name)) else "" for name in NUMBERS}
        return self.typed() | numbers


class NeedsForm(HouseForm):
    codes = forms.MultipleChoiceField(
        label=gettext_lazy("Dette hjelper"),
        required=False,
        choices=Need.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Bare hva som hjelper, aldri hvorfor. Diagnoser skal ikke stå her."),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, now: list[str], **kwargs: Any) -> None:
        kwargs["initial"] = {"codes": now, "seen": " ".join(now)}
        super().__init__(*args, **kwargs)


class NoteForm(HouseForm):
    text = forms.CharField(label=gettext_lazy("Notat"), widget=forms.Textarea(attrs={"rows": 5}))
    readers = forms.MultipleChoiceField(
        label=gettext_lazy("Hvem skal kunne lese det?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Du kan alltid lese det selv. Ingen andre får vite at notatet finnes."),
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["readers"].choices = people  # type: ignore[attr-defined]


class ReasonForm(HouseForm):
    reason = forms.CharField(
        label=gettext_lazy("Hvorfor?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Begrunnelsen står i tidslinjen, og deltakeren kan lese den."),
    )
