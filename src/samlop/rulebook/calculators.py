"""The calculators: the fields of `samlop law …` as forms, without a person."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samlop.cases.vocabulary import Permit
from samlop.core.forms import DayField
from samlop.law import forms as law_forms
from samlop.law.benefit import benefit
from samlop.law.deadlines import deadlines
from samlop.law.duration import EDUCATIONS, GOALS, duration
from samlop.law.eligibility import PERMITS, eligibility
from samlop.law.intake import Fields
from samlop.law.parameters import Rules
from samlop.law.person_month import BENEFIT_KINDS
from samlop.law.texts import say
from samlop.rulebook.asking import LawForm, plain
from samlop.rulebook.fields import MonthField, NumberField
from samlop.rulebook.words import language

LEAVES = 2
"""Periods of leave that the form has room for; a month seldom holds more."""


def _chosen(label: Any, values: tuple[str, ...], *, required: bool = True) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", ""), *((v, v) for v in values)], required=required)


def _day(label: Any, help_text: Any = "", *, required: bool = True) -> DayField:
    return DayField(label=label, help_text=help_text, required=required)


def _ticked(label: Any) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False)


_ARRIVED = _("Bare når personen kom etter at tillatelsen var gitt, for eksempel ved familieinnvandring.")


class BenefitForm(LawForm):
    """The input of `samlop law benefit`."""

    title = _("Regn ut stønaden")
    lead = _("Introduksjonsstønaden for én måned, linje for linje, med paragraf og utregning.")

    month = MonthField(label=_("Måned"), help_text=_("For eksempel 11.2026."))
    birth_date = _day(_("Fødselsdato"))
    permit_granted = _day(_("Oppholdstillatelsen ble gitt"))
    arrived = _day(_("Kom til Norge"), _ARRIVED, required=False)
    programme_start = _day(_("Programmet begynte"))
    programme_end = _day(_("Programmet slutter"), required=False)
    lives_with_parents = _ticked(_("Bor hos foreldre"))
    couple_without_children_both_in_programme = _ticked(_("Par uten barn der begge er i program"))
    absence_days = forms.IntegerField(label=_("Hele dager"), required=False, min_value=0)
    absence_hours = NumberField(label=_("Timer"))
    work_hours = NumberField(label=_("Arbeidstimer i programtiden"))
    work_wage = NumberField(label=_("Lønn for timene, i kroner før skatt"), decimals=2)

    folded = {
        _("Fravær uten gyldig grunn"): ("absence_days", "absence_hours"),
        _("Lønnet arbeid i programmet"): ("work_hours", "work_wage"),
        _("Andre ytelser denne måneden"): tuple(f"benefit_{kind}" for kind in BENEFIT_KINDS),
        _("Permisjon uten stønad"): tuple(
            f"leave_{end}_{number}" for number in range(1, LEAVES + 1) for end in ("from", "to")
        ),
    }
    paths = {
        "absence_days": "unauthorised_absence.days",
        "absence_hours": "unauthorised_absence.hours",
        "work_hours": "paid_work_inside.hours",
        "work_wage": "paid_work_inside.wage",
    }

    @staticmethod
    def ask(fields: Fields, rules: Rules) -> Any:
        return benefit(law_forms.person_month(fields), rules)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in BENEFIT_KINDS:
            label = say(f"value.{kind}", language()).capitalize()
            self.fields[f"benefit_{kind}"] = NumberField(
                label=_("%(benefit)s, kroner per måned") % {"benefit": label}, decimals=2
            )
        for number in range(1, LEAVES + 1):
            self.fields[f"leave_from_{number}"] = _day(_("Fra og med"), required=False)
            self.fields[f"leave_to_{number}"] = _day(_("Til og med"), required=False)

    def given(self) -> dict[str, Any]:
        values = self.cleaned_data
        flat = {n: v for n, v in super().given().items() if not n.startswith(("benefit_", "leave_"))}
        return flat | {
            "unauthorised_absence": _filled(days=values["absence_days"], hours=values["absence_hours"]),
            "paid_work_inside": _filled(hours=values["work_hours"], wage=_amount(values["work_wage"])),
            "other_benefits": [
                {"kind": kind, "monthly": _amount(values[f"benefit_{kind}"])} for kind in self._benefits()
            ],
            "unpaid_leave": [
                _filled(**{"from": plain(values[f"leave_from_{n}"]), "to": plain(values[f"leave_to_{n}"])})
                for n in self._leaves()
            ],
        }

    def _benefits(self) -> list[str]:
        return [kind for kind in BENEFIT_KINDS if self.cleaned_data[f"benefit_{kind}"] is not None]

    def _leaves(self) -> list[int]:
        """The rows of leave in which something is typed."""
        return [
            n
            for n in range(1, LEAVES + 1)
            if self.cleaned_data[f"leave_from_{n}"] or self.cleaned_data[f"leave_to_{n}"]
        ]

    def at(self, path: str) -> str:
        for index, kind in enumerate(self._benefits()):
            if path.startswith(f"other_benefits[{index}]"):
                return f"benefit_{kind}"
        for index, number in enumerate(self._leaves()):
            if path.startswith(f"unpaid_leave[{index}]"):
                return f"leave_{path.rpartition('.')[2]}_{number}"
        return super().at(path)


def _filled(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _amount(value: Decimal | None) -> str | None:
    """Kroner as the acts' readers take them: text with two decimals."""
    return None if value is None else f"{value:.2f}"


class DurationForm(LawForm):
    """The input of `samlop law duration`."""

    title = _("Finn programmets lengde")
    lead = _("Hvor lenge programmet kan vare, om det kan forlenges, og siste dag.")

    birth_date = _day(_("Fødselsdato"))
    permit_granted = _day(_("Oppholdstillatelsen ble gitt"))
    arrived = _day(_("Kom til Norge"), _ARRIVED, required=False)
    offered_start = _day(_("Tilbudt oppstart"), _("Dagen vedtaket sier at programmet skal begynne."))
    education = _chosen(_("Utdanning"), EDUCATIONS)
    goal = _chosen(_("Sluttmål"), GOALS)
    collective_protection = _ticked(_("Kollektiv beskyttelse"))

    @staticmethod
    def ask(fields: Fields, rules: Rules) -> Any:
        return duration(law_forms.duration_case(fields), rules)


class DeadlinesForm(LawForm):
    """The input of `samlop law deadlines`."""

    title = _("Finn fristene")
    lead = _("Skriv dagene du vet om. Bare hendelser som har skjedd, starter en frist.")

    permit_granted = _day(_("Oppholdstillatelsen ble gitt"))
    settled = _day(_("Bosatt etter avtale"), required=False)
    demanded = _day(_("Krevde program eller opplæring"), required=False)
    registered_in_municipality = _day(_("Folkeregistrert i kommunen"), required=False)
    decision_notified = _day(_("Fikk beskjed om vedtaket"), required=False)
    information_recorded = _day(_("Opplysningen oppsto"), _("Det som skal registreres i NIR."), required=False)
    offered_norwegian = _day(_("Fikk tilbud om norskopplæring"), required=False)
    education = forms.ChoiceField(
        label=_("Utdanning"),
        choices=[("", ""), *((v, v) for v in EDUCATIONS)],
        required=False,
        help_text=_("Trengs når norskopplæringen er tilbudt."),
    )

    @staticmethod
    def ask(fields: Fields, rules: Rules) -> Any:
        return deadlines(law_forms.deadline_case(fields), rules)


class EligibilityForm(LawForm):
    """The input of `samlop law eligibility`."""

    title = _("Sjekk rett og plikt")
    lead = _("Om vilkårene for introduksjonsprogram er oppfylt, og hvorfor. Vedtaket fattes av et menneske.")

    birth_date = _day(_("Fødselsdato"))
    permit_granted = _day(_("Oppholdstillatelsen ble gitt"))
    permit = forms.ChoiceField(
        label=_("Grunnlag for tillatelsen"), choices=[("", ""), *((p, Permit(p).label) for p in PERMITS)]
    )
    arrived = _day(_("Kom til Norge"), _ARRIVED, required=False)
    settled_by_agreement = forms.ChoiceField(
        label=_("Bosatt etter avtale med IMDi"),
        choices=[("yes", _("Ja")), ("no", _("Nei"))],
        widget=forms.RadioSelect,
    )
    lived_in_municipality_since = _day(_("Har bodd i en kommune siden"))
    decision_date = _day(_("Dagen vedtaket fattes"))
    nordic_or_eea = _ticked(_("Nordisk borger eller omfattet av EØS-avtalen"))
    weekly_work_hours = NumberField(label=_("Arbeid i uka, timer"))

    @staticmethod
    def ask(fields: Fields, rules: Rules) -> Any:
        return eligibility(law_forms.eligibility_case(fields), rules)


CALCULATORS: dict[str, type[LawForm]] = {
    "stonad": BenefitForm,
    "varighet": DurationForm,
    "frister": DeadlinesForm,
    "rett": EligibilityForm,
}
"""By the word in the address."""

OF_RULE = {
    "benefit": "stonad",
    "absence": "stonad",
    "coordination": "stonad",
    "duration": "varighet",
    "deadlines": "frister",
    "eligibility": "rett",
}
"""The calculator that belongs to a rule."""
