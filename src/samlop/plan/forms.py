"""The forms of the plan. ``revision`` is the part's as the writer saw it, so that two who write see each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samlop.core.forms import DayField, HouseForm
from samlop.core.languages import LANGUAGES, language_choices
from samlop.plan.commands import Interpreter, StepDetails, TookPart
from samlop.plan.editing import LONGEST
from samlop.plan.responsible import Responsible
from samlop.plan.vocabulary import NorwegianGoal, ParticipantView, StepKind, StepStatus
from samlop.programme.models import EndGoal

BY_PARTICIPANT = "participant"


def _long_text(rows: int = 4, **attributes: Any) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": "auto", **attributes})


class RevisionForm(HouseForm):
    """A form for something that another person may change meanwhile."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @property
    def changed_meanwhile(self) -> bool:
        """Whether the save was refused because the part had been changed."""
        return any(error.code == "changed_meanwhile" for error in self.non_field_errors().as_data())

    def see(self, revision: int) -> None:
        """From now on the writer has seen this revision (the page shows what stands there)."""
        data: Any = copy(self.data)  # a sent form cannot be changed, a copy of it can
        data["revision"] = str(revision)
        self.data = data


class LongTermGoalForm(RevisionForm):
    hide_optional = True
    own_text = forms.CharField(label=_("Målet med egne ord"), required=False, max_length=LONGEST, widget=_long_text())
    own_language = forms.ChoiceField(label=_("Språket teksten er skrevet på"), required=False, choices=())
    text = forms.CharField(label=_("Det samme på norsk"), required=False, max_length=LONGEST, widget=_long_text())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.initial.get("own_language", "")
        extra = [(chosen, chosen)] if chosen and chosen not in LANGUAGES else []
        self.fields["own_language"].choices = [*language_choices(empty=_("Velg språk")), *extra]  # type: ignore[attr-defined]


class EndGoalForm(RevisionForm):
    end_goal = forms.ChoiceField(label=_("Hva programmet skal føre til"), choices=[("", _("Velg")), *EndGoal.choices])
    why = forms.CharField(label=_("Hvorfor dette målet passer"), max_length=LONGEST, widget=_long_text())


class NorwegianGoalForm(RevisionForm):
    norwegian_goal = forms.ChoiceField(label=_("Nivå"), choices=[("", _("Velg")), *NorwegianGoal.choices])
    why = forms.CharField(
        label=_("Nærmere om målet"),
        required=False,
        max_length=LONGEST,
        widget=_long_text(),
        help_text=_("For eksempel et høyere nivå muntlig enn skriftlig, og hvorfor."),
    )


class PartialGoalForm(RevisionForm):
    text = forms.CharField(label=_("Delmål"), max_length=300, widget=forms.TextInput(attrs={"dir": "auto"}))
    text_own = forms.CharField(
        label=_("På deltakerens eget språk"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


class ReachedForm(HouseForm):
    reached_on = DayField(label=_("Dagen delmålet ble nådd"))


class StepForm(RevisionForm):
    title = forms.CharField(
        label=_("Hva heter tiltaket?"),
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("For eksempel «Språkpraksis på sykehjemmet»."),
    )
    kind = forms.ChoiceField(label=_("Type"), choices=[("", _("Velg")), *StepKind.choices])
    partial_goal = forms.ChoiceField(label=_("Delmål det hører til"), required=False)
    start_on = DayField(label=_("Første dag"), required=False)
    end_on = DayField(label=_("Siste dag"), required=False)
    responsible = forms.ChoiceField(label=_("Hvem har ansvaret?"))
    why = forms.CharField(
        label=_("Hvorfor hjelper det?"),
        max_length=LONGEST,
        widget=_long_text(3),
        help_text=_("Skriv hvordan tiltaket bringer deltakeren nærmere målet."),
    )
    title_own = forms.CharField(
        label=_("Tiltaket på deltakerens eget språk"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def __init__(
        self, *args: Any, goals: Sequence[Any] = (), responsible: Sequence[Responsible] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.answering = {each.key: each for each in responsible}
        fields: dict[str, Any] = self.fields
        fields["partial_goal"].choices = [("", _("Ingen")), *((str(goal.pk), goal.text) for goal in goals)]
        fields["responsible"].choices = [
            ("", _("Velg")),
            *((each.key, each.label) for each in responsible),
            (BY_PARTICIPANT, _("Deltakeren selv")),
        ]

    def details(self) -> StepDetails:
        """What the commands take."""
        given = self.cleaned_data
        chosen = self.answering.get(given["responsible"])
        return StepDetails(
            **{name: given[name] for name in ("kind", "title", "title_own", "start_on", "end_on", "why")},
            partial_goal=given["partial_goal"] or None,
            unit=chosen.unit if chosen else None,
            user=chosen.user if chosen else None,
            by_participant=given["responsible"] == BY_PARTICIPANT,
        )


class ReportForm(RevisionForm):
    status = forms.ChoiceField(label=_("Hvordan står det til?"), choices=StepStatus.choices, widget=forms.RadioSelect)
    result = forms.CharField(
        label=_("Hvordan gikk det?"),
        required=False,
        max_length=LONGEST,
        widget=_long_text(),
        help_text=_("Skriv kort hva deltakeren fikk ut av tiltaket. Må fylles ut når det er fullført eller avbrutt."),
    )


class ContributionForm(RevisionForm):
    text = forms.CharField(
        label=_("Bidraget ditt"),
        max_length=LONGEST,
        widget=_long_text(5),
        error_messages={"required": _("Skriv bidraget før du lagrer.")},
    )
    about = forms.ChoiceField(label=_("Hva det handler om"), required=False)

    def __init__(self, *args: Any, goals: Sequence[Any] = (), steps: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: list[Any] = [("", _("Planen som helhet"))]
        if steps:
            choices.append((_("Tiltak"), [(f"step:{step.pk}", step.title) for step in steps]))
        if goals:
            choices.append((_("Delmål"), [(f"goal:{goal.pk}", goal.text) for goal in goals]))
        self.fields["about"].choices = choices  # type: ignore[attr-defined]

    def details(self) -> dict[str, Any]:
        """What the commands take."""
        kind, _colon, key = self.cleaned_data["about"].partition(":")
        return {
            "text": self.cleaned_data["text"],
            "step": key if kind == "step" else None,
            "partial_goal": key if kind == "goal" else None,
        }


class ContradictionForm(HouseForm):
    contributions = forms.MultipleChoiceField(
        label=_("Bidrag som sier ulike ting"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Velg minst to bidrag som sier ulike ting.")},
    )
    text = forms.CharField(label=_("Hva er motstridende?"), max_length=LONGEST, widget=_long_text(3))

    def __init__(self, *args: Any, contributions: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contributions"].choices = contributions  # type: ignore[attr-defined]


class SettleForm(HouseForm):
    resolution = forms.CharField(label=_("Hva gjelder, og hvorfor?"), max_length=LONGEST, widget=_long_text(4))


class MaterialChangeForm(HouseForm):
    why = forms.CharField(label=_("Hva er endret?"), max_length=LONGEST, widget=_long_text(4))
    happened_on = DayField(label=_("Når skjedde det?"), required=False)


class NothingForm(HouseForm):
    """A button: nothing to fill in."""


class CompareForm(forms.Form):
    """What to compare; sent with GET, so that the address can be kept."""

    fra = forms.ChoiceField(label=_("Før"))
    til = forms.ChoiceField(label=_("Etter"))

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["fra"].choices = fields["til"].choices = choices


WAS_THERE = [
    ("none", _("Tolk trengtes ikke")),
    ("present", _("Tolk var med")),
    ("absent", _("Tolk trengtes, men var ikke med")),
]


class VersionForm(RevisionForm):
    talk_on = DayField(label=_("Når var plansamtalen?"))
    took_part = forms.MultipleChoiceField(
        label=_("Hvem var med?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Velg hvem som var med i plansamtalen.")},
    )
    others = forms.CharField(
        label=_("Andre som var med"),
        required=False,
        max_length=600,
        help_text=_("Skriv navn, med komma mellom."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    interpreter = forms.ChoiceField(
        label=_("Tolk"),
        choices=WAS_THERE,
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg om tolk var med.")},
    )
    interpreter_language = forms.ChoiceField(
        label=_("Språket det ble tolket til"),
        required=False,
        help_text=_("Må velges når deltakeren trengte tolk."),
    )
    participant_view = forms.ChoiceField(
        label=_("Hva sier deltakeren om planen?"),
        choices=ParticipantView.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg hva deltakeren sier om planen.")},
    )
    participant_words = forms.CharField(
        label=_("Deltakerens egne ord"),
        required=False,
        max_length=LONGEST,
        widget=_long_text(3),
        help_text=_("Må fylles ut når deltakeren er uenig eller delvis enig: Skriv hva uenigheten gjelder."),
    )
    decision_reason = forms.CharField(
        label=_("Kommunens avgjørelse, med begrunnelse"),
        required=False,
        max_length=LONGEST,
        widget=_long_text(3),
        help_text=_("Må fylles ut når dere ikke ble enige. Begrunnelsen følger denne versjonen."),
    )

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["took_part"].choices = people
        fields["interpreter_language"].choices = language_choices(empty=_("Velg språk"))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("interpreter") in ("present", "absent") and not values.get("interpreter_language"):
            self.add_error("interpreter_language", forms.ValidationError(_("Velg språket."), code="missing_language"))
        return values

    def details(self, people: Mapping[str, TookPart]) -> dict[str, Any]:
        """What the command takes; ``people`` are those the form offered, by key."""
        given = self.cleaned_data
        others = [TookPart(name.strip()) for name in given["others"].split(",") if name.strip()]
        needed = given["interpreter"] != "none"
        return {
            name: given[name]
            for name in ("talk_on", "participant_view", "participant_words", "decision_reason", "revision")
        } | {
            "took_part": [*(people[key] for key in given["took_part"]), *others],
            "interpreter": Interpreter(given["interpreter_language"], given["interpreter"] == "present")
            if needed
            else None,
        }
