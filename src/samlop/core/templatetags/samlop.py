"""Template words of the house: dates and numbers as people write them here, fields and error summaries."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django import forms, template
from django.forms.formsets import BaseFormSet
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as django_url
from django.template.loader import render_to_string
from django.urls import NoReverseMatch
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samlop.core import languages
from samlop.core.addresses import address
from samlop.core.ids import uuid7
from samlop.core.time import OSLO, iso_week, today

register = template.Library()


@register.filter
def day(value: date | datetime | str | None) -> str:
    """«20.11.2026»; an ISO text is understood too, nothing gives nothing."""
    if not value:
        return ""
    if isinstance(value, str):
        value = date.fromisoformat(value[:10])
    if isinstance(value, datetime):
        value = value.astimezone(OSLO).date()
    return f"{value.day:02d}.{value.month:02d}.{value.year}"


@register.filter
def moment(value: datetime | None) -> str:
    """«20.11.2026 kl. 14.05» in Norwegian time."""
    if not value:
        return ""
    local = value.astimezone(OSLO)
    clock = f"{local.hour:02d}.{local.minute:02d}"
    return _("%(day)s kl. %(clock)s") % {"day": day(local), "clock": clock}


@register.filter
def week(value: date | None) -> str:
    """The week number, «47»."""
    return str(iso_week(value)) if value else ""


@register.filter
def language_name(code: str | None) -> str:
    """«tigrinja» for «ti»."""
    return languages.language_name(code or "")


@register.filter
def direction(code: str | None) -> str:
    """The attribute ``dir`` of a text in a language: «rtl», «ltr» or «auto»."""
    return languages.direction(code or "")


@register.filter
def age(born: date | None) -> int | str:
    """Full years today; nothing gives nothing."""
    if not born:
        return ""
    now = today()
    return now.year - born.year - ((now.month, now.day) < (born.month, born.day))


_PARAGRAPH = re.compile(r"\b[a-zæøå]+(?:loven|lova|forskriften|forskrifta) § \d+(?:-\d+)?(?: [a-z]\b)?")


@register.filter
def paragraphs(text: str | None) -> SafeString:
    """A text in which each «integreringsloven § 12» leads to what the rule book says of it."""
    try:
        book = address("rulebook:paragraph")
    except NoReverseMatch:
        return conditional_escape(text or "")
    return _linked(text or "", book)


@functools.lru_cache(maxsize=4096, typed=True)  # what is marked as safe is another text than what is not
def _linked(text: str, book: str) -> SafeString:
    """The same few hundred reasons are shown again and again."""
    escaped = conditional_escape(text)

    def link(found: re.Match[str]) -> str:
        return f'<a class="ds-link" href="{book}?{urlencode({"p": found[0]})}">{found[0]}</a>'

    return SafeString(_PARAGRAPH.sub(link, escaped))


@register.simple_tag
def field(bound: forms.BoundField, hint: str = "") -> SafeString:
    """A form field with label, hint, control and error, as Designsystemet draws it.

    Works for text, long text, choice, radio buttons, one or several check boxes, dates and files, in formsets and with
    a prefix. Hint and error are tied to the control, so that a screen reader says them together.
    """
    widget = bound.field.widget
    if widget.is_hidden:
        return SafeString(str(bound))
    kind = _kind(bound)
    hint = hint or str(bound.help_text)
    described = " ".join(
        f"{bound.auto_id}_{part}" for part, there in (("hint", hint), ("error", bound.errors)) if there
    )
    widget.attrs["class"] = " ".join(dict.fromkeys([*str(widget.attrs.get("class", "")).split(), "ds-input"]))
    if kind in ("text", "long"):
        widget.attrs.setdefault("dir", "auto")
    if widget.attrs.get("rows") == "10":  # the framework's own default, taller than what people write here
        widget.attrs["rows"] = "5"
    context = {"field": bound, "kind": kind, "hint": hint, "described": described}
    if kind == "group":
        context["one"] = not isinstance(widget, forms.CheckboxSelectMultiple)
        if context["one"]:
            _quiet(bound)
    else:
        attrs: dict[str, str | bool] = {"aria-describedby": described} if described else {}
        if bound.field.required and kind != "check":
            attrs["aria-required"] = "true"
        context["control"] = bound.as_widget(attrs=attrs)
    return format_html("{}{}", render_to_string("forms/field.html", context), _shown_first(bound))


def _shown_first(bound: forms.BoundField) -> str:
    """What the field showed when the page was opened, hidden beside it (``HouseForm.shown_first``)."""
    if not bound.field.show_hidden_initial:
        return ""
    widget, name = bound.field.hidden_widget(), bound.html_initial_name
    if not bound.form.is_bound:
        return widget.render(name, bound.value())
    if name not in bound.form.data:
        return ""
    return widget.render(name, widget.value_from_datadict(bound.form.data, bound.form.files, name))


def _kind(bound: forms.BoundField) -> str:
    widget = bound.field.widget
    if isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
        return "group"
    for kind, widgets in _KINDS.items():
        if isinstance(widget, widgets):
            return kind
    return "day" if isinstance(bound.field, forms.DateField) else "text"


_KINDS: dict[str, tuple[type[forms.Widget], ...]] = {
    "check": (forms.CheckboxInput,),
    "choice": (forms.Select,),
    "file": (forms.FileInput,),
    "long": (forms.Textarea,),
    "plain": (forms.NumberInput, forms.EmailInput, forms.PasswordInput, forms.URLInput),
}


def _quiet(bound: forms.BoundField) -> None:
    """A radio button may not say that it is invalid; the group around it does."""
    for option in bound.subwidgets:
        option.data["attrs"].pop("aria-invalid", None)


@register.simple_tag
def error_summary(*sources: Any) -> SafeString:
    """All errors of forms and formsets in one box on top, each a link to its field; nothing when there are none."""
    errors = [error for source in sources for error in _errors(source)]
    return render_to_string("forms/error_summary.html", {"errors": errors}) if errors else SafeString("")


def _errors(source: Any) -> Iterator[tuple[str, str]]:
    """Anchor and text of each error; in a formset the text begins with the number of the row."""
    if isinstance(source, BaseFormSet):
        yield from (("", str(error)) for error in (source.non_form_errors() if source.is_bound else ()))
        for number, form in enumerate(source.forms, start=1):
            row = _("Rad %(number)s") % {"number": number}
            yield from ((anchor, f"{row}: {text}") for anchor, text in _errors(form))
        return
    if not source or not source.is_bound:
        return
    yield from (("", str(error)) for error in source.non_field_errors())
    for bound in source:
        for error in bound.errors:
            text = str(error)
            # Errors that come with the framework do not say which field they are about.
            named = bound.is_hidden or str(bound.label).casefold() in text.casefold()
            yield _anchor(bound), text if named else _after(str(bound.label), text)


def _after(label: str, text: str) -> str:
    """An error after its field's name: «Minutter: …», «Hvem var til stede? …»."""
    return f"{label} {text}" if label.endswith(("?", ":")) else f"{label}: {text}"


def _anchor(bound: forms.BoundField) -> str:
    if bound.is_hidden:
        return ""
    return f"{bound.auto_id}_0" if _kind(bound) == "group" else bound.id_for_label


@register.simple_tag
def once() -> SafeString:
    """The hidden key of a form that is only a button: a double click on it changes nothing twice."""
    return format_html('<input type="hidden" name="once" value="{}">', uuid7())


class Address(URLNode):
    """``{% url %}`` by way of ``core.addresses``."""

    def render(self, context: template.Context) -> str:
        args = [one.resolve(context) for one in self.args]
        kwargs = {name: one.resolve(context) for name, one in self.kwargs.items()}
        try:
            found = address(self.view_name.resolve(context), *args, **kwargs)
        except NoReverseMatch:
            if self.asvar is None:
                raise
            found = ""
        if self.asvar:
            context[self.asvar] = found
            return ""
        return conditional_escape(found)


@register.tag
def url(parser: template.base.Parser, token: template.base.Token) -> Address:
    """The address of a page, as Django's own tag."""
    node = django_url(parser, token)
    return Address(node.view_name, node.args, node.kwargs, node.asvar)
