"""The languages participants speak: their Norwegian names and the direction they are written in.

The list holds the mother tongues of those who have come since 2014 and the languages they share with helpers; a code
outside it is accepted and shown as it is, so that nobody's language is missing.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samlop.core.sorting import sort_key

LANGUAGES: dict[str, Promise] = {
    "sq": _("albansk"),
    "am": _("amharisk"),
    "ar": _("arabisk"),
    "bn": _("bengali"),
    "my": _("burmesisk"),
    "prs": _("dari"),
    "en": _("engelsk"),
    "fr": _("fransk"),
    "ka": _("georgisk"),
    "hy": _("armensk"),
    "az": _("aserbajdsjansk"),
    "cnh": _("chin (hakha)"),
    "hi": _("hindi"),
    "kar": _("karensk"),
    "rw": _("kinyarwanda"),
    "rn": _("kirundi"),
    "zh": _("kinesisk"),
    "ku": _("kurmanji"),
    "ln": _("lingala"),
    "ne": _("nepalsk"),
    "nb": _("norsk"),
    "om": _("oromo"),
    "ps": _("pashto"),
    "fa": _("persisk"),
    "pl": _("polsk"),
    "pt": _("portugisisk"),
    "ro": _("rumensk"),
    "ru": _("russisk"),
    "so": _("somali"),
    "ckb": _("sorani"),
    "es": _("spansk"),
    "sw": _("swahili"),
    "ta": _("tamil"),
    "th": _("thai"),
    "ti": _("tigrinja"),
    "tr": _("tyrkisk"),
    "ug": _("uigurisk"),
    "uk": _("ukrainsk"),
    "ur": _("urdu"),
    "uz": _("usbekisk"),
    "vi": _("vietnamesisk"),
}
"""ISO 639 code → Norwegian name."""

RIGHT_TO_LEFT = frozenset({"ar", "ckb", "fa", "he", "prs", "ps", "sd", "ug", "ur", "yi"})


def language_name(code: str) -> str:
    """«tigrinja»; the code itself where we have no name, nothing for nothing."""
    return str(LANGUAGES.get(code, code))


def direction(code: str) -> str:
    """``rtl`` or ``ltr`` for a language code, ``auto`` where it is not known (for the attribute ``dir`` of a page)."""
    if not code:
        return "auto"
    return "rtl" if code.split("-")[0].lower() in RIGHT_TO_LEFT else "ltr"


def language_choices(*, empty: str | Promise | None = None) -> list[tuple[str, str | Promise]]:
    """Choices of a form, by name in the active language."""
    named = sorted(((code, str(name)) for code, name in LANGUAGES.items()), key=lambda pair: sort_key(pair[1]))
    return [*([("", empty)] if empty is not None else []), *named]
