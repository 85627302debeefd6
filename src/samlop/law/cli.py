"""`samlop law …`: the acts from a script. JSON in, JSON out; what is not understood is exit status 2."""

import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from samlop.identifiers import check
from samlop.law import forms
from samlop.law.benefit import benefit
from samlop.law.deadlines import deadlines
from samlop.law.duration import duration
from samlop.law.eligibility import eligibility
from samlop.law.explain import explain
from samlop.law.intake import MAX_BYTES, Fields, parse, shown
from samlop.law.parameters import NotHeld
from samlop.law.refused import Refused
from samlop.law.texts import LANGUAGES, say, sentence

NOT_UNDERSTOOD = 2


class Subcommand(NamedTuple):
    """How one subcommand answers, and how its answer becomes JSON."""

    answer: Callable[[Fields], Any]
    as_json: Callable[[Any], Any]


def _check_id(fields: Fields) -> Any:
    asked = forms.identity(fields)
    return check(asked.kind, asked.value, on=asked.on, allow_synthetic=asked.allow_synthetic)


def _one(answer: Any) -> Any:
    return answer.as_json()


SUBCOMMANDS = {
    "benefit": Subcommand(lambda fields: benefit(forms.person_month(fields)), _one),
    "duration": Subcommand(lambda fields: duration(forms.duration_case(fields)), _one),
    "eligibility": Subcommand(lambda fields: eligibility(forms.eligibility_case(fields)), _one),
    "deadlines": Subcommand(
        lambda fields: deadlines(forms.deadline_case(fields)), lambda answer: [part.as_json() for part in answer]
    ),
    "check-id": Subcommand(_check_id, asdict),
}


class Call(NamedTuple):
    """A call taken apart. `file` is None for standard input, `language` None for JSON."""

    subcommand: str
    file: str | None
    language: str | None


def _language(value: str | None) -> str:
    if value not in LANGUAGES:
        raise Refused("invalid_option", "--explain", sentence("error.explain_language"))
    return value


def read_call(argv: Sequence[str]) -> Call:
    """Take the arguments apart; anything that is not understood is refused by name."""
    known = sentence("error.subcommand", names=", ".join(SUBCOMMANDS))
    if not argv:
        raise Refused("missing_subcommand", "subcommand", known)
    subcommand, *rest = argv
    if subcommand not in SUBCOMMANDS:
        raise Refused(
            "unknown_subcommand", shown(subcommand), sentence("error.subcommand", names=", ".join(SUBCOMMANDS))
        )
    file: str | None = None
    language: str | None = None
    arguments = iter(rest)
    for argument in arguments:
        if argument == "--explain" or argument.startswith("--explain="):
            if language is not None:
                raise Refused("invalid_option", "--explain", sentence("error.option_twice"))
            language = _language(argument[10:] if "=" in argument else next(arguments, None))
        elif argument.startswith("-") and argument != "-":
            raise Refused("unknown_option", shown(argument), sentence("error.unknown_option"))
        elif file is not None:
            raise Refused("too_many_files", "file", sentence("error.too_many_files"))
        else:
            file = argument
    return Call(subcommand, file, language)


def _content(file: str | None) -> bytes:
    """The input, at most one byte more than is allowed, so that the size can be judged."""
    if file is None or file == "-":
        stream = getattr(sys.stdin, "buffer", None)
        content: bytes = stream.read(MAX_BYTES + 1) if stream else sys.stdin.read().encode()
        return content
    try:
        with Path(file).open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except (OSError, ValueError):
        raise Refused("file_not_readable", "file", sentence("error.file_not_readable")) from None


def run(call: Call) -> str:
    """The text that goes to standard output."""
    command = SUBCOMMANDS[call.subcommand]
    try:
        answer = command.answer(parse(_content(call.file)))
    except NotHeld:
        raise forms.refuse_uncovered_date() from None
    if call.language is not None:
        return explain(answer, call.language)
    return json.dumps(command.as_json(answer), ensure_ascii=False, indent=2) + "\n"


def _write(stream: TextIO, text: str) -> None:
    """Write in UTF-8 whatever the terminal's own encoding is."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="backslashreplace")
    stream.write(text)
    stream.flush()


def main(argv: Sequence[str] | None = None) -> int:
    """Run `samlop law` with the arguments after `law`; returns the exit status."""
    arguments = sys.argv[1:] if argv is None else argv
    if list(arguments) in (["-h"], ["--help"]):
        _write(sys.stdout, say("help", names=", ".join(SUBCOMMANDS)) + "\n")
        return 0
    try:
        text = run(read_call(arguments))
    except Refused as refused:
        _write(sys.stderr, json.dumps(refused.as_json(), ensure_ascii=False) + "\n")
        return NOT_UNDERSTOOD
    try:
        _write(sys.stdout, text)
    except BrokenPipeError:
        # The reader (`head`, say) has had enough; keep the interpreter from complaining when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
