"""The controls are drawn as Django's own templates draw them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates

from samlop.core.widgets import Renderer

BAD = "<b>\"&'æøå»"
CHOICES = [("", "Velg"), (BAD, BAD), ("b", "Bokmål"), ("Gruppe <1>", [("c", "Ç"), (4, "fire")])]


@pytest.mark.parametrize(
    ("widget", "values"),
    [
        (forms.Select(choices=CHOICES), [None, "", "b", BAD, "4", "finnes ikke"]),
        (forms.Select(choices=CHOICES, attrs={"disabled": True, "hidden": False, "data-x": BAD}), ["b"]),
        (forms.SelectMultiple(choices=CHOICES), [[], ["b", BAD]]),
        (forms.NullBooleanSelect(), [None, True, False]),
        (forms.TextInput(), [None, "", "å", BAD, 0]),
        (forms.TextInput(attrs={"maxlength": 20, "required": True, "title": BAD}), ["æ"]),
        (forms.NumberInput(), [None, 0, 37.5, "tekst"]),
        (forms.EmailInput(), ["a@b.no"]),
        (forms.HiddenInput(), [None, "x"]),
        (forms.PasswordInput(), ["hemmelig"]),
        (forms.DateInput(attrs={"type": "date"}), [None, "2026-11-20"]),
        (forms.Textarea(), [None, "", "to\nlinjer", BAD]),
    ],
)  # fmt: skip
def test_the_marks_are_the_same(widget: forms.Widget, values: list[Any]) -> None:
    for value in values:
        ours, theirs = (
            re.sub(r"\s+", " ", str(widget.render("felt", value, attrs={"id": "id_felt"}, renderer=renderer()))).strip()
            for renderer in (Renderer, DjangoTemplates)
        )
        assert ours == theirs


def test_what_is_written_by_somebody_never_becomes_marks() -> None:
    for widget in (forms.Select(choices=[(BAD, BAD)]), forms.TextInput(attrs={"title": BAD}), forms.Textarea()):
        assert "<b>" not in widget.render(BAD, BAD, renderer=Renderer())
