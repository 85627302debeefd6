"""Processes that fill municipalities beside each other. Nothing here needs Django before ``ready`` has been called."""

from __future__ import annotations


def ready() -> None:
    """Make a new process ready to work, and let it end if the one that started it does."""
    from samlop.site.children import die_with_parent
    from samlop.site.cli import prepare

    die_with_parent()
    prepare()
