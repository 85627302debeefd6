"""Who can answer for a step, as one choice in a form."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from samlop.people.models import Unit, User


@dataclass(frozen=True)
class Responsible:
    """A unit of the team, with its person where one is named."""

    unit: Unit
    user: User | None

    @property
    def key(self) -> str:
        return responsible_key(self.unit, self.user)

    @property
    def label(self) -> str:
        """«NAV Elvestad – Nora Nilsen»."""
        if self.user:
            return f"{self.unit.name} – {self.user}"
        return _("%(unit)s (ingen navngitt)") % {"unit": self.unit.name}


def responsible_key(unit: Unit, user: User | None) -> str:
    """The value of the choice in a form."""
    return f"{unit.pk}:{user.pk if user else ''}"
