"""The languages participants speak: ISO 639 codes, Norwegian names, and the direction they are written in.

One list for everything that asks for or shows a language: the register, imports, interpreters, the plan's own words. No
guess is ever made from a country. A code outside the list is shown as it is, so that nobody's language is missing.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samlop.core.sorting import search_key, sort_key

LANGUAGES: dict[str, Promise] = {
    "sq": _("albansk"), "am": _("amharisk"), "ar": _("arabisk"), "hy": _("armensk"), "az": _("aserbajdsjansk"),
    "eu": _("baskisk"), "be": _("belarusisk"), "bn": _("bengali"), "ber": _("berbisk"), "bih": _("bihari"),
    "byn": _("bilen"), "bs": _("bosnisk"), "bg": _("bulgarsk"), "my": _("burmesisk"), "da": _("dansk"),
    "prs": _("dari"), "din": _("dinka"), "nl": _("nederlandsk"), "en": _("engelsk"), "et": _("estisk"),
    "fa": _("persisk (farsi)"), "tl": _("filipino"), "fi": _("finsk"), "fr": _("fransk"), "ff": _("fulani"),
    "fur": _("fur"), "ka": _("georgisk"), "el": _("gresk"), "ha": _("hausa"), "haz": _("hazaragi"),
    "he": _("hebraisk"), "hi": _("hindi"), "ig": _("igbo"), "id": _("indonesisk"), "it": _("italiensk"),
    "ja": _("japansk"), "cnh": _("chin (hakha)"), "kac": _("kachin"), "ksw": _("karen (s'gaw)"), "kk": _("kasakhisk"),
    "km": _("khmer"), "zh": _("kinesisk"), "rw": _("kinyarwanda"), "rn": _("kirundi"), "ky": _("kirgisisk"),
    "kg": _("kikongo"), "ko": _("koreansk"), "hr": _("kroatisk"), "kmr": _("kurdisk (kurmanji)"),
    "ckb": _("kurdisk (sorani)"), "sdh": _("kurdisk (feyli)"), "lv": _("latvisk"), "ln": _("lingala"),
    "lt": _("litauisk"), "lg": _("luganda"), "mk": _("makedonsk"), "mg": _("gassisk"), "ml": _("malayalam"),
    "mn": _("mongolsk"), "ne": _("nepali"), "no": _("norsk"), "om": _("oromo"), "ps": _("pashto"),
    "pl": _("polsk"), "pt": _("portugisisk"), "pa": _("panjabi"), "rhg": _("rohingya"), "rom": _("romani"),
    "ro": _("rumensk"), "ru": _("russisk"), "ssy": _("saho"), "se": _("samisk"), "sr": _("serbisk"),
    "sn": _("shona"), "si": _("singalesisk"), "sk": _("slovakisk"), "so": _("somali"), "es": _("spansk"),
    "sus": _("susu"), "sw": _("swahili"), "sv": _("svensk"), "tg": _("tadsjikisk"), "ta": _("tamil"),
    "te": _("telugu"), "th": _("thai"), "bo": _("tibetansk"), "tig": _("tigre"), "ti": _("tigrinja"),
    "cs": _("tsjekkisk"), "ce": _("tsjetsjensk"), "tr": _("tyrkisk"), "tk": _("turkmensk"), "de": _("tysk"),
    "ug": _("uigurisk"), "uk": _("ukrainsk"), "hu": _("ungarsk"), "ur": _("urdu"), "uz": _("usbekisk"),
    "vi": _("vietnamesisk"), "wo": _("wolof"), "yo": _("yoruba"), "zza": _("zazaki"), "sgn": _("tegnspråk"),
    "mis": _("et annet språk"),
}  # fmt: skip

ALSO = {"ku": "kmr", "kar": "ksw", "nb": "no", "nn": "no"}
"""Other codes for languages of the list, as they may come from elsewhere."""

NORWEGIAN = frozenset({"no", "nb", "nn"})
RIGHT_TO_LEFT = frozenset({"ar", "ckb", "fa", "haz", "he", "prs", "ps", "sd", "sdh", "ug", "ur", "yi"})


def language_name(code: str) -> str:
    """«tigrinja»; the code itself where we have no name, nothing for nothing."""
    return str(LANGUAGES.get(ALSO.get(code, code), code))


def direction(code: str) -> str:
    """``rtl`` or ``ltr`` for a language code, ``auto`` where it is not known (for the attribute ``dir`` of a page)."""
    if not code:
        return "auto"
    return "rtl" if code.split("-")[0].lower() in RIGHT_TO_LEFT else "ltr"


def language_choices(*, empty: str | Promise | None = None) -> list[tuple[str, str | Promise]]:
    """Choices of a form, by name in the active language."""
    named = sorted(((code, str(name)) for code, name in LANGUAGES.items()), key=lambda pair: sort_key(pair[1]))
    return [*([("", empty)] if empty is not None else []), *named]


def find_language(text: str) -> str | None:
    """The code of a language written as a code or by its name («sorani» finds «kurdisk (sorani)»); none when unknown
    or when several fit."""
    wanted = search_key(text)
    if ALSO.get(wanted, wanted) in LANGUAGES:
        return ALSO.get(wanted, wanted)
    exact = [code for code, name in LANGUAGES.items() if search_key(str(name)) == wanted]
    within = [code for code, name in LANGUAGES.items() if wanted in _words(str(name))]
    found = exact or within
    return found[0] if len(found) == 1 else None


def _words(name: str) -> list[str]:
    return search_key(name.replace("(", " ").replace(")", " ")).split()
