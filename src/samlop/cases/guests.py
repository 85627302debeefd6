"""Employers and volunteers are guests: a grant lets them know who the participant is, not read the person's papers."""

from __future__ import annotations

from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.core.errors import Refused
from samlop.people.vocabulary import Role

GUESTS = (Role.EMPLOYER, Role.VOLUNTEER)


def refuse_guests(viewer: Viewer) -> None:
    """Details, team and timeline are not for guests. Raises ``Refused``."""
    if viewer.role in GUESTS:
        raise Refused(
            "no_right_identity",
            _("Deltakeren har latt deg se navnet og det dere har avtalt, men ikke denne siden."),
        )
