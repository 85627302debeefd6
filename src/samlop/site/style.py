"""The style page (``/stil/``, demo only): every part of the house in one place, for those who build and for axe."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from samlop.core.forms import DayField, HouseForm
from samlop.core.pages import page
from samlop.core.time import today


class ExampleForm(HouseForm):
    """One field of every kind."""

    goal = forms.CharField(
        label=_("Hva vil du oppnå?"),
        help_text=_("Skriv med dine egne ord, på det språket du vil."),
        widget=forms.Textarea,
    )
    name = forms.CharField(label=_("Navn"))
    mail = forms.EmailField(label=_("E-post"), required=False)
    day = DayField(label=_("Startdato"), help_text=_("For eksempel 15.3.2027"))
    minutes = forms.IntegerField(label=_("Minutter"), required=False, min_value=0)
    unit = forms.ChoiceField(
        label=_("Ansvarlig enhet"),
        choices=[("", _("Velg enhet")), ("a", _("Flyktningtjenesten")), ("b", _("Voksenopplæringen"))],
    )
    agrees = forms.ChoiceField(
        label=_("Er deltakeren enig?"),
        choices=[("yes", _("Ja")), ("partly", _("Delvis")), ("no", _("Nei"))],
        widget=forms.RadioSelect,
    )
    helps = forms.MultipleChoiceField(
        label=_("Hva hjelper?"),
        choices=[("a", _("Kortere dager")), ("b", _("Rolig rom"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    file = forms.FileField(label=_("Vedlegg"), required=False, help_text=_("Excel eller CSV, høyst 5 MB"))
    known = forms.BooleanField(label=_("Deltakeren har fått opplysningene på et språk de forstår"))


WORDS = [("ar", "أريد أن أعمل ممرضة."), ("ti", "ነርስ ኮይነ ክሰርሕ እደሊ።"), ("uk", "Я хочу працювати медсестрою.")]


@page(open_to="shows invented examples; the address exists only in the demo", methods=("GET", "POST"))
def style(request: HttpRequest) -> HttpResponse:
    """All parts; ``POST`` shows the form with its errors, or says that it is saved (nothing is)."""
    form = ExampleForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        messages.success(request, _("Bidraget er lagret."))
        return redirect("style")
    return render(
        request,
        "style.html",
        {"form": form, "words": WORDS, "entries": _entries(), "page": Paginator(range(95), 25).page(2)},
    )


def _entries() -> list[dict[str, Any]]:
    told = [
        (
            _("skrev i planen: «Amina klarer seg godt muntlig. Neste mål er B1 skriftlig.»"),
            "Tor Vik",
            "Elvestad voksenopplæring",
            "",
            None,
            True,
        ),
        (_("hadde trekantsamtale"), "Ingrid Dahl", "NAV Elvestad", _("trekantsamtale"), 45, False),
        (_("registrerte saken"), "Kari Lund", "Flyktningtjenesten i Elvestad", "", None, False),
    ]
    return [
        {
            "sentence": sentence,
            "is_new": is_new,
            "entry": SimpleNamespace(
                user_name=who,
                unit_name=unit,
                happened_on=today(),
                effort=effort,
                get_effort_display=effort,
                minutes=minutes,
                on_behalf_of="",
                corrects=None,
            ),
        }
        for sentence, who, unit, effort, minutes, is_new in told
    ]
