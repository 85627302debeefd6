"""Every sentence the room says, in bokmål, nynorsk and English, kept as data beside the rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from samlop.law.loading import DATA, BadRuleBook, load_yaml, reference_from, text_from
from samlop.law.parameters import Text, current_book

LANGUAGES = ("nb", "nn", "en")


@lru_cache(maxsize=1)
def _texts() -> dict[str, Text]:
    found: dict[str, Text] = {}
    for path in sorted((DATA / "texts").glob("*.yaml")):
        for code, raw in load_yaml(path).items():
            if code in found:
                raise BadRuleBook(f"{code}: the text is defined twice")
            found[code] = text_from(code, raw)
    return found


def say(code: str, language: str = "nb", /, **values: object) -> str:
    """The sentence with this code, with values put in."""
    return _texts()[code].in_language(language).format(**values)


@dataclass(frozen=True)
class Sentence:
    """A sentence by its code and the values in it, for what must be said in a language that is not known yet."""

    code: str
    values: Mapping[str, object]

    def in_language(self, language: str) -> str:
        """The sentence in `nb`, `nn` or `en`."""
        return say(self.code, language, **self.values)


def sentence(code: str, /, **values: object) -> Sentence:
    """As `say`, for later."""
    return Sentence(code, values)


def has_text(code: str) -> bool:
    """Whether a sentence with this code exists."""
    return code in _texts()


@dataclass(frozen=True, slots=True)
class Note:
    """A reason or a reservation that goes with an answer: a code, a text and the paragraphs."""

    code: str
    text: Text
    references: tuple[str, ...]

    def as_json(self, language: str = "nb") -> dict[str, Any]:
        """The note as the command line prints it."""
        return {"code": self.code, "text": self.text.in_language(language), "references": list(self.references)}


@lru_cache(maxsize=1)
def questions() -> Mapping[str, Note]:
    """Every open question of the law by its code."""
    acts = current_book().acts
    found: dict[str, Note] = {}
    for raw in load_yaml(DATA / "questions.yaml"):
        code = str(raw["id"])
        references = tuple(str(reference_from(code, line, acts)) for line in raw["references"])
        found[code] = Note(code, text_from(code, raw["text"]), references)
    return found


def question(code: str) -> Note:
    """An open question of the law, or a point that is left to discretion."""
    return questions()[code]


def all_questions() -> tuple[Note, ...]:
    """Every open question, for the rule book."""
    return tuple(questions().values())


def reason(code: str, *references: str) -> Note:
    """A reason with its paragraphs; the text stands in the texts under `reason.<code>`."""
    return Note(code, _texts()[f"reason.{code}"], references)
