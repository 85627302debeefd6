"""The texts of the demo, read once from ``words/*.yaml``."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import yaml


@functools.cache
def words(name: str) -> Any:
    """The content of one file of texts."""
    return yaml.safe_load((Path(__file__).with_name("words") / f"{name}.yaml").read_text(encoding="utf-8"))


def fill(text: str, values: dict[str, str]) -> str:
    """Put names and places into a text, and let it begin with a capital letter."""
    done = text.format_map(values) if "{" in text else text
    return done[:1].upper() + done[1:]


def without_repeat(rng: Random, texts: Sequence[str], used: set[str]) -> str:
    """A text that has not been used in this case yet; any when all have."""
    fresh = [text for text in texts if text not in used] or list(texts)
    chosen = rng.choice(fresh)
    used.add(chosen)
    return chosen
