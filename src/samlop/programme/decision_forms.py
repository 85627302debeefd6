"""Forms of decisions and complaints; what a decision asks for follows from its kind."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samlop.core.forms import DayField, HouseForm
from samlop.core.time import add_months, today
from samlop.programme.kinds import PARTS, DecisionKind, Part, PartType, ore
from samlop.programme.models import EducationLevel, HandedOver, LetterLanguage, Outcome, Reconsideration
from samlop.programme.presenting import month

MONTHS_BACK, MONTHS_AHEAD = 24, 3


class KronerField(forms.CharField):
    """An amount typed as «20 724,29»; øre inside."""

    default_error_messages = {"amount": _("Skriv beløpet i kroner, for eksempel 11379,08.")}

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return ore(Decimal(text.replace(" ", "").replace("\u00a0", "").replace(",", ".")))
        except (InvalidOperation, ValueError):
            raise forms.ValidationError(self.error_messages["amount"], code="amount") from None

    def prepare_value(self, value: Any) -> Any:
        return f"{value // 100},{value % 100:02d}" if isinstance(value, int) else value


def _months() -> list[tuple[str, str]]:
    first = today().replace(day=1)
    days = [add_months(first, -back) for back in range(-MONTHS_AHEAD, MONTHS_BACK)]
    return [(f"{found:%Y-%m}", month(f"{found:%Y-%m}")) for found in days]


def field_of(part: Part) -> forms.Field:
    """The form field of one part of a decision."""
    given: dict[str, Any] = {"label": part.label, "required": part.required, "help_text": part.hint}
    match part.type:
        case PartType.DAY:
            return DayField(**given)
        case PartType.MONTH:
            return forms.ChoiceField(choices=[("", _("Velg måned")), *_months()], **given)
        case PartType.CHOICE:
            return forms.ChoiceField(choices=[("", _("Velg")), *part.choices()], **given)
        case PartType.FLAG:
            return forms.BooleanField(**{**given, "required": False})
        case PartType.MONEY:
            return KronerField(**given)
        case PartType.WHOLE:
            return forms.IntegerField(**given)
    return forms.CharField(max_length=1000, widget=forms.Textarea(attrs={"rows": "3"}), **given)


class DecisionForm(HouseForm):
    """A draft: what is decided, why, and the language of the letter."""

    reasons = forms.CharField(
        label=_("Begrunnelse"),
        required=False,
        widget=forms.Textarea(attrs={"rows": "8"}),
        help_text=_(
            "Hvilke regler og opplysninger vedtaket bygger på, og hva du har lagt vekt på (forvaltningsloven § 25). "
            "Du kan lagre utkastet uten, men ikke undertegne."
        ),
    )
    language = forms.ChoiceField(label=_("Brevet skrives på"), choices=LetterLanguage.choices)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, kind: DecisionKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        own = {part.name: field_of(part) for part in PARTS[kind]}
        for name, part in ((part.name, part) for part in PARTS[kind]):
            if part.required and not isinstance(own[name], (DayField, forms.ChoiceField)):
                own[name].error_messages["required"] = _("Fyll ut «%(label)s».") % {"label": part.label}
        self.fields = {**own, **self.fields}

    def data_of(self) -> dict[str, Any]:
        """What is decided, as the command takes it."""
        return {part.name: self.cleaned_data.get(part.name) for part in PARTS[self.kind]}


class EarlierForm(DecisionForm):
    """A decision made before the case came into Samløp, as it stands on the paper."""

    decided_on = DayField(label=_("Vedtaket er datert"))
    signed_by_name = forms.CharField(label=_("Hvem undertegnet"), max_length=200)
    signed_by_title = forms.CharField(
        label=_("Stilling og enhet eller kommune"),
        required=False,
        max_length=200,
        help_text=_("For eksempel «leder, flyktningtjenesten i Elvestad»."),
    )
    received_on = DayField(
        label=_("Deltakeren fikk vedtaket"),
        required=False,
        help_text=_("Klagefristen løper fra denne dagen. La feltet stå tomt hvis du ikke vet."),
    )
    reasons = forms.CharField(
        label=_("Begrunnelse eller merknad"),
        required=False,
        widget=forms.Textarea(attrs={"rows": "4"}),
        max_length=8000,
        help_text=_("Brevet ligger i arkivet. Skriv bare det andre trenger å vite."),
    )
    language = None  # type: ignore[assignment]
    seen = None  # type: ignore[assignment]

    ABOUT = ("decided_on", "signed_by_name", "signed_by_title", "received_on", "reasons")

    def __init__(self, *args: Any, kind: DecisionKind, **kwargs: Any) -> None:
        super().__init__(*args, kind=kind, **kwargs)
        self.order_fields([*(part.name for part in PARTS[kind]), *self.ABOUT])

    def values(self) -> dict[str, Any]:
        """What the command takes."""
        return {"data": self.data_of(), **{name: self.cleaned_data[name] for name in self.ABOUT}}


def earlier_initial(decision: Any) -> dict[str, Any]:
    """A decision that was written in, as the form that corrects it shows it."""
    return initial_of(decision.data) | {name: getattr(decision, name) for name in EarlierForm.ABOUT}


def initial_of(data: Mapping[str, Any]) -> dict[str, Any]:
    """Kept values as the form shows them."""
    return {name: _day_or_self(value) for name, value in data.items()}


def _day_or_self(value: Any) -> Any:
    if isinstance(value, str) and len(value) == 10:
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return value


class NewEndForm(HouseForm):
    """The later last day as the page proposed it, and the day that stood then."""

    end_on = DayField(widget=forms.HiddenInput)
    end_was = DayField(widget=forms.HiddenInput)


class SentForm(HouseForm):
    """How and when the participant got the decision."""

    how = forms.ChoiceField(label=_("Hvordan"), choices=HandedOver.choices, widget=forms.RadioSelect)
    sent_on = DayField(label=_("Dato"))


class SignForm(HouseForm):
    """The signature: the day, and which text was read."""

    on = DayField(label=_("Dato"))
    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class DayForm(HouseForm):
    """One day."""

    on = DayField(label=_("Dato"))


class ComplaintForm(HouseForm):
    """A complaint as it came in."""

    received_on = DayField(
        label=_("Dagen klagen ble levert eller postlagt"),
        help_text=_("Den er i tide hvis den er sendt innen fristen (forvaltningsloven § 30)."),
    )
    complainant = forms.CharField(label=_("Hvem klager"), max_length=200)
    about = forms.CharField(
        label=_("Hva det klages på"), required=False, widget=forms.Textarea(attrs={"rows": "4"}), max_length=4000
    )
    late_accepted = forms.CharField(
        label=_("Hvis den er for sen: hvorfor den likevel behandles"),
        required=False,
        widget=forms.Textarea(attrs={"rows": "2"}),
        max_length=2000,
    )


class LateForm(HouseForm):
    """Why a late complaint is treated all the same."""

    reasons = forms.CharField(label=_("Hvorfor klagen likevel behandles"), max_length=2000)


class ReconsiderForm(HouseForm):
    """What the municipality came to."""

    result = forms.ChoiceField(label=_("Kommunen"), choices=Reconsideration.choices, widget=forms.RadioSelect)
    on = DayField(label=_("Dato"))
    reasons = forms.CharField(label=_("Begrunnelse"), widget=forms.Textarea(attrs={"rows": "5"}), max_length=8000)

    def only_dismiss(self) -> ReconsiderForm:
        """The form for a complaint that can only be dismissed."""
        dismissed = Reconsideration.DISMISSED
        self.fields["result"].choices = [(dismissed.value, dismissed.label)]  # type: ignore[attr-defined]
        self.initial["result"] = dismissed.value
        return self


class OutcomeForm(HouseForm):
    """What statsforvalteren came to."""

    outcome = forms.ChoiceField(label=_("Statsforvalteren"), choices=Outcome.choices, widget=forms.RadioSelect)
    on = DayField(label=_("Dato"))
    note = forms.CharField(
        label=_("Merknad"), required=False, widget=forms.Textarea(attrs={"rows": "3"}), max_length=4000
    )


YES_NO = [("", _("Ikke kjent")), ("no", _("Nei")), ("yes", _("Ja"))]


class FactsForm(HouseForm):
    """What the law asks about and nobody else keeps. An empty field: not known."""

    education = forms.ChoiceField(
        label=_("Utdanning da tillatelsen ble gitt"),
        required=False,
        choices=[("", _("Ikke kjent")), *EducationLevel.choices],
        help_text=_("Videregående nivå betyr at utdanningen oppfyller kravet i GSU-listen (forskriften § 65 a)."),
    )
    nordic_or_eea = forms.ChoiceField(label=_("Nordisk borger eller EØS-borger"), required=False, choices=YES_NO)
    weekly_work_hours = forms.DecimalField(
        label=_("Arbeid eller tilbud om arbeid, timer i uka"),
        required=False,
        localize=True,
        max_digits=4,
        decimal_places=1,
        help_text=_("Skriv 0 når personen ikke arbeider."),
    )
    lived_in_municipality_since = DayField(label=_("Bodd i en kommune siden"), required=False)
    registered_in_municipality_on = DayField(label=_("Folkeregistrert i kommunen"), required=False)
    demanded_on = DayField(label=_("Personen krevde program"), required=False)
    career_guidance_on = DayField(label=_("Karriereveiledning gjennomført"), required=False)
    offered_start_on = DayField(
        label=_("Første dag i programmet som ble tilbudt"),
        required=False,
        help_text=_("Tomt felt: den samme som første dag i programmet."),
    )
    offered_norwegian_on = DayField(label=_("Tilbud om start i norskopplæringen fra"), required=False)
    social_studies_done_on = DayField(label=_("Samfunnskunnskap med prøve gjennomført"), required=False)
    norwegian_done_on = DayField(label=_("Norskopplæringen avsluttet"), required=False)
    leave_norwegian_offered_on = DayField(label=_("Norsk tilbudt i omsorgspermisjon fra"), required=False)
    more_norwegian_asked_on = DayField(
        label=_("Søkte om mer norsk (ut over de første 600 timene)"),
        required=False,
        help_text=_("Etter introduksjonsloven skal det tilbys senest tre måneder etter søknaden (§ 18)."),
    )
    more_norwegian_offered_on = DayField(label=_("Mer norsk tilbudt fra"), required=False)
    kvp_asked_on = DayField(
        label=_("Søkte om kvalifiseringsprogram etter dette"),
        required=False,
        help_text=_("Programmet hos NAV skal starte senest seks måneder etter søknaden (sosialtjenesteloven § 31)."),
    )
    kvp_started_on = DayField(label=_("Kvalifiseringsprogrammet startet"), required=False)
    used_before_days = forms.IntegerField(
        label=_("Programdager brukt i andre kommuner"), min_value=0, max_value=3660, initial=0
    )

    OLD_ACT = ("more_norwegian_asked_on", "more_norwegian_offered_on")
    """Asked about where introduksjonsloven holds, and nowhere else."""

    def __init__(self, *args: Any, old_act: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in () if old_act else self.OLD_ACT:
            del self.fields[name]
        for name, field in self.fields.items():
            # The day of settlement is proposed for the first field below, so what it showed is not what stood.
            field.show_hidden_initial = name not in ("once", "lived_in_municipality_since")

    def values(self) -> dict[str, Any]:
        """The facts as the command takes them."""
        return _facts({name: value for name, value in self.cleaned_data.items() if name != "once"})

    def seen_values(self) -> dict[str, Any]:
        """The facts as the page showed them."""
        return _facts(self.shown_first())

    @staticmethod
    def initial_from(facts: Any) -> dict[str, Any]:
        """The facts as the form shows them."""
        found = {name: getattr(facts, name) for name in FactsForm.base_fields if name != "once"}
        found["nordic_or_eea"] = {True: "yes", False: "no"}.get(facts.nordic_or_eea, "")
        return found


def _facts(values: dict[str, Any]) -> dict[str, Any]:
    if "nordic_or_eea" not in values:
        return values
    return values | {"nordic_or_eea": {"yes": True, "no": False}.get(values["nordic_or_eea"])}
