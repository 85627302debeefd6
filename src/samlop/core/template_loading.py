"""Templates are kept once for each language, so that their fixed texts are looked up once and not for every row.

A page of 25 participants says some nine hundred texts; to look each of them up took a third of the page's time.
``core.templatetags.texts`` puts the texts in when a template is read; this loader keeps one reading per language.
"""

from __future__ import annotations

from typing import Any

from django.template.loaders import cached
from django.utils.translation import get_language


class Loader(cached.Loader):
    """Django's own keeping of templates, with the language in the key."""

    def cache_key(self, template_name: str, skip: Any = None) -> str:
        """A template in the language that is active: it is read and drawn under the same one."""
        return f"{get_language()}:{super().cache_key(template_name, skip)}"
