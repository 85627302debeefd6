"""Names of sections, relations and rights in templates."""

from __future__ import annotations

from django import template

from samlop.access.policy import Relation
from samlop.access.words import RELATION_NAMES, RIGHT_NAMES, SECTION_NAMES
from samlop.core.rights import Right, Section

register = template.Library()


@register.filter
def section_name(value: str) -> str:
    """«planen» for ``plan``."""
    return str(SECTION_NAMES[Section(value)]) if value in set(Section) else value


@register.filter
def relation_name(value: str) -> str:
    """«navngitt i saksteamet» for ``team``."""
    return str(RELATION_NAMES[Relation(value)]) if value in set(Relation) else value


@register.filter
def right_name(value: int) -> str:
    """«kan se» for 1."""
    return str(RIGHT_NAMES[Right(value)])
