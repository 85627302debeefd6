"""The words of the pages in nynorsk and English, without the system's gettext.

    python tools/messages.py update             collect all source texts into locale/{nn,en}/LC_MESSAGES/django.po
    python tools/messages.py check [folder …]   say which texts lack a translation, or have other blanks (exit status 1)

Source texts are bokmål. Translations are kept; a text that is no longer used leaves the catalogue, and the history has
it. Texts stand under the first file that uses them, without line numbers, so that two people's changes seldom meet.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import normalize, read_po

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "samlop"
LOCALE = SOURCE / "site" / "locale"
LANGUAGES = {"nn": "Norwegian Nynorsk", "en": "English"}
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip
YAML_TEXTS = {"access/policy.yaml": "why"}
"""Files of facts whose texts people read on the pages, and the key those texts stand under."""
BLANK = re.compile(r"%\((\w+)\)[sd]|%[sd]")

Key = tuple[str, str]
"""Context and source text."""


@dataclass
class Text:
    """A source text: its plural, if it has one, the files that use it, and its translations."""

    plural: str = ""
    files: set[str] = field(default_factory=set)
    translations: tuple[str, ...] = ()


def main(arguments: list[str]) -> int:
    """Run a subcommand; returns the exit status."""
    match arguments:
        case ["update"]:
            for language in LANGUAGES:
                missing = update(language)
                print(f"{language}: {missing} to translate")
            return 0
        case ["check", *folders]:
            faults = [fault for language in LANGUAGES for fault in check(language, folders)]
            print("\n".join(faults) or "Every text is translated.")
            return 1 if faults else 0
    print(__doc__, file=sys.stderr)
    return 2


def update(language: str) -> int:
    """Write the catalogue of a language anew with the translations it has; the number of texts without one."""
    texts = with_translations(language)
    path = LOCALE / language / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(written(language, texts), encoding="utf-8")
    return sum(not all(text.translations) for text in texts.values())


def check(language: str, folders: list[str]) -> Iterator[str]:
    """What is wrong with the translations of the texts used under the folders (all when none are named)."""
    for (context, source), text in sorted(with_translations(language).items()):
        if folders and not any(file.startswith(folder) for file in text.files for folder in folders):
            continue
        where = f"{language}, {min(text.files)}: «{source}»" + (f" ({context})" if context else "")
        if not text.translations or not all(text.translations):
            yield f"{where} has no translation"
        elif len(text.translations) != (2 if text.plural else 1):
            yield f"{where} has {len(text.translations)} forms"
        elif blanks(text.translations[-1]) != blanks(text.plural or source):
            yield f"{where} has other blanks: «{text.translations[-1]}»"
        # The singular may leave the number out («ett år»), but asks for nothing more.
        elif not set(blanks(text.translations[0])) <= {*blanks(source), *blanks(text.plural)}:
            yield f"{where} has other blanks: «{text.translations[0]}»"


def blanks(text: str) -> list[str]:
    """The places that are filled in when the text is shown."""
    return sorted(match.group(0) for match in BLANK.finditer(text))


def with_translations(language: str) -> dict[Key, Text]:
    """All source texts, with the translations that the language's catalogue has."""
    texts = sources()
    known = read(language)
    for (context, source), text in texts.items():
        found = known.get(source, context or None)
        if found is None:
            text.translations = ("", "") if text.plural else ("",)
        else:
            text.translations = found.string if isinstance(found.string, tuple) else (found.string,)
    return texts


def read(language: str) -> Catalog:
    """The catalogue of a language as it stands."""
    path = LOCALE / language / "LC_MESSAGES" / "django.po"
    return read_po(io.BytesIO(path.read_bytes()), locale=language) if path.exists() else Catalog(locale=language)


def sources() -> dict[Key, Text]:
    """Every source text of the program and its templates."""
    found: dict[Key, Text] = {}
    for path in sorted([*SOURCE.rglob("*.py"), *SOURCE.rglob("*.html"), *SOURCE.rglob("*.txt")]):
        if {"migrations", "static"} & set(path.parts):
            continue
        for context, message in _messages(path):
            source, plural = message if isinstance(message, tuple) else (message, "")
            if source:
                text = found.setdefault((context, source), Text())
                text.plural = text.plural or plural
                text.files.add(path.relative_to(ROOT).as_posix())
    for name, key in YAML_TEXTS.items():
        path = SOURCE / name
        for source in _values(yaml.safe_load(path.read_text(encoding="utf-8")), key):
            found.setdefault(("", source), Text()).files.add(path.relative_to(ROOT).as_posix())
    return found


def _values(document: Any, key: str) -> Iterator[str]:
    """Every text that stands under the key, at any depth."""
    if isinstance(document, dict):
        for name, value in document.items():
            if name == key and isinstance(value, str):
                yield value.strip()
            else:
                yield from _values(value, key)


def _messages(path: Path) -> Iterator[tuple[str, str | tuple[str, str]]]:
    content = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        content = _as_python(content, path)
    for _line, message, _comments, context in extract("python", io.BytesIO(content.encode()), KEYWORDS):
        yield context or "", message  # type: ignore[misc]


def _as_python(template: str, path: Path) -> str:
    """A template as the program text that Django makes of it; without indentation, which means nothing there."""
    from django.utils.translation.template import templatize

    return "\n".join(line.strip() for line in templatize(template, origin=str(path)).splitlines())


def written(language: str, texts: dict[Key, Text]) -> str:
    """The catalogue as text."""
    head = [
        f"# Samløp in {LANGUAGES[language]}. Source texts are bokmål. Made by tools/messages.py.",
        'msgid ""',
        'msgstr ""',
        f'"Language: {language}\\n"',
        '"MIME-Version: 1.0\\n"',
        '"Content-Type: text/plain; charset=UTF-8\\n"',
        '"Content-Transfer-Encoding: 8bit\\n"',
        '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"',
    ]
    ordered = sorted(texts.items(), key=lambda item: (min(item[1].files), item[0][1], item[0][0]))
    return "\n\n".join(["\n".join(head), *(_entry(key, text) for key, text in ordered)]) + "\n"


def _entry(key: Key, text: Text) -> str:
    context, source = key
    lines = [f"#: {file}" for file in sorted(text.files)]
    if BLANK.search(source + text.plural):
        lines.append("#, python-format")
    if context:
        lines.append(f"msgctxt {_quoted(context)}")
    lines.append(f"msgid {_quoted(source)}")
    if text.plural:
        lines.append(f"msgid_plural {_quoted(text.plural)}")
        lines += [f"msgstr[{number}] {_quoted(one)}" for number, one in enumerate(text.translations)]
    else:
        lines.append(f"msgstr {_quoted(text.translations[0])}")
    return "\n".join(lines)


def _quoted(text: str) -> str:
    return normalize(text, width=0)


if __name__ == "__main__":
    import django
    from django.conf import settings

    settings.configure(USE_I18N=True)  # templates are read, not run
    django.setup()
    sys.exit(main(sys.argv[1:]))
