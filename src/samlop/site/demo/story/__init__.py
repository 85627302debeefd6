"""Tells one life as the rows that Samløp would have if everybody had used it from the first day."""

from samlop.site.demo.story.base import LEAN, LEANEST, RICH, Amount, Story
from samlop.site.demo.story.whole import tell

__all__ = ["LEAN", "LEANEST", "RICH", "Amount", "Story", "tell"]
