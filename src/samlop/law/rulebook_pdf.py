"""The rule book as Typst, the source of its PDF. Compiling it belongs to the rooms that print."""

from collections.abc import Iterable, Iterator
from datetime import date

from samlop.law import formatting
from samlop.law.examples import Example
from samlop.law.explain import in_words, shown_value
from samlop.law.parameters import Parameter, Version
from samlop.law.rulebook import Chapter, versions_in_order
from samlop.law.texts import say

_SPECIAL = str.maketrans({sign: f"\\{sign}" for sign in "\\#$*_`<>@[]~=+-/.\"'"})


def escaped(text: str) -> str:
    """Text as Typst prints it word for word."""
    return text.translate(_SPECIAL)


def _preamble(language: str) -> str:
    title = escaped(say("rulebook.title", language))
    return (
        f'#set document(title: "{say("rulebook.title", language)}")\n'
        f'#set text(lang: "{language}", size: 10pt)\n'
        '#set page(paper: "a4", margin: 2.2cm, numbering: "1")\n'
        '#set heading(numbering: "1.1")\n'
        "#show table.cell.where(y: 0): strong\n"
        "#set table(stroke: 0.4pt + luma(180), inset: 5pt)\n"
        "#show table: set text(size: 8.5pt)\n"
        "#show table: set par(justify: false)\n\n"
        f"#text(size: 20pt, weight: 700)[{title}]\n\n"
        f"{escaped(say('rulebook.intro', language))}\n\n"
        "#outline(depth: 1)\n\n"
    )


def _table(columns: str, head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    yield f"#table(columns: ({columns}),\n"
    yield "  table.header(" + ", ".join(f"[{escaped(cell)}]" for cell in head) + "),\n"
    for row in rows:
        yield "  " + ", ".join(f"[{escaped(cell)}]" for cell in row) + ",\n"
    yield ")\n\n"


def _day(value: date, language: str) -> str:
    """A date that may be broken over two lines, as narrow columns need."""
    return formatting.day(value, language).replace(formatting.NO_BREAK, " ")


def _version_row(parameter: Parameter, version: Version, language: str) -> tuple[str, ...]:
    since = version.valid_from
    return (
        parameter.label.in_language(language),
        f"{shown_value(version.value, language)} {say(f'unit_name.{parameter.unit}', language)}".strip(),
        _day(since, language) if since else say("rulebook.not_in_force", language),
        _day(version.known_from, language) if version.known_from > date.min else "–",
        str(version.reference),
        say(f"rulebook.evidence.{version.evidence}", language),
    )


def _parameters(chapter: Chapter, language: str) -> Iterator[str]:
    if not chapter.parameters:
        return
    yield f"== {escaped(say('rulebook.parameters', language))}\n\n"
    columns = ("parameter", "value", "valid_from", "known_from", "reference", "evidence")
    head = (say(f"rulebook.column.{name}", language) for name in columns)
    rows = (
        _version_row(parameter, version, language)
        for parameter in chapter.parameters
        for version in versions_in_order(parameter)
    )
    yield from _table("1.6fr, 1fr, 1fr, 1fr, 1.2fr, 1.1fr", head, rows)


def _example_row(example: Example, language: str) -> tuple[str, str, str, str]:
    return (
        example.name.in_language(language),
        in_words(example.changes, language),
        in_words(example.then, language),
        example.protects,
    )


def _examples(chapter: Chapter, language: str) -> Iterator[str]:
    if not chapter.examples:
        return
    yield f"== {escaped(say('rulebook.examples', language))}\n\n"
    head = (say(f"rulebook.column.{name}", language) for name in ("example", "given", "then", "reference"))
    rows = (_example_row(example, language) for example in chapter.examples)
    yield from _table("1.2fr, 1.4fr, 1.8fr, 1fr", head, rows)


def _questions(chapter: Chapter, language: str) -> Iterator[str]:
    if not chapter.questions:
        return
    yield f"== {escaped(say('heading.uncertain', language))}\n\n"
    for note in chapter.questions:
        yield f"- {escaped(note.text.in_language(language))} _{escaped('; '.join(note.references))}_\n"
    yield "\n"


def _chapter(chapter: Chapter, language: str) -> Iterator[str]:
    yield f"= {escaped(chapter.title.in_language(language))}\n\n"
    yield f"{escaped(chapter.rule.in_language(language))}\n\n"
    links = (f'#link("{reference.address}")[{escaped(str(reference))}]' for reference in chapter.references)
    yield ", ".join(links) + "\n\n"
    yield from _parameters(chapter, language)
    yield from _questions(chapter, language)
    yield from _examples(chapter, language)


def typst_source(chapters: Iterable[Chapter], language: str = "nb") -> str:
    """The whole rule book as one Typst document in `nb`, `nn` or `en`."""
    return _preamble(language) + "".join(part for chapter in chapters for part in _chapter(chapter, language))
