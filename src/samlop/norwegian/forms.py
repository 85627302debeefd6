"""Forms of the room."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samlop.core.forms import DayField, HouseForm
from samlop.norwegian.models import Level, Skill, Source


class LevelsForm(HouseForm):
    """The four skills on one day; those left empty are not written."""

    reached_on = DayField(label=_("Dato"))
    source = forms.ChoiceField(label=_("Hvor kommer nivået fra?"), choices=Source.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for skill in Skill:
            self.fields[skill.value] = forms.ChoiceField(
                label=skill.label.capitalize(), required=False, choices=[("", _("Ikke endret")), *Level.choices]
            )
        self.order_fields([*Skill.values, "reached_on", "source"])

    def levels(self) -> Mapping[Skill, Level]:
        """The levels that were chosen."""
        return {skill: Level(self.cleaned_data[skill]) for skill in Skill if self.cleaned_data.get(skill)}


class TakeBackForm(HouseForm):
    """What was wrong with a level."""

    why = forms.CharField(label=_("Hva var feil?"), max_length=300)
