"""Template words of the room: amounts, months and the sentences of payslip lines in the reader's language."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template
from django.utils.translation import gettext as _

from samlop.benefit.rules_known import book
from samlop.benefit.showing import reading_language
from samlop.benefit.telling import Words
from samlop.law import formatting
from samlop.law.dates import Month
from samlop.law.explain import shown_value
from samlop.law.parameters import Held

register = template.Library()


@register.filter
def kroner(ore: int | None) -> str:
    """«20 724,29 kr»; nothing gives nothing."""
    return "" if ore is None else formatting.amount(ore, reading_language())


@register.filter
def month_name(value: date | Month | str | None) -> str:
    """«november 2026» of a day or month."""
    if not value:
        return ""
    if isinstance(value, str):
        value = date.fromisoformat(f"{value[:7]}-01")
    return formatting.month(value.first if isinstance(value, Month) else value, reading_language())


@register.filter
def line_text(line: dict[str, Any]) -> str:
    """The sentence of a payslip line in the reader's language."""
    return str(line["text"].get(reading_language()) or line["text"]["nb"])


@register.filter
def line_name(code: str) -> str:
    """«Stønad», «Fravær» …"""
    return {
        "BENEFIT": _("Stønad"),
        "ABSENCE": _("Fravær"),
        "PAID_WORK": _("Lønnet arbeid"),
        "OTHER_BENEFIT": _("Annen ytelse"),
        "FLOOR": _("Ikke trukket"),
        "CORRECTION": _("Rettelse"),
    }.get(code, code)


@register.filter
def note_text(note: Any) -> str:
    """An open question of the law in the reader's language."""
    text = getattr(note, "text", note)
    return str(text.in_language(reading_language()))


@register.filter
def because(code: str) -> str:
    """Why a closed month comes out otherwise."""
    if code.startswith("rule:"):
        parameter = book().parameters.get(code.removeprefix("rule:"))
        return parameter.label.in_language(reading_language()) if parameter else code
    return {
        "absence": _("endret fravær"),
        "circumstances": _("endrede opplysninger"),
        "period": _("endrede datoer eller permisjon"),
        "not_paid": _("ikke utbetalt for måneden"),
    }.get(code, _("annet"))


@register.filter
def held_value(held: Held | None) -> str:
    """«136 549» of a parameter as it held."""
    return shown_value(held.version.value, reading_language()) if held else "–"


@register.filter
def plain_line(words: Words, line: dict[str, Any]) -> str:
    """A payslip line in plain words, in a language of ``words/``."""
    return words.line(line)


@register.filter
def in_amount(words: Words, ore: int) -> str:
    return words.amount(ore)


@register.filter
def in_paragraph(words: Words, line: dict[str, Any]) -> str:
    """«Dette står i integreringsloven § 21.»; nothing for a line without a paragraph."""
    references = ", ".join(line["references"])
    return words.page["paragraph"].format(references=references) if references else ""


@register.filter
def paid_on(words: Words, sheet: Any) -> str:
    return words.page["paid_on"].format(day=words.day(sheet.pay_on), month=words.month(sheet.month))


@register.filter
def so_far_title(words: Words, month: Month) -> str:
    text = words.page["so_far"].format(month=words.month(month.first))
    return text[0].upper() + text[1:]


@register.filter
def note_in(words: Words, note: Any) -> str:
    """An open question of the law; the law's room speaks bokmål, nynorsk and English."""
    return str(note.text.in_language(words.numbers))


@register.filter
def with_contact(words: Words, contact: str) -> str:
    return words.page["object_text"].format(contact=contact)


@register.filter
def with_office(words: Words, office: str) -> str:
    return words.page["complain_decision"].format(office=office)


@register.filter
def ask_office(words: Words, office: str) -> str:
    return words.page["complain_other"].format(office=office)


@register.filter
def plan_text(words: Words, one: Any) -> str:
    """What the participant pays back, and how much is left of it."""
    values = {"month": words.month(one.plan.correction.month), "total": words.amount(one.plan.ore)}
    return words.page["instalments_text"].format(rest=words.amount(one.rest_ore), **values)


@register.filter
def instalment_text(words: Words, row: Any) -> str:
    """«2 000,00 kr i stønaden for desember 2026»."""
    return words.page["instalment"].format(amount=words.amount(row.ore), month=words.month(row.month))


@register.filter
def ask_for_change(words: Words, contact: str) -> str:
    return words.page["instalment_change"].format(contact=contact)
