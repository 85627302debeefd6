"""Template words of the shell (``{% load shell %}``)."""

from __future__ import annotations

from typing import Any

from django import template

from samlop.site import case_frame
from samlop.site.navigation import reversed_

register = template.Library()


@register.simple_tag(takes_context=True)
def frame_of(context: template.Context, case: Any) -> case_frame.Frame:
    """The frame of a case: ``{% frame_of case as frame %}``."""
    return case_frame.frame(context["viewer"], case, context["request"].path)


@register.simple_tag
def address(url_name: str, *arguments: Any) -> str:
    """As ``{% url %}``, but nothing where there is no such page: ``{% address "access:act_as" as act_as %}``."""
    return reversed_(url_name, *arguments)
