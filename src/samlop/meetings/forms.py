"""Forms of the room: planning, the page while people talk, changing, calling off, one action."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samlop.access.words import SECTION_NAMES
from samlop.core.errors import ChangedMeanwhile, Refused
from samlop.core.forms import ClockField, DayField, HouseForm
from samlop.core.languages import language_choices, language_name
from samlop.core.time import OSLO
from samlop.meetings.agenda import LONGEST, Point
from samlop.meetings.clock import moment
from samlop.meetings.commands.planning import LONGEST_MINUTES, SHORTEST_MINUTES
from samlop.meetings.editing import invited_of
from samlop.meetings.invites import Invited, Proposal
from samlop.meetings.models import Attendee, Meeting
from samlop.meetings.queries import MeetingPage, PlanningPage
from samlop.meetings.responsible import Responsible
from samlop.plan.vocabulary import ParticipantView


class WhenForm(HouseForm):
    """When, how long and where."""

    day = DayField(label=_("Dato"))
    clock = ClockField(label=_("Klokkeslett"))
    length_minutes = forms.IntegerField(
        label=_("Varighet i minutter"),
        initial=45,
        min_value=SHORTEST_MINUTES,
        max_value=LONGEST_MINUTES,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 4}),
        error_messages={"invalid": _("Skriv et helt tall.")},
    )
    place = forms.CharField(
        label=_("Sted"), max_length=200, required=False, help_text=_("For eksempel rom, adresse eller videolenke.")
    )

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if values.get("day") and values.get("clock"):
            try:
                values["starts_at"] = moment(values["day"], values["clock"])
            except Refused as refusal:
                self.refuse(refusal)
        return values

    @staticmethod
    def initial_of(meeting: Meeting) -> dict[str, Any]:
        """What the form shows for a meeting that is planned already."""
        start: datetime = meeting.starts_at.astimezone(OSLO)
        return {
            "day": start.date(),
            "clock": start.time(),
            "length_minutes": meeting.length_minutes,
            "place": meeting.place,
        }


class ChangeForm(WhenForm):
    """When and where of a meeting that is planned already, with what the page showed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("day", "clock", "length_minutes", "place"):
            self.fields[name].show_hidden_initial = True

    def values(self) -> dict[str, Any]:
        """What the command takes."""
        typed = {name: self.cleaned_data.get(name) for name in ("starts_at", "length_minutes", "place")}
        seen = self.shown_first()
        if seen.get("day") and seen.get("clock"):
            seen["starts_at"] = moment(seen["day"], seen["clock"])
        return typed | {"seen": seen}

    def refuse(self, refusal: Refused) -> None:
        """A moment is two fields on the page."""
        if isinstance(refusal, ChangedMeanwhile) and "starts_at" in refusal.fields:
            start = refusal.fields.pop("starts_at").astimezone(OSLO)
            refusal.fields |= {"day": start.date(), "clock": start.time()}
        super().refuse(refusal)


class InvitedField(forms.MultipleChoiceField):
    """Boxes for those who can be invited, each with why."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, proposals: Iterable[Proposal], **kwargs: Any) -> None:
        shown = list(proposals)
        kwargs.setdefault("initial", [one.key for one in shown if one.checked])
        super().__init__(
            label=_("Hvem skal være med?"),
            choices=[(one.key, f"{one.label} – {one.why}") for one in shown],
            error_messages={"required": _("Velg hvem som skal være med.")},
            **kwargs,
        )


def _languages(codes: Iterable[str]) -> list[tuple[str, Any]]:
    return [("", _("Ingen tolk")), *((code, language_name(code)) for code in dict.fromkeys(codes) if code)]


class PlanForm(WhenForm):
    """A new meeting."""

    own_points = forms.CharField(
        label=_("Egne punkter"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Ett punkt på hver linje."),
    )

    def __init__(self, *args: Any, shown: PlanningPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shown = shown
        self.fields["invited"] = InvitedField(shown.proposals)
        codes = list(shown.case.person.languages.order_by("order").values_list("code", flat=True))
        proposal = shown.interpreter
        if proposal is not None:
            self.fields["interpreter"] = forms.ChoiceField(
                label=_("Tolk"),
                required=False,
                choices=_languages(codes) if codes else language_choices(empty=_("Ingen tolk")),
                initial=proposal.language if proposal.checked else "",
                help_text=proposal.why,
            )
        if shown.points:
            self.fields["points"] = forms.MultipleChoiceField(
                label=_("Forslag til saksliste"),
                required=False,
                choices=[(point.key, point.text) for point in shown.points],
                initial=[point.key for point in shown.points],
                widget=forms.CheckboxSelectMultiple,
            )
        if len(shown.sections) > 1:
            self.fields["section"] = forms.ChoiceField(
                label=_("Hva handler møtet om?"),
                choices=[(section.value, SECTION_NAMES[section]) for section in shown.sections],
                help_text=_("Bare de som har innsyn i denne delen av saken, ser møtet og referatet."),
            )

    def invited(self) -> list[Invited]:
        """Whom to invite."""
        return [invited_of(key) for key in self.cleaned_data["invited"]]

    def agenda(self) -> list[Point]:
        """The points chosen among the proposed, then the own ones."""
        chosen = set(self.cleaned_data.get("points", ()))
        own = [line.strip() for line in self.cleaned_data["own_points"].splitlines() if line.strip()]
        return [p for p in self.shown.points if p.key in chosen] + [Point(line[:LONGEST]) for line in own]


class InviteForm(HouseForm):
    """Who is invited to a planned meeting, and the interpreter."""

    def __init__(self, *args: Any, shown: MeetingPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = [
            Invited(row.is_participant, row.unit_id, row.user_id).key
            for row in shown.attendees
            if not row.is_interpreter
        ]
        known = {one.key for one in shown.proposals}
        gone = [
            Proposal(
                Invited(row.is_participant, row.unit_id, row.user_id),
                _name(row),
                str(_("ikke lenger i saksteamet")),
                True,
            )
            for row in shown.attendees
            if not row.is_interpreter and Invited(row.is_participant, row.unit_id, row.user_id).key not in known
        ]
        self.fields["invited"] = InvitedField([*shown.proposals, *gone], initial=here, show_hidden_initial=True)
        codes = [*shown.languages, shown.meeting.interpreter_language]
        self.fields["interpreter"] = forms.ChoiceField(
            label=_("Tolk"),
            required=False,
            choices=_languages(codes),
            initial=shown.meeting.interpreter_language,
            show_hidden_initial=True,
        )

    def invited(self) -> list[Invited]:
        """Whom to invite."""
        return [invited_of(key) for key in self.cleaned_data["invited"]]


def _name(row: Attendee) -> str:
    return str(row.user or row.unit or "")


class HoldForm(HouseForm):
    """The page while people talk: one form, so that every button saves what is typed."""

    hide_optional = True
    revision = forms.IntegerField(widget=forms.HiddenInput)
    minutes = forms.CharField(label=_("Referat"), required=False, widget=forms.Textarea(attrs={"rows": 14}))
    new_point = forms.CharField(label=_("Nytt punkt"), required=False, max_length=LONGEST)
    new_action = forms.CharField(label=_("Hva skal gjøres?"), required=False, max_length=400)
    new_responsible = forms.ChoiceField(label=_("Hvem har ansvaret?"), required=False)
    new_due = DayField(label=_("Når skal det være gjort?"), required=False)

    def __init__(self, *args: Any, shown: MeetingPage, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"revision": shown.meeting.revision, "minutes": shown.meeting.minutes})
        super().__init__(*args, **kwargs)
        self.fields["present"] = forms.MultipleChoiceField(
            label=_("Hvem var til stede?"),
            required=False,
            show_hidden_initial=True,
            error_messages={
                "invalid_choice": _("Noen du krysset av, er ikke lenger invitert. Se over listen på nytt.")
            },
            choices=[(str(row.pk), attendee_name(row, shown)) for row in shown.attendees],
            initial=[str(row.pk) for row in shown.attendees if row.attended],
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["new_responsible"].choices = responsible_options(shown.responsible)  # type: ignore[attr-defined]
        if shown.makes_version:
            self.fields["participant_view"] = forms.ChoiceField(
                label=_("Hva sier deltakeren om planen?"),
                required=not self.is_bound,  # needed to close; the other buttons save without it
                choices=ParticipantView.choices,
                widget=forms.RadioSelect,
            )
            self.fields["participant_words"] = forms.CharField(
                label=_("Deltakerens egne ord"),
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
                help_text=_("Må fylles ut når deltakeren er uenig, helt eller delvis: Hva er deltakeren uenig i?"),
            )
            self.fields["decision_reason"] = forms.CharField(
                label=_("Kommunens begrunnelse"),
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
                help_text=_(
                    "Er dere ikke enige, er det kommunen som avgjør. Skriv hva som er bestemt, og hvorfor "
                    "(integreringsloven § 15)."
                ),
            )


def attendee_name(row: Attendee, shown: MeetingPage) -> str:
    """How an invited is written on the page."""
    if row.is_participant:
        return shown.case.person.name
    if row.is_interpreter:
        return str(_("Tolk"))
    return f"{row.user.name}, {row.unit.name}" if row.user and row.unit else _name(row)


def responsible_options(people: Sequence[Responsible]) -> list[tuple[str, Any]]:
    """The choices of who answers."""
    return [("", _("Ikke valgt")), *((one.key, one.label) for one in people)]


class CancelForm(HouseForm):
    """Why a meeting is called off."""

    why = forms.CharField(label=_("Hvorfor avlyses møtet?"), max_length=300)


class AmendForm(HouseForm):
    """An addition to the minutes of a closed meeting."""

    addition = forms.CharField(
        label=_("Tillegg til referatet"), max_length=5000, widget=forms.Textarea(attrs={"rows": 4})
    )


class ActionForm(HouseForm):
    """What, who and when of an action."""

    text = forms.CharField(label=_("Hva skal gjøres?"), max_length=400)
    responsible = forms.ChoiceField(label=_("Hvem har ansvaret?"), required=False)
    due_on = DayField(label=_("Når skal det være gjort?"), required=False)

    def __init__(self, *args: Any, people: Sequence[Responsible], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsible"].choices = responsible_options(people)  # type: ignore[attr-defined]


class DropForm(HouseForm):
    """Why an action will not be done."""

    why = forms.CharField(label=_("Hvorfor droppes oppgaven?"), max_length=300)


class Confirm(HouseForm):
    """A button alone: nothing but the key that makes a double click harmless."""
