"""Settings from the environment, failing loudly: a production that lacks one does not start."""

from __future__ import annotations

import os

_TRUE, _FALSE = {"1", "true", "yes", "ja", "on"}, {"0", "false", "no", "nei", "off", ""}


class MissingSetting(RuntimeError):
    """A setting that must be given in the environment is not there, or says something else than it may."""


def text(name: str, default: str | None = None) -> str:
    """The setting as text; ``NAME_FILE`` may name a file that holds it (secrets). With no default it must be given."""
    if path := os.environ.get(f"{name}_FILE"):
        with open(path, encoding="utf-8") as file:
            return file.read().strip()
    value = os.environ.get(name, default)
    if value is None or (default is None and not value):
        raise MissingSetting(f"{name} must be set in the environment (or {name}_FILE)")
    return value


def secret(name: str, default: str | None = None) -> str:
    """The setting as a secret: long enough not to be guessed, unless it is the default."""
    value = text(name, default)
    if value != default and (len(value) < 50 or len(set(value)) < 10):
        raise MissingSetting(f"{name} must be at least 50 random characters")
    return value


def flag(name: str, default: bool = False) -> bool:
    """The setting as yes or no."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() in _TRUE:
        return True
    if value.lower() in _FALSE:
        return False
    raise MissingSetting(f"{name} must be 1 or 0")


def number(name: str, default: int) -> int:
    """The setting as a whole number."""
    value = os.environ.get(name)
    if not value:
        return default
    if not value.isdigit():
        raise MissingSetting(f"{name} must be a whole number")
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    """The setting as a comma-separated list."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]
