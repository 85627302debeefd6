"""What is due once a year for the whole municipality: the year closes in the national register (NIR)."""

from __future__ import annotations

from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from samlop.cases.caseload import Caseload
from samlop.cooperation.models import Task
from samlop.cooperation.queries import owners_of
from samlop.core.due import DueItem
from samlop.core.rights import Permission
from samlop.core.templatetags.samlop import day
from samlop.core.time import OSLO
from samlop.law.deadlines import register_year_due
from samlop.programme.dues.known import rules
from samlop.programme.law_of_case import told
from samlop.programme.models import RegisterYear

STANDS = timedelta(days=31)
"""How long after the deadline a year that nobody has checked is still asked about: then it is closed."""


def register_year(load: Caseload, on: date) -> list[DueItem]:
    """The year that is over, from its end until it is checked. Two queries in the first months of a year, else none.

    Asked of those who register participants, in a municipality that had somebody here that year; it hangs on the first
    of its cases, and is for the unit that answers for the programme.
    """
    viewer, year = load.viewer, on.year - 1
    deadline = register_year_due(year)
    if viewer is None or viewer.municipality_id is None or not viewer.may(Permission.REGISTER_CASE):
        return []
    if on > deadline.due + STANDS:
        return []
    ours = [case for case in load.cases.values() if case.municipality_id == viewer.municipality_id]
    case = next((one for one in ours if one.registered_at.astimezone(OSLO).year <= year), None)
    if case is None or RegisterYear.objects.filter(municipality_id=case.municipality_id, year=year).exists():
        return []
    owner = owners_of([case.municipality_id], Task.PROGRAMME).get(case.municipality_id)
    doubts = [_("Usikkert: %(text)s") % {"text": text} for text, _paragraphs in told(deadline.uncertain)]
    why = _("Året lukkes i Nasjonalt introduksjonsregister %(day)s (%(rules)s).")
    values = {"day": day(deadline.due), "rules": rules(deadline.references)}
    item = DueItem(
        code="programme.register_year",
        case_id=case.pk,
        what=_("Gå gjennom NIR for %(year)s") % {"year": year},
        why=" ".join([why % values, *doubts]),
        due_on=deadline.due,
        unit_id=owner or case.owner_unit_id,
        user_id=None,
        action=_("Se hva som står igjen"),
        url=reverse("programme:register"),
        of_municipality=True,
    )
    return [item]
