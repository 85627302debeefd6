"""Forms of the house: days as people write them, refusals at the field, and a key that makes double clicks harmless."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samlop.core.errors import ChangedMeanwhile, Refused
from samlop.core.ids import uuid7
from samlop.core.time import parse_clock, parse_date


class DayField(forms.DateField):
    """A date typed as «15.3.», «15.3.2027» or ISO; shown as «15.03.2027»."""

    default_error_messages = {
        "required": _("Skriv datoen, for eksempel 15.3.2027."),
        "invalid": _("Vi forstår ikke datoen. Skriv dag, måned og år, for eksempel 15.3.2027."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget",
            forms.TextInput(
                attrs={"inputmode": "numeric", "autocomplete": "off", "class": "day", "placeholder": _("dd.mm.åååå")}
            ),
        )
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        try:
            found = parse_date(str(value))
        except ValueError:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None
        if not 1900 <= found.year <= 2100:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return found

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%d.%m.%Y}" if isinstance(value, date) else value


class ClockField(forms.Field):
    """A time as people write it: «10.30», «10:30», «1030», «9»."""

    default_error_messages = {"invalid": _("Vi forstår ikke klokkeslettet. Skriv for eksempel 10.30.")}

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "off", "size": 6, "placeholder": "tt.mm"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> time | None:
        if value in self.empty_values:
            return None
        if isinstance(value, time):
            return value
        try:
            return parse_clock(str(value))
        except ValueError:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H.%M}" if isinstance(value, time) else value


class HouseForm(forms.Form):
    """Base of every form. ``once`` is made by the server for each rendering of the form.

    A field with ``show_hidden_initial`` carries what it showed (``shown_first``), so that a page that has stood open
    for long does not overwrite what others have changed since (``core.stale``). ``answers`` is the HTTP status of a
    page with this form after a refusal.
    """

    # The server's own texts say what is missing and how to fill it in; the browser's would come first and say less.
    use_required_attribute = False
    once = forms.UUIDField(widget=forms.HiddenInput, required=False)
    result: Any = None
    answers = 422
    hide_optional = False
    """For a form where nothing must be filled in: the word «valgfritt» at every field would only be in the way."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.fields["once"].initial = uuid7

    def full_clean(self) -> None:
        """Clean with the house's own words for what is missing, also in fields that a form made after its own start."""
        for name, field in self.fields.items():
            if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = _missing(field) % {"label": f"«{field.label or name}»"}
        super().full_clean()

    def refuse(self, refusal: Refused) -> None:
        """Show a command's refusal at the field it is about, or on top of the form."""
        self.answers = refusal.status
        if isinstance(refusal, ChangedMeanwhile):
            self._show_both(refusal)
            return
        field = refusal.field if refusal.field in self.fields else None
        self.add_error(field, forms.ValidationError(refusal.text, code=refusal.code))

    def shown_first(self) -> dict[str, Any]:
        """What the page showed in the fields that carry it, as the fields read it."""
        found = {}
        for name, field in self.fields.items():
            if not field.show_hidden_initial:
                continue
            key, widget = self.add_initial_prefix(name), field.hidden_widget()
            if key not in self.data and not isinstance(widget, forms.MultipleHiddenInput):
                continue  # no box ticked sends nothing; any other field that sends nothing was not shown
            try:
                found[name] = field.to_python(widget.value_from_datadict(self.data, self.files, key))
            except forms.ValidationError:
                continue
        return found

    def _show_both(self, refusal: ChangedMeanwhile) -> None:
        """What stands now at each field that still holds what was typed; saving once more is then a choice."""
        data: Any = self.data
        self.data = data = data.copy()  # a request's data cannot be changed
        here = [name for name in refusal.fields if name in self.fields]
        for name in here:
            field, value = self.fields[name], refusal.fields[name]
            text = _STANDS if said(field, value) else _EMPTIED
            message = text % {"value": said(field, value)}
            self.add_error(name, forms.ValidationError(message, code=refusal.code))
            data[self.add_initial_prefix(name)] = "" if value is None else field.prepare_value(value)
        if len(here) < len(refusal.fields) or not here:
            self.add_error(None, forms.ValidationError(refusal.text, code=refusal.code))


_STANDS = _(
    "Andre har endret dette til «%(value)s» etter at du åpnet siden. Ditt er ikke lagret. Lagre på nytt hvis det er "
    "ditt som skal gjelde."
)
_EMPTIED = _(
    "Andre har tømt dette feltet etter at du åpnet siden. Ditt er ikke lagret. Lagre på nytt hvis det er ditt som skal "
    "gjelde."
)


def said(field: forms.Field, value: Any) -> str:
    """A field's value as the reader knows it: the word of a choice, a day as written here; nothing gives nothing."""
    if value in (None, ""):
        return ""
    for key, text in getattr(field, "choices", ()):
        pairs = text if isinstance(text, list | tuple) else [(key, text)]
        for one, words in pairs:
            if str(one) == str(value):
                return str(words)
    return str(field.prepare_value(value)).replace("\r\n", "\n")


def _missing(field: forms.Field) -> Any:
    """What to do about a field that was left out, by what one does with it."""
    match field:
        case forms.BooleanField():
            return _("Kryss av for %(label)s.")
        case forms.FileField():
            return _("Velg en fil: %(label)s.")
        case forms.ChoiceField() | forms.ModelChoiceField():
            return _("Velg %(label)s.")
    return _("Fyll ut %(label)s.")
