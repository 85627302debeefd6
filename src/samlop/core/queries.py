"""One door out: everything that is read for a page, an export or the API is a query with a viewer."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from samlop.core.commands import Policy
from samlop.core.gate import gate
from samlop.core.rights import Right, Section

P = ParamSpec("P")
R = TypeVar("R")
V = TypeVar("V")

QUERIES: dict[str, Policy] = {}
"""Every query of the program by dotted name, for the tests that walk them."""


def query(
    *, section: Section | None = None, right: Right = Right.SEE, scoped: str = ""
) -> Callable[[Callable[Concatenate[V, P], R]], Callable[Concatenate[V, P], R]]:
    """Make a function a query.

    With ``section``, its second argument is a case or its key; it arrives as a case the viewer may see, and the opening
    of the section is noted in the reading log. Without, ``scoped`` says how the function keeps to what the viewer may
    see (it must start from ``viewer.scope(Model)``). Raises ``Refused``.
    """
    if section is None and not scoped:
        raise TypeError("A query needs a section, or words on how it is scoped")

    def decorate(function: Callable[Concatenate[V, P], R]) -> Callable[Concatenate[V, P], R]:
        name = f"{function.__module__.removeprefix('samlop.')}.{function.__name__}"
        QUERIES[name] = Policy(section, right, None, scoped)
        if section is None:
            function.policy = QUERIES[name]  # type: ignore[attr-defined]
            return function

        @functools.wraps(function)
        def run(viewer: V, *args: Any, **kwargs: Any) -> R:
            case, *rest = args if args else (kwargs.pop("case"),)
            opened = gate().open(viewer, case, section, right)
            return cast(Callable[..., R], function)(viewer, opened, *rest, **kwargs)

        run.policy = QUERIES[name]  # type: ignore[attr-defined]
        return cast(Callable[Concatenate[V, P], R], run)

    return decorate
