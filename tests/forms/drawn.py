"""The forms that stand on a page, as a browser reads them: where each goes, and its fields with what they hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

TYPED = ("text", "day", "number", "password")
"""Kinds of fields that somebody types in."""
NOT_OURS = frozenset({"csrfmiddlewaretoken", "language"})


@dataclass
class Field:
    """One field. ``kind``: text, day, number, password, choice, tick, file, hidden, button."""

    name: str
    kind: str
    value: str = ""
    options: list[str] = field(default_factory=list)


@dataclass
class Drawn:
    """One form of a page."""

    action: str
    method: str
    fields: list[Field] = field(default_factory=list)

    @property
    def visible(self) -> list[Field]:
        """What a person can fill in."""
        return [one for one in self.fields if one.kind not in ("hidden", "button")]

    def filled(self) -> dict[str, list[str]]:
        """What the form sends when nobody has touched it; the first button is the one that is pressed."""
        sent: dict[str, list[str]] = {}
        pressed = False
        for one in self.fields:
            if one.kind in ("tick", "file") or (one.kind == "button" and pressed) or one.name in NOT_OURS:
                continue
            pressed = pressed or one.kind == "button"
            sent.setdefault(one.name, []).append(one.value)
        return sent


class _Reader(HTMLParser):
    def __init__(self, here: str) -> None:
        super().__init__(convert_charrefs=True)
        self.here = here
        self.forms: list[Drawn] = []
        self._form: Drawn | None = None
        self._area: Field | None = None
        self._select: Field | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        have = {name: value or "" for name, value in attrs}
        match tag:
            case "form":
                self._form = Drawn(have.get("action") or self.here, have.get("method", "get").lower())
                self.forms.append(self._form)
            case "input" | "button":
                self._add(_field(tag, have))
            case "textarea":
                self._area = Field(have.get("name", ""), "text")
                self._add(self._area)
            case "select":
                self._select = Field(have.get("name", ""), "choice")
                self._add(self._select)
            case "option" if self._select is not None:
                self._select.options.append(have.get("value", ""))
                if "selected" in have:
                    self._select.value = have.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        match tag:
            case "form":
                self._form = None
            case "textarea":
                self._area = None
            case "select":
                self._select = None

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area.value += data.lstrip("\n")

    def _add(self, found: Field | None) -> None:
        if found is None or not found.name or self._form is None:
            return
        same = next((one for one in self._form.fields if one.name == found.name and one.kind == found.kind), None)
        if same is not None and found.kind in ("choice", "tick"):  # radio buttons and boxes of one name are one field
            same.options += found.options
            same.value = same.value or found.value
        else:
            self._form.fields.append(found)


def _field(tag: str, have: dict[str, str]) -> Field | None:
    kind, name, value = (
        have.get("type", "submit" if tag == "button" else "text"),
        have.get("name", ""),
        have.get("value"),
    )
    match kind:
        case "submit":
            return Field(name, "button", value or "")
        case "checkbox":
            return Field(name, "tick", options=[value or "on"])
        case "radio":
            return Field(name, "choice", value or "" if "checked" in have else "", [value or ""])
        case "file" | "hidden" | "password":
            return Field(name, kind, value or "")
    if "day" in have.get("class", "").split():
        return Field(name, "day", value or "")
    return Field(name, "number" if kind == "number" or "inputmode" in have else "text", value or "")


def forms_of(html: str, here: str) -> Iterator[Drawn]:
    """Every form of a page that stands at the address ``here``."""
    reader = _Reader(here)
    reader.feed(html)
    yield from reader.forms
