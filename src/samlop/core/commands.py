"""One door in: everything that changes is a command."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, ParamSpec, TypeVar, cast
from uuid import UUID

from django.apps import apps
from django.db import transaction
from django.utils.translation import gettext as _

from samlop.core.gate import Entry, gate
from samlop.core.rights import Permission, Right, Section
from samlop.core.writing import writing

P = ParamSpec("P")
R = TypeVar("R")

COMMANDS: dict[str, Policy] = {}
"""Every command of the program by dotted name, for the tests that walk them."""


@dataclass(frozen=True)
class Policy:
    """Who may call a command or open a page: a right on a section of a case, permission, or – with a reason – none."""

    section: Section | None = None
    right: Right = Right.NONE
    permission: Permission | None = None
    why_open: str = ""


@dataclass
class Done:
    """What a command hands back: its value, and the journal entries that tell what it did."""

    value: Any = None
    entries: list[Entry] = field(default_factory=list)


def done(value: R, *entries: Entry) -> R:
    """``return done(step, Entry(...))`` – typed as the value, which is what the caller of the command gets."""
    return cast(R, Done(value, list(entries)))


def command(
    *,
    section: Section | None = None,
    right: Right = Right.CONTRIBUTE,
    permission: Permission | None = None,
    why_open: str = "",
    after_move: bool = False,
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function the only way to change something.

    The function takes keyword arguments only, the last one ``by`` (who acts). With ``section`` it also takes ``case``
    (a case or its key), which arrives locked. In one transaction: access is checked, the function runs with writing
    allowed, and the journal entries of the returned ``done(...)`` are appended. ``why_open`` states why neither a right
    nor a permission is needed (own settings, sign-in). With ``after_move`` it may also be called on a case whose
    participant has moved away: the function itself then refuses what the old municipality can no longer write.
    The caller may add ``once=`` (a UUID from the form): a repeated call with the same key changes nothing and returns
    what the first call returned. Last of all the marks of what was changed are raised (``core.marks``).

    Raises ``Refused``; nothing is then changed.
    """
    if section is None and permission is None and not why_open:
        raise TypeError("A command needs a section, a permission or a reason to be open")

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        name = f"{function.__module__.removeprefix('samlop.')}.{function.__name__}"
        COMMANDS[name] = Policy(section, right if section else Right.NONE, permission, why_open)

        @functools.wraps(function)
        def run(*args: Any, once: UUID | None = None, **kwargs: Any) -> R:
            if args:
                raise TypeError(f"{name} takes keyword arguments only")
            by = kwargs["by"]
            with transaction.atomic(), writing(name):
                _authorise(by, kwargs, section, right, permission, after_move)
                if once is not None and (earlier := _claim(once, name, by)) is not None:
                    return cast(R, earlier.value)
                result: Any = cast(Any, function)(**kwargs)
                outcome = result if isinstance(result, Done) else Done(result)
                _record(kwargs.get("case"), by, outcome.entries)
                _mark(kwargs.get("case"), by, outcome.entries, COMMANDS[name])
                if once is not None:
                    _keep(once, outcome.value)
                return cast(R, outcome.value)

        run.policy = COMMANDS[name]  # type: ignore[attr-defined]
        return cast(Callable[P, R], run)

    return decorate


def _authorise(
    by: Any,
    kwargs: dict[str, Any],
    section: Section | None,
    right: Right,
    permission: Permission | None,
    after_move: bool,
) -> None:
    if permission is not None:
        gate().authorise_permission(by, permission)
    if section is not None:
        kwargs["case"] = gate().lock(kwargs["case"])
        gate().authorise(by, kwargs["case"], section, right, after_move=after_move)


def _record(case: Any, by: Any, entries: Iterable[Entry]) -> None:
    for entry in entries:
        gate().record(entry.case or case, by, entry)


def _mark(case: Any, by: Any, entries: Iterable[Entry], policy: Policy) -> None:
    """Raise the marks of what was changed: the cases, and the municipality for what is not about one case."""
    from samlop.core.marks import NOWHERE, raise_marks

    cases = [entry.case for entry in entries if entry.case is not None]
    keys = [one.pk for one in (case, *cases) if one is not None]
    if policy.permission is not None:
        keys.append(by.municipality_id or NOWHERE)
    raise_marks(keys)


def _claim(once: UUID, name: str, by: Any) -> Done | None:
    """Take the key for this call, or fetch what the first call with it gave. The insert waits for a running twin."""
    from samlop.core.models import OnceKey

    row, created = OnceKey.objects.get_or_create(key=once, defaults={"command": name, "user_id": by.user_id})
    if created:
        return None
    if (row.command, row.user_id) != (name, by.user_id):
        # A key is made by the server for one form of one person; another use of it is not a double click.
        from samlop.core.errors import Refused

        raise Refused("already_done", _("Skjemaet er allerede brukt. Last siden på nytt og prøv igjen."))
    value = apps.get_model(row.result_model).objects.filter(pk=row.result_id).first() if row.result_model else None
    return Done(value)


def _keep(once: UUID, value: Any) -> None:
    from samlop.core.models import OnceKey

    if hasattr(value, "_meta"):
        OnceKey.objects.filter(key=once).update(result_model=value._meta.label, result_id=str(value.pk))
