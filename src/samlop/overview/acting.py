"""Who is offered the action of a due item: those whom the page it leads to would let do it."""

from __future__ import annotations

import functools
import re

from django.urls import Resolver404, resolve

from samlop.cases.caseload import Caseload
from samlop.core.commands import Policy
from samlop.core.due import DueItem
from samlop.people.staff import LEADERS

_KEY = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
_ANY_KEY = "00000000-0000-7000-8000-000000000000"


def may_act(load: Caseload, item: DueItem, *, is_mine: bool) -> bool:
    """Whether the load's viewer may do what the item asks for.

    The page must open, as it declares; and others than the one who answers by name must hold what the item asks, be of
    the unit where that suffices, or lead the unit that has not said who answers. The page itself has the last word.
    """
    viewer, policy = load.viewer, _policy(_KEY.sub(_ANY_KEY, re.split("[?#]", item.url)[0]))
    if viewer is None or policy is None:
        return True
    if policy.permission:
        return viewer.may(policy.permission)
    if policy.section is None:
        return True
    right = load.right(item.case_id, policy.section)
    if right < policy.right:
        return False
    of_unit = item.unit_id is not None and item.unit_id == viewer.unit_id
    leads = of_unit and item.leader_acts and item.user_id is None and viewer.role in LEADERS
    return (is_mine and item.by_name) or right >= item.asks or leads or (of_unit and item.by_unit)


@functools.lru_cache(maxsize=512)
def _policy(path: str) -> Policy | None:
    """What the page at an address asks for; the keys in it do not matter."""
    try:
        return getattr(resolve(path).func, "policy", None)
    except Resolver404:
        return None
