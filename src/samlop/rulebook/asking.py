"""From the fields of a calculator to an answer, or to a refusal at the field it is about.

A form only reads what was typed; whether it can be true is judged by the acts' own readers (`law.forms`), so that a
page and a script are refused alike. A refusal names a field by its path, and lands at the form's field of that path.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from samlop.core.forms import DayField, HouseForm
from samlop.law import forms as law_forms
from samlop.law.intake import Fields
from samlop.law.parameters import NotHeld, Rules, rules_known
from samlop.law.refused import Refused
from samlop.law.texts import say
from samlop.rulebook.words import language


class LawForm(HouseForm):
    """One calculator. ``folded`` names the groups of fields that are seldom needed."""

    title: ClassVar[Any]
    lead: ClassVar[Any]
    folded: ClassVar[dict[Any, tuple[str, ...]]] = {}
    paths: ClassVar[dict[str, str]] = {}
    """Fields of the form that stand inside an object or a list of the input, by their path there."""

    known_on = DayField(
        label=_("Slik reglene var kjent"),
        required=False,
        help_text=_("La feltet stå tomt for alt som er kjent nå. Skriv en dag for å få svaret slik det var da."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told_in = language()
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField) and not isinstance(field.widget, forms.RadioSelect):
                choices: Any = field.choices
                field.choices = [(value, _choice(value, label, told_in)) for value, label in choices]

    @staticmethod
    def ask(fields: Fields, rules: Rules) -> Any:
        """The formula."""
        raise NotImplementedError

    def main_fields(self) -> list[forms.BoundField]:
        """What is always shown."""
        hidden = {name for names in self._groups().values() for name in names}
        return [bound for bound in self.visible_fields() if bound.name not in hidden]

    def _groups(self) -> dict[Any, tuple[str, ...]]:
        return {**self.folded, _("Svar slik reglene var kjent før"): ("known_on",)}

    def folded_fields(self) -> Iterator[tuple[Any, list[forms.BoundField], bool]]:
        """Heading, fields, and whether something stands in one of them or is wrong with it."""
        for heading, names in self._groups().items():
            bound = [self[name] for name in names]
            yield heading, bound, any(one.errors or one.value() for one in bound)

    def given(self) -> dict[str, Any]:
        """The input as `samlop law` takes it: days as ISO text, nothing where nothing was typed."""
        skipped = {"once", "known_on", *self.paths}
        given = {name: plain(value) for name, value in self.cleaned_data.items() if name not in skipped}
        return {name: value for name, value in given.items() if value is not None}

    def work_out(self) -> Any:
        """The answer, or none with the refusal at its field."""
        if not self.is_valid():
            return None
        try:
            return self.ask(Fields.of(self.given(), "$"), rules_known(self.cleaned_data["known_on"]))
        except NotHeld:
            self._refuse(law_forms.refuse_uncovered_date())
        except Refused as refusal:
            self._refuse(refusal)
        return None

    def _refuse(self, refusal: Refused) -> None:
        text = refusal.text.in_language(language())
        at = self.at(refusal.field)
        self.add_error(at if at in self.fields else None, forms.ValidationError(text, code=refusal.code))

    def at(self, path: str) -> str:
        """The form's field for a path of the input."""
        return next((name for name, there in self.paths.items() if there == path), path)


def _choice(value: Any, label: Any, told_in: str) -> Any:
    return say(f"value.{value}", told_in).capitalize() if label == value and value else label


def plain(value: Any) -> Any:
    """A cleaned value as the input has it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and value in ("yes", "no"):
        return value == "yes"
    return value if value != "" else None
