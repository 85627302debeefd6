"""The run that a command is about: of the viewer's own municipality, locked, and open for what is to be done."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.benefit.models import BenefitRun
from samlop.benefit.plain import month_named
from samlop.benefit.vocabulary import RunStatus
from samlop.core.errors import Refused, not_found


def municipality_of(by: Viewer) -> UUID:
    """The municipality that the viewer pays for. Raises ``Refused('no_municipality')``."""
    if by.municipality_id is None:
        raise Refused("no_municipality", _("Bare en enhet i en kommune utbetaler stønad. Bytt rolle øverst på siden."))
    return by.municipality_id


def own_run(month: str, by: Viewer) -> BenefitRun:
    """The run of a month in the viewer's municipality, locked. Raises ``Refused('not_found')``."""
    wanted_month = month_named(month)
    found = BenefitRun.objects.select_for_update().filter(municipality_id=municipality_of(by))
    run: BenefitRun | None = found.filter(month=wanted_month.first).first() if wanted_month else None
    if run is None:
        raise not_found()
    return run


def ready(run: BenefitRun) -> BenefitRun:
    """A run that is worked out and not approved. Raises ``Refused``: ``already_approved``, ``not_ready``."""
    if run.is_approved:
        raise already_approved(run)
    if run.status != RunStatus.READY:
        raise Refused("not_ready", _("Kjøringen regnes ut nå. Vent til den er ferdig."))
    return run


def already_approved(run: BenefitRun) -> Refused:
    """The no to whoever would change an approved run."""
    return Refused(
        "already_approved",
        _("Kjøringen for måneden er godkjent og låst. Det som endrer seg, kommer som rettelse i neste kjøring."),
    )
