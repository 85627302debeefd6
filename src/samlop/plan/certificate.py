"""The measures on the certificate of participation (``programme.certificate.SOURCES``)."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from samlop.cases.models import Case
from samlop.core.templatetags.samlop import day
from samlop.plan.models import Step
from samlop.plan.vocabulary import StepStatus
from samlop.programme.certificate import Group


def measures(case: Case) -> Iterable[Group]:
    """What was done of the plan, in order of time. What was stopped or never begun is left out. One query."""
    done = Step.objects.filter(case=case, status=StepStatus.DONE, removed_at__isnull=True).order_by("start_on", "pk")
    lines = tuple((step.title, _when(step)) for step in done)
    yield Group(_("Gjennomført"), lines)


def _when(step: Step) -> str:
    kind = str(step.get_kind_display())
    period = "–".join(day(value) for value in (step.start_on, step.end_on) if value)
    return f"{kind}, {period}" if period else kind
