"""Runs the command line as a script would."""

import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout
from typing import Any, NamedTuple

from samlop.law.cli import main


class Outcome(NamedTuple):
    """What a call gave."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The answer."""
        assert self.status == 0, self.err
        assert self.err == ""
        return json.loads(self.out)

    @property
    def refusal(self) -> dict[str, str]:
        """The error object of a call that was not understood."""
        assert self.status == 2
        assert self.out == ""
        assert self.err.count("\n") == 1
        error: dict[str, str] = json.loads(self.err)
        assert set(error) == {"error", "field", "message"}
        assert 0 < len(error["message"]) < 250
        assert len(error["field"]) < 150
        return error


def call(*argv: str, stdin: bytes | str | dict[str, Any] | list[Any] | None = None) -> Outcome:
    """Run `samlop law` with arguments and an input."""
    if isinstance(stdin, dict | list):
        stdin = json.dumps(stdin, ensure_ascii=False)
    content = stdin.encode("utf-8", "surrogatepass") if isinstance(stdin, str) else stdin or b""
    out, err, before = io.StringIO(), io.StringIO(), sys.stdin
    sys.stdin = io.TextIOWrapper(io.BytesIO(content), encoding="utf-8")
    try:
        with redirect_stdout(out), redirect_stderr(err):
            status = main(list(argv))
    finally:
        sys.stdin = before
    return Outcome(status, out.getvalue(), err.getvalue())


def expect(answer: Any, expected: Any, path: str = "$") -> None:
    """Compare what a case expects; what it does not mention may be anything."""
    if isinstance(expected, dict):
        for key, part in expected.items():
            assert key in answer, f"{path}.{key} is missing"
            expect(answer[key], part, f"{path}.{key}")
    elif isinstance(expected, list):
        assert len(answer) == len(expected), f"{path}: {answer}"
        for index, part in enumerate(expected):
            expect(answer[index], part, f"{path}[{index}]")
    else:
        assert answer == expected, path
