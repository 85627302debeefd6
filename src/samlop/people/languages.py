"""Languages that participants use: ISO 639 codes and their names in bokmål. No guess is ever made from a country."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samlop.core.sorting import search_key, sort_key

LANGUAGES: dict[str, str | Promise] = {
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


def choices() -> list[tuple[str, str]]:
    """Codes and names in Norwegian order, for a list to choose from."""
    return sorted(((code, str(name)) for code, name in LANGUAGES.items()), key=lambda pair: sort_key(pair[1]))


def name_of(code: str) -> str:
    """The name of a language; the code itself where it is not in the list."""
    return str(LANGUAGES.get(code, code))


def find(text: str) -> str | None:
    """The code of a language written as a code or by its name («sorani» finds «kurdisk (sorani)»); none when unknown
    or when several fit."""
    wanted = search_key(text)
    if wanted in LANGUAGES:
        return wanted
    exact = [code for code, name in LANGUAGES.items() if search_key(str(name)) == wanted]
    within = [code for code, name in LANGUAGES.items() if wanted in _words(str(name))]
    found = exact or within
    return found[0] if len(found) == 1 else None


def _words(name: str) -> list[str]:
    return search_key(name.replace("(", " ").replace(")", " ")).split()
