"""The pages of the benefit: no barriers, narrow and wide, and a run from calculation to lock without a script."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from samlop.benefit.calendar import last_over, month_before
from samlop.benefit.commands.corrections import look_for_differences
from samlop.benefit.commands.instalments import Terms, confirm_instalments, propose_instalments
from samlop.benefit.commands.run import approve_run, start_run
from samlop.benefit.models import BenefitRun, Correction
from samlop.benefit.preparing import work
from samlop.core.time import today
from tests.benefit.setting import away, give_programme, more, no_queue
from tests.browser.conftest import OpenPage
from tests.browser.tools import axe, fits, picture
from tests.house import House

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def paid(house: House) -> House:
    """One month paid, with a difference since, one in instalments; the next worked out, with a question."""
    give_programme(house.case, start=date(2026, 1, 12))
    more(house, 2)
    month = last_over(today())
    before = month_before(month)
    with no_queue():
        for wanted in (before, month):
            if wanted == month:
                away(house.case, before.first.replace(day=14))
                away(house.case, month.first.replace(day=14), code="")
                look_for_differences(by=house.viewer("adviser"))
            run = start_run(month=str(wanted), by=house.viewer("adviser"))
            work(run.pk)
            if wanted == before:
                approve_run(month=str(wanted), attempt=1, by=house.viewer("leader"))
    row = Correction.objects.get()
    terms = Terms("agreed", 30_000, str(month), agreed_on=today())
    plan = propose_instalments(case=house.case, correction=row.pk, terms=terms, by=house.viewer("adviser"))
    confirm_instalments(case=house.case, plan=plan.pk, by=house.viewer("leader"))
    away(house.case, before.first.replace(day=15))
    look_for_differences(by=house.viewer("adviser"))
    return house


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_has_barriers_or_scrolls_sideways(paid: House, open_page: OpenPage, width: int) -> None:
    month = last_over(today())
    where = {
        "case": ("adviser", reverse("benefit:case", args=[paid.case.pk])),
        "months": ("leader", reverse("benefit:months")),
        "run": ("adviser", reverse("benefit:run", args=[month])),
        "locked": ("leader", reverse("benefit:run", args=[month_before(month)])),
        "differences": ("adviser", reverse("benefit:differences")),
        "payments": ("participant", reverse("portal:payments")),
    }
    for name, (who, address) in where.items():
        page = open_page(address, user=paid.users[who], width=width)
        picture(page, f"benefit-{name}-{width}")
        fits(page)
        axe(page)


def test_a_run_is_settled_and_locked_without_a_script(paid: House, open_page: OpenPage) -> None:
    month = last_over(today())
    page = open_page(reverse("benefit:case", args=[paid.case.pk]), user=paid.users["adviser"], script=False)
    page.get_by_label("sett på og godtatt").check()
    page.get_by_label("Hvorfor", exact=False).first.fill("Avklares neste måned")
    page.get_by_role("button", name="Lagre svaret").click()
    page = open_page(reverse("benefit:run", args=[month]), user=paid.users["leader"], script=False)
    page.get_by_role("button", name="Godkjenn og lås").click()
    page.get_by_text("Godkjent og låst").first.wait_for()
    assert BenefitRun.objects.get(month=month.first).is_approved
