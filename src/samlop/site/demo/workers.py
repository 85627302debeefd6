"""Processes that fill municipalities beside each other. Nothing here needs Django before ``ready`` has been called."""

from __future__ import annotations


def ready() -> None:
    """Make a new process ready to work, and let it end if the one that started it does."""
    from samlop.site.cli import prepare
    from samlop.site.run import die_with_parent

    die_with_parent()
    prepare()
