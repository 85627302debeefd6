"""Addresses of pages, written once for each kind of page.

To look up an address takes Django some thirty microseconds, and a list has two for every row. The addresses of a kind
differ in their keys only, so that the rest is kept.
"""

from __future__ import annotations

import functools
from uuid import UUID

from django.urls import get_script_prefix, reverse


def address(name: str, *args: object, **kwargs: object) -> str:
    """As ``django.urls.reverse``, quick where all arguments are keys. Raises ``NoReverseMatch`` as it does."""
    values = (*args, *kwargs.values())
    if not all(isinstance(value, UUID) for value in values):
        return reverse(name, args=args, kwargs=kwargs)
    pieces, order = _written(name, len(args), tuple(kwargs), get_script_prefix())
    return "".join([pieces[0], *(f"{values[place]}{piece}" for place, piece in zip(order, pieces[1:], strict=True))])


@functools.cache
def _written(name: str, count: int, names: tuple[str, ...], _prefix: str) -> tuple[list[str], list[int]]:
    """What stands between the keys of an address, and which of the arguments stands at each place."""
    keys = [str(UUID(int=number)) for number in range(1, count + len(names) + 1)]
    url = reverse(name, args=keys[:count], kwargs=dict(zip(names, keys[count:], strict=True)))
    order = sorted(range(len(keys)), key=lambda number: url.index(keys[number]))
    pieces = []
    for number in order:
        before, _key, url = url.partition(keys[number])
        pieces.append(before)
    return [*pieces, url], order
