"""Keys that are the same every time: made from where a thing stands in the demo, not from the clock or chance."""

from __future__ import annotations

import hashlib
from uuid import UUID

from samlop.core.ids import uuid7_from

SEED = "samlop-demo-1"
_FIRST_MOMENT = 1_704_067_200_000  # 2024-01-01, so that real keys made later sort after those of the demo


class Keys:
    """Makes the keys of one corner of the demo (a municipality, a case).

    Keys of one corner share the moment, so that they lie together in the database's indexes; ``number`` puts the
    corners in order.
    """

    __slots__ = ("number", "path")

    def __init__(self, path: str, number: int = 0) -> None:
        self.path = path
        self.number = number

    def __call__(self, *name: object) -> UUID:
        """The key of the thing with this name, for example ``keys("step", 3)``."""
        text = f"{SEED}/{self.path}/{'/'.join(map(str, name))}"
        return uuid7_from(_FIRST_MOMENT + self.number, hashlib.sha256(text.encode()).digest()[:10])
