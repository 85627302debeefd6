"""Keys that sort by time: UUID version 7 (RFC 9562), safe in an address because they say nothing of a person."""

from __future__ import annotations

import os
import time
from uuid import UUID


def uuid7() -> UUID:
    """A new key: 48 bits of milliseconds, then 74 random bits."""
    return uuid7_from(time.time_ns() // 1_000_000, os.urandom(10))


def uuid7_from(milliseconds: int, randomness: bytes) -> UUID:
    """The key for a given moment and ten given bytes; the demo uses it to get the same identifiers every time."""
    value = milliseconds << 80 | int.from_bytes(randomness)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return UUID(int=value)
