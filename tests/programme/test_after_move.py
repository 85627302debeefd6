"""After a move the old municipality finishes what belongs to its own time, and nothing else."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samlop.cases.models import Case
from samlop.core.due import DueItem
from samlop.core.errors import Refused
from samlop.core.time import at as clock
from samlop.core.writing import writing
from samlop.overview.left import left_load
from samlop.overview.my_day import my_day
from samlop.programme import commands
from samlop.programme.models import Complaint, Decision
from tests.cases.test_moving import move
from tests.house import House
from tests.programme.course_of import AWARD, at, decide, facts, know, signed_in

MOVED = date(2026, 9, 10)
LATE = MOVED + timedelta(days=93)
LEAVE: dict[str, Any] = {
    "reason": "VELFERD", "first_day": "2026-09-08", "last_day": "2026-09-10", "granted": True, "paid": True,
}  # fmt: skip
DEDUCTION: dict[str, Any] = {"month": "2026-09", "amount_ore": 1200000, "about": "Borte uten grunn"}
REPAYMENT: dict[str, Any] = {
    "amount_ore": 500000, "first_day": "2026-08-01", "last_day": "2026-08-31", "about": "Gale opplysninger",
}  # fmt: skip


@pytest.fixture
def gone(house: House) -> House:
    """A participant whose programme was awarded here, and who has moved to Skogdal."""
    know(house.case)
    with clock(date(2026, 2, 20)):
        facts(house)
        award = decide(house, "award", AWARD)
        commands.note_sent(
            case=house.case, decision=award.pk, sent_on=date(2026, 2, 20), how="in_person", by=house.viewer("adviser")
        )
    with clock(MOVED):
        assert move(house, receiver="stranger").status_code == 302
    house.case = Case.objects.get(pk=house.case.pk)
    return house


@pytest.mark.parametrize(("kind", "data"), [("leave", LEAVE), ("deduction", DEDUCTION), ("repayment", REPAYMENT)])
def test_what_belongs_to_its_own_time_is_decided_for_three_months(gone: House, kind: str, data: dict[str, Any]) -> None:
    with clock(MOVED + timedelta(days=20)):
        signed = decide(gone, kind, data)
        commands.note_sent(
            case=gone.case, decision=signed.pk, sent_on=MOVED + timedelta(days=20), how="post",
            by=gone.viewer("adviser"),
        )  # fmt: skip
    with clock(LATE), pytest.raises(Refused) as refusal:
        decide(gone, kind, data)
    assert refusal.value.code == "no_writing_moved"


def test_the_page_offers_those_kinds_and_says_how_long(gone: House, client: Client) -> None:
    signed_in(gone, client, "adviser")
    with clock(MOVED + timedelta(days=20)):
        page = client.get(at(gone, "decisions")).content.decode()
        assert "kan gjøres her til og med 11.12.2026" in page
        assert (at(gone, "decision_new", "leave") in page, at(gone, "decision_new", "extension") in page) == (
            True,
            False,
        )
        assert client.get(at(gone, "decision_new", "extension")).status_code == 403
        assert client.get(at(gone, "decision_new", "deduction")).status_code == 200
        typed = {"month": "2026-09", "amount_ore": "12 000", "about": "Borte", "reasons": "Grunn", "language": "nb"}
        assert client.post(at(gone, "decision_new", "deduction"), typed).status_code == 302
        draft = Decision.objects.get(kind="deduction")
        signed_in(gone, client, "leader")
        assert "Undertegn vedtaket" in client.get(at(gone, "decision", draft.pk)).content.decode()
        typed = {"sign-on": f"{MOVED + timedelta(days=20):%d.%m.%Y}"}
        assert client.post(at(gone, "decision_sign", draft.pk), typed).status_code == 302
    with clock(LATE):
        page = client.get(at(gone, "decisions")).content.decode()
        assert ("kan gjøres her til og med" in page, "Lag utkast til vedtak" in page) == (False, False)
        assert "som erstatter dette" not in client.get(at(gone, "decision", draft.pk)).content.decode()


def test_days_after_the_move_are_the_new_municipalitys(gone: House) -> None:
    with clock(MOVED + timedelta(days=20)):
        for kind, data, field in (
            ("leave", LEAVE | {"last_day": "2026-09-11"}, "last_day"),
            ("deduction", DEDUCTION | {"month": "2026-10"}, "month"),
        ):
            with pytest.raises(Refused) as refusal:
                decide(gone, kind, data)
            assert (refusal.value.code, refusal.value.field) == ("after_the_move", field)
            assert "Deltakeren flyttet 10.09.2026" in refusal.value.text


def test_how_the_programme_goes_on_is_for_the_new_municipality(gone: House) -> None:
    with clock(MOVED + timedelta(days=1)):
        for kind, data in (
            ("stop", {"mode": "permanent", "first_day": "2026-09-01"}),
            ("plan", {"occasion": "changed", "plan_dated": "2026-09-01"}),
        ):
            with pytest.raises(Refused) as refusal:
                decide(gone, kind, data)
            assert refusal.value.code == "no_writing_moved"


def test_who_decided_answers_the_complaint_however_long_it_takes(gone: House, client: Client) -> None:
    award = Decision.objects.get(kind="award")
    by, leader = gone.viewer("adviser"), gone.viewer("leader")
    with clock(LATE):
        made = commands.register_complaint(
            case=gone.case, decision=award.pk, received_on=date(2026, 3, 1), complainant="Amina", by=by
        )
        page = signed_in(gone, client, "leader").get(at(gone, "decision", award.pk)).content.decode()
        assert "Lagre vurderingen" in page
        commands.reconsider(case=gone.case, complaint=made.pk, on=LATE, result="upheld", reasons="Står", by=leader)
        commands.forward(case=gone.case, complaint=made.pk, on=LATE, by=by)
        commands.note_outcome(case=gone.case, complaint=made.pk, on=LATE, outcome="upheld", by=by)
        commands.note_registered(case=gone.case, decision=award.pk, registered_on=LATE, by=by)
    assert Complaint.objects.get().outcome == "upheld"


def test_what_a_complaint_repealed_is_decided_again_also_later(gone: House) -> None:
    by, leader = gone.viewer("adviser"), gone.viewer("leader")
    with clock(MOVED + timedelta(days=20)):
        first = decide(gone, "deduction", DEDUCTION)
        day = MOVED + timedelta(days=20)
        commands.note_sent(case=gone.case, decision=first.pk, sent_on=day, how="in_person", by=by)
        made = commands.register_complaint(
            case=gone.case, decision=first.pk, received_on=day, complainant="Amina", by=by
        )
        commands.reconsider(case=gone.case, complaint=made.pk, on=day, result="changed", reasons="Ny", by=leader)
    with clock(LATE):
        again = decide(gone, "deduction", DEDUCTION | {"amount_ore": 600000}, replaces=first)
    assert again.replaces_id == first.pk


@pytest.mark.parametrize("name", ["nav", "teacher", "stranger", "participant"])
def test_the_move_opens_nothing_for_others(gone: House, name: str) -> None:
    with clock(MOVED + timedelta(days=1)), pytest.raises(Refused) as refusal:
        commands.propose_decision(case=gone.case, kind="leave", data=LEAVE, by=gone.viewer(name))
    assert refusal.value.code == "no_right_programme"


def codes(house: House, name: str, on: date) -> dict[str, DueItem]:
    """What stands on somebody's Min dag about the case that is moved, whoever answers."""
    with clock(on):
        days = [my_day(house.viewer(name), whose) for whose in ("mine", "unit")]
        lines = [line for one in days for group in one.groups for line in group.lines]
    return {line.item.code: line.item for line in lines if line.item.case_id == house.case.pk}


def test_what_waits_of_its_own_decisions_stands_on_min_dag_and_leaves_when_done(gone: House, client: Client) -> None:
    day = MOVED + timedelta(days=20)
    by, leader = gone.viewer("adviser"), gone.viewer("leader")
    with clock(day):
        draft = commands.propose_decision(case=gone.case, kind="leave", data=LEAVE, by=by)
    line = codes(gone, "adviser", day)["programme.draft_to_finish"]
    assert (line.due_on, line.url) == (date(2026, 12, 11), at(gone, "decision_edit", draft.pk))
    assert line.why.endswith("Deltakeren flyttet 10.09.2026.")
    with clock(day):
        page = signed_in(gone, client, "adviser").get(reverse("overview:case", args=[gone.case.pk])).content.decode()
        assert "Skriv begrunnelsen: permisjon" in page
        commands.change_draft(case=gone.case, decision=draft.pk, data=LEAVE, reasons="Begravelse", language="nb", by=by)
    assert "programme.decision_to_sign" in codes(gone, "leader", day)
    with clock(day):
        commands.sign_decision(case=gone.case, decision=draft.pk, by=leader)
    assert "programme.decision_to_send" in codes(gone, "adviser", day)
    with clock(day):
        commands.note_sent(case=gone.case, decision=draft.pk, sent_on=day, how="in_person", by=by)
        made = commands.register_complaint(
            case=gone.case, decision=draft.pk, received_on=day, complainant="Amina", by=by
        )
    found = codes(gone, "adviser", day)
    assert ("programme.decision_to_send" in found, "programme.complaint_reply" in found) == (False, True)
    with clock(LATE):
        commands.reconsider(case=gone.case, complaint=made.pk, on=LATE, result="upheld", reasons="Står", by=leader)
    assert "programme.complaint_forward" in codes(gone, "adviser", LATE), "also after three months"


def test_a_draft_that_can_no_longer_be_signed_is_to_be_thrown_away(gone: House) -> None:
    with clock(MOVED + timedelta(days=20)):
        draft = commands.propose_decision(case=gone.case, kind="leave", data=LEAVE, by=gone.viewer("adviser"))
    found = codes(gone, "adviser", LATE)
    assert "programme.decision_to_sign" not in found
    assert found["programme.draft_too_late"].url == at(gone, "decision", draft.pk)
    with clock(LATE):
        commands.discard_draft(case=gone.case, decision=draft.pk, by=gone.viewer("adviser"))
    assert "programme.draft_too_late" not in codes(gone, "adviser", LATE)


def test_the_lines_follow_the_same_access_as_the_pages(gone: House) -> None:
    """NAV reads decisions on the programme but no drafts and nothing of the economy; the new municipality is asked
    nothing of the old one's time."""
    day = MOVED + timedelta(days=20)
    with clock(day):
        commands.propose_decision(case=gone.case, kind="leave", data=LEAVE, by=gone.viewer("adviser"))
        decide(gone, "deduction", DEDUCTION)
    assert {"programme.draft_to_finish", "programme.decision_to_send"} <= set(codes(gone, "adviser", day))
    for name in ("nav", "teacher", "stranger", "other_leader"):
        assert not codes(gone, name, day), name


def test_a_moved_case_where_nothing_waits_is_not_loaded(gone: House, django_assert_num_queries: Any) -> None:
    with clock(LATE + timedelta(days=1)):
        with writing("test"):
            Decision.objects.update(registered_on=LATE)
        viewer = gone.viewer("adviser")
        with django_assert_num_queries(5):
            assert not left_load(viewer, LATE).cases
        with writing("test"):
            Case.objects.filter(pk=gone.case.pk).update(status="ended")
        with django_assert_num_queries(1):
            assert not left_load(viewer, LATE).cases


def test_the_pages_of_a_moved_case_offer_no_form_that_is_refused(gone: House, client: Client) -> None:
    signed_in(gone, client, "leader")
    with clock(MOVED + timedelta(days=1)):
        client.force_login(gone.users["leader"])
        for name in ("course", "eligibility"):
            page = client.get(at(gone, name)).content.decode()
            assert "<button" not in page[page.index("<h1") : page.index("</main>")], name
        page = client.get(reverse("handover:handover", args=[gone.case.pk])).content.decode()
        assert 'name="do"' not in page
