"""What every operation of the API declares: the same words as a page, checked in the same place."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from samlop.access.tokens import TokenViewer
from samlop.core.commands import Policy
from samlop.core.gate import gate
from samlop.core.rights import Permission, Right, Section

View = TypeVar("View", bound=Callable[..., Any])

OPERATIONS: dict[str, Policy] = {}
"""Every operation by name, for the tests that walk them."""


def operation(
    *,
    section: Section | None = None,
    right: Right = Right.SEE,
    permission: Permission | None = None,
    signed_in: str = "",
) -> Callable[[View], View]:
    """Declare who may call an operation (see ``core.pages.page``); a case is the argument ``case_id``."""
    if sum(map(bool, (section, permission, signed_in))) != 1:
        raise TypeError("An operation declares exactly one of section, permission and signed_in")

    def decorate(view: View) -> View:
        policy = Policy(section, right if section else Right.NONE, permission, signed_in)
        OPERATIONS[view.__name__] = policy

        @functools.wraps(view)
        def run(request: Any, *args: Any, **kwargs: Any) -> Any:
            if permission:
                gate().authorise_permission(request.viewer, permission)
            if section:
                if isinstance(request.viewer, TokenViewer):
                    request.viewer.require(section, right)
                case_id: UUID = kwargs["case_id"]
                gate().open(request.viewer, case_id, section, right)
            return view(request, *args, **kwargs)

        run.policy = policy  # type: ignore[attr-defined]
        return run  # type: ignore[return-value]

    return decorate
